package io.entente.core.bytes;

import java.nio.charset.CharacterCodingException;
import java.util.Arrays;
import java.util.Objects;
import java.util.zip.CRC32C;

/**
 * Reads what {@link ByteWriter} wrote, and trusts none of it.
 *
 * <p>Every read checks its bounds, and a length is compared with the bytes that remain before anything is allocated for
 * it: whatever the bytes are, a reader answers with a value or a {@link MalformedBytesException}, and never needs more
 * memory than a small multiple of its input. A read that fails leaves the position undefined. Offsets count from the
 * start of the range read. Confined to one thread.
 */
public final class ByteReader {

    private final byte[] source;
    private final int start;
    private final int end;
    private int next;

    /** Reads all of the bytes. */
    public ByteReader(Bytes source) {
        this(source.unsafeArray(), 0, source.length());
    }

    /** Reads all of an array, which must not change meanwhile. */
    public ByteReader(byte[] source) {
        this(source, 0, source.length);
    }

    /** Reads a range of an array, which must not change meanwhile. */
    public ByteReader(byte[] source, int from, int length) {
        Objects.checkFromIndexSize(from, length, source.length);
        this.source = source;
        this.start = from;
        this.end = from + length;
        this.next = from;
    }

    /** One byte, unsigned. */
    public int u8() {
        return (int) fixed(1, "a u8");
    }

    /** One byte, 1 for yes and 0 for no. */
    public boolean flag() {
        int at = position();
        int value = u8();
        if (value > 1) {
            throw new MalformedBytesException("expected 0 or 1 at offset " + at + ", but it is " + value);
        }
        return value == 1;
    }

    /** Two bytes, unsigned. */
    public int u16() {
        return (int) fixed(2, "a u16");
    }

    /** Four bytes, unsigned. */
    public long u32() {
        return fixed(4, "a u32");
    }

    /** Eight bytes, two's complement. */
    public long i64() {
        return fixed(8, "an i64");
    }

    /** A number in LEB128, in as few bytes as possible; one of 2⁶³ or more comes out negative. */
    public long varint() {
        int at = position();
        long value = 0;
        for (int shift = 0; shift < 64; shift += 7) {
            require(1, "a varint", at);
            int b = source[next++];
            value |= (long) (b & 0x7F) << shift;
            if (b >= 0) {
                requireShortest(b, shift, at);
                return value;
            }
        }
        throw new MalformedBytesException(
                "expected a varint at offset " + at + ", but it does not end within ten bytes");
    }

    /** A varint from 0 to {@code max}, for numbers that must fit into an {@code int} or a smaller domain. */
    public int varint(int max) {
        int at = position();
        long value = varint();
        if (value < 0 || value > max) {
            throw new MalformedBytesException("expected a varint of at most " + max + " at offset " + at
                    + ", but it is " + Long.toUnsignedString(value));
        }
        return (int) value;
    }

    /**
     * How many elements follow, a varint, checked against what remains: each element takes at least so many bytes, so a
     * list of that capacity can be allocated without fear.
     */
    public int count(int leastBytesEach) {
        if (leastBytesEach < 1) {
            throw new IllegalArgumentException("an element takes at least one byte, not " + leastBytesEach);
        }
        int at = position();
        long count = varint();
        if (count < 0 || count > remaining() / leastBytesEach) {
            throw new MalformedBytesException("expected " + Long.toUnsignedString(count) + " elements of at least "
                    + leastBytesEach + " bytes at offset " + at + ", but " + remaining() + " bytes remain");
        }
        return (int) count;
    }

    /** Length-prefixed bytes, copied. */
    public Bytes bytes() {
        return raw(length("length-prefixed bytes"));
    }

    /** Exactly so many bytes, copied. */
    public Bytes raw(int length) {
        if (length < 0) {
            throw new IllegalArgumentException("length must not be negative, but is " + length);
        }
        require(length, length + " bytes", position());
        int from = next;
        next += length;
        return Bytes.wrap(Arrays.copyOfRange(source, from, next));
    }

    /** Passes over these very bytes if they come next; whether they did. */
    public boolean skipIf(byte[] expected) {
        if (remaining() < expected.length
                || !Arrays.equals(source, next, next + expected.length, expected, 0, expected.length)) {
            return false;
        }
        next += expected.length;
        return true;
    }

    /** All bytes that remain, copied. */
    public Bytes rest() {
        return raw(remaining());
    }

    /** A length-prefixed text that must be UTF-8. */
    public String string() {
        int at = position();
        int length = length("a length-prefixed text");
        try {
            String text = Utf8.decode(source, next, length);
            next += length;
            return text;
        } catch (CharacterCodingException notUtf8) {
            throw new MalformedBytesException(
                    "expected a text at offset " + at + ", but its " + length + " bytes are not UTF-8", notUtf8);
        }
    }

    /** The CRC32C, 0 to 2³²-1, of what was read from that offset on. */
    public long crc32c(int from) {
        Objects.checkFromToIndex(from, position(), position());
        CRC32C crc = new CRC32C();
        crc.update(source, start + from, position() - from);
        return crc.getValue();
    }

    /** Reads four bytes and demands that they are the CRC32C of what was read from that offset until them. */
    public void expectCrc32cSince(int from) {
        long actual = crc32c(from);
        int at = position();
        long written = u32();
        if (written != actual) {
            throw new MalformedBytesException(String.format(
                    "expected CRC32C %08x of the bytes from offset %d to %d at offset %d, but %08x is written there",
                    actual, from, at, at, written));
        }
    }

    /** Demands that nothing remains. */
    public void expectEnd() {
        if (remaining() != 0) {
            throw new MalformedBytesException(
                    "expected the end at offset " + position() + ", but " + remaining() + " bytes remain");
        }
    }

    /** How many bytes have been read. */
    public int position() {
        return next - start;
    }

    /** How many bytes are left to read. */
    public int remaining() {
        return end - next;
    }

    private int length(String what) {
        int at = position();
        long length = varint();
        if (length < 0 || length > remaining()) {
            throw new MalformedBytesException("expected " + what + " at offset " + at + ", but the length is "
                    + Long.toUnsignedString(length) + " and " + remaining() + " bytes remain");
        }
        return (int) length;
    }

    private long fixed(int width, String what) {
        require(width, what, position());
        long value = 0;
        for (int i = 0; i < width; i++) {
            value = (value << 8) | (source[next++] & 0xFF);
        }
        return value;
    }

    private void require(int bytes, String what, int at) {
        if (bytes > remaining()) {
            throw new MalformedBytesException(
                    "expected " + what + " at offset " + at + ", but only " + remaining() + " bytes remain");
        }
    }

    /** One form a number: no trailing zero groups, and the tenth byte holds but the 64th bit. */
    private static void requireShortest(int last, int shift, int at) {
        if (last == 0 && shift > 0) {
            throw new MalformedBytesException(
                    "expected a varint at offset " + at + ", but it is longer than it has to be");
        }
        if (shift == 63 && last > 1) {
            throw new MalformedBytesException("expected a varint at offset " + at + ", but it exceeds 64 bits");
        }
    }
}
