package io.entente.core.bytes;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Objects;

/**
 * An immutable sequence of bytes with the equality of its content and the unsigned lexicographic order, which is also
 * the order of the keys in a store.
 *
 * <p>Thread-safe as long as arrays handed to {@link #wrap} or got from {@link #unsafeArray} are left alone.
 */
public final class Bytes implements Comparable<Bytes> {

    /** Bytes shown by {@link #toString()} before it says how many more there are. */
    private static final int SHOWN_BYTES = 16;

    private static final Bytes EMPTY = new Bytes(new byte[0]);

    private final byte[] content;

    /** The hash, computed at first use; a race computes the same number twice. */
    private int hash;

    private Bytes(byte[] content) {
        this.content = content;
    }

    /** Copies the given bytes. */
    public static Bytes of(byte... content) {
        return wrap(content.clone());
    }

    /** Takes the given array without copying it: the caller gives it up and must neither change nor keep it. */
    public static Bytes wrap(byte[] content) {
        return content.length == 0 ? EMPTY : new Bytes(content);
    }

    /**
     * The UTF-8 encoding of a text.
     *
     * @throws IllegalArgumentException when the text holds half a surrogate pair, which UTF-8 cannot express
     */
    public static Bytes utf8(String text) {
        return wrap(Utf8.encode(text));
    }

    /** No bytes at all; the least of all sequences. */
    public static Bytes empty() {
        return EMPTY;
    }

    /** The number of bytes. */
    public int length() {
        return content.length;
    }

    /** Whether there are no bytes. */
    public boolean isEmpty() {
        return content.length == 0;
    }

    /**
     * The byte at an index from 0.
     *
     * @throws IndexOutOfBoundsException when there is no such byte
     */
    public byte at(int index) {
        return content[Objects.checkIndex(index, content.length)];
    }

    /** A copy of the bytes, the caller's own. */
    public byte[] toArray() {
        return content.clone();
    }

    /**
     * The bytes themselves, not a copy, for those who only read them: whoever changes this array breaks every holder of
     * this value.
     */
    public byte[] unsafeArray() {
        return content;
    }

    /** The bytes read as UTF-8; what is not UTF-8 becomes U+FFFD. {@link ByteReader#string()} is the strict reading. */
    public String utf8() {
        return new String(content, StandardCharsets.UTF_8);
    }

    /**
     * A copy of the bytes from {@code from} until before {@code to}.
     *
     * @throws IndexOutOfBoundsException when the range does not lie inside
     */
    public Bytes slice(int from, int to) {
        Objects.checkFromToIndex(from, to, content.length);
        return from == 0 && to == content.length ? this : wrap(Arrays.copyOfRange(content, from, to));
    }

    /** Whether this begins with all bytes of the prefix, in their order. */
    public boolean startsWith(Bytes prefix) {
        int length = prefix.content.length;
        return length <= content.length && Arrays.equals(content, 0, length, prefix.content, 0, length);
    }

    @Override
    public int compareTo(Bytes other) {
        return Arrays.compareUnsigned(content, other.content);
    }

    @Override
    public boolean equals(Object other) {
        return this == other || (other instanceof Bytes bytes && Arrays.equals(content, bytes.content));
    }

    @Override
    public int hashCode() {
        int known = hash;
        if (known == 0) {
            known = Arrays.hashCode(content);
            hash = known;
        }
        return known;
    }

    /** The bytes in hexadecimal, at most the first 16, and how many there are. */
    @Override
    public String toString() {
        int shown = Math.min(SHOWN_BYTES, content.length);
        String hex = HexFormat.of().formatHex(content, 0, shown);
        return shown == content.length ? "0x" + hex : "0x" + hex + "…(" + content.length + " bytes)";
    }
}
