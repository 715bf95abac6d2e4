package io.entente.core.message;

import java.util.HexFormat;

/**
 * 128 bits that stand for rows: of one, the beginning of its SHA-256; of several, the sum of theirs, which doesn't depend on their
 * order. It finds damage and bugs, not forgeries. Immutable.
 *
 * @param high the first 64 bits
 * @param low the other 64
 */
public record Digest(long high, long low) {

    private static final Digest NONE = new Digest(0, 0);

    /** Of no row. */
    public static Digest none() {
        return NONE;
    }

    /** Of these rows and those; each half adds up modulo 2 to the 64th. */
    public Digest plus(Digest other) {
        return new Digest(high + other.high, low + other.low);
    }

    /** 32 hexadecimal digits. */
    @Override
    public String toString() {
        HexFormat hex = HexFormat.of();
        return hex.toHexDigits(high) + hex.toHexDigits(low);
    }
}
