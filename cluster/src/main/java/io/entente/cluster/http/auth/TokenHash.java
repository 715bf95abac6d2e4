package io.entente.cluster.http.auth;

import java.security.MessageDigest;
import java.util.Arrays;
import java.util.HexFormat;

/**
 * The SHA-256 of a token, written {@code sha256:} and 64 hexadecimal digits. Immutable and thread-safe.
 *
 * <p>Compared in constant time: how long a comparison takes tells nobody how much of a guess was right.
 */
public final class TokenHash {

    private static final String ALGORITHM = "sha256:";
    private static final int BYTES = 32;

    private final byte[] digest;

    /** Takes the array over. */
    TokenHash(byte[] digest) {
        this.digest = digest;
    }

    /** Reads what {@link #toString()} writes; throws {@link IllegalArgumentException}, which doesn't repeat the text, for anything else. */
    public static TokenHash parse(String text) {
        if (text.startsWith(ALGORITHM)) {
            try {
                byte[] digest = HexFormat.of().parseHex(text.substring(ALGORITHM.length()));
                if (digest.length == BYTES) {
                    return new TokenHash(digest);
                }
            } catch (IllegalArgumentException noHex) {
                throw new IllegalArgumentException(expected(), noHex);
            }
        }
        throw new IllegalArgumentException(expected());
    }

    private static String expected() {
        return "a token's hash is " + ALGORITHM + " and " + 2 * BYTES + " hexadecimal digits";
    }

    /** In constant time. */
    @Override
    public boolean equals(Object other) {
        return other instanceof TokenHash hash && MessageDigest.isEqual(digest, hash.digest);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(digest);
    }

    /** The hash as files have it. */
    @Override
    public String toString() {
        return ALGORITHM + HexFormat.of().formatHex(digest);
    }
}
