package io.entente.core.bytes;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.Objects;
import java.util.zip.CRC32C;
import java.util.zip.Checksum;

/**
 * A growing buffer that formats are written to; {@link ByteReader} reads them back.
 *
 * <p>Numbers of fixed width are big-endian. Holds at most {@value #MAX_LENGTH} bytes. Confined to one thread; meant to
 * be {@link #reset()} and used again.
 */
public final class ByteWriter {

    /** The most bytes one writer holds, the largest array that every JVM grants. */
    public static final int MAX_LENGTH = Integer.MAX_VALUE - 8;

    private static final int DEFAULT_CAPACITY = 128;

    private static final VarHandle I64 = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);

    private static final byte[] NOTHING = new byte[0];

    private byte[] buffer;
    private int position;

    /** An empty writer of a small capacity. */
    public ByteWriter() {
        this(DEFAULT_CAPACITY);
    }

    /** An empty writer with room for so many bytes before it first grows. */
    public ByteWriter(int capacity) {
        if (capacity < 0) {
            throw new IllegalArgumentException("capacity must not be negative, but is " + capacity);
        }
        this.buffer = new byte[capacity];
    }

    /** One byte, unsigned: 0 to 255. */
    public ByteWriter u8(int value) {
        requireUnsigned(value, 0xFFL, "u8");
        ensure(1);
        buffer[position++] = (byte) value;
        return this;
    }

    /** Two bytes, unsigned: 0 to 65,535. */
    public ByteWriter u16(int value) {
        requireUnsigned(value, 0xFFFFL, "u16");
        return fixed(value, 2);
    }

    /** Four bytes, unsigned: 0 to 4,294,967,295. */
    public ByteWriter u32(long value) {
        requireUnsigned(value, 0xFFFF_FFFFL, "u32");
        return fixed(value, 4);
    }

    /** Eight bytes, two's complement. Only non-negative numbers keep their order as bytes. */
    public ByteWriter i64(long value) {
        ensure(8);
        I64.set(buffer, position, value);
        position += 8;
        return this;
    }

    /** One to ten bytes: the number, taken as unsigned, in LEB128. */
    public ByteWriter varint(long value) {
        if ((value & ~0x7FL) == 0) {
            ensure(1);
            buffer[position++] = (byte) value;
            return this;
        }
        ensure(varintLength(value));
        long rest = value;
        while ((rest & ~0x7FL) != 0) {
            buffer[position++] = (byte) ((rest & 0x7F) | 0x80);
            rest >>>= 7;
        }
        buffer[position++] = (byte) rest;
        return this;
    }

    /** The length as a varint, then the bytes. */
    public ByteWriter bytes(Bytes value) {
        return bytes(value.unsafeArray());
    }

    /** The length as a varint, then the bytes. */
    public ByteWriter bytes(byte[] value) {
        return varint(value.length).raw(value);
    }

    /** The bytes alone, without a length. */
    public ByteWriter raw(Bytes value) {
        return raw(value.unsafeArray());
    }

    /** The bytes alone, without a length. */
    public ByteWriter raw(byte[] value) {
        return raw(value, 0, value.length);
    }

    /** A range of an array, without a length. */
    public ByteWriter raw(byte[] value, int from, int length) {
        Objects.checkFromIndexSize(from, length, value.length);
        ensure(length);
        System.arraycopy(value, from, buffer, position, length);
        position += length;
        return this;
    }

    /**
     * The length of the UTF-8 encoding as a varint, then the encoding.
     *
     * @throws IllegalArgumentException when the text holds half a surrogate pair
     */
    public ByteWriter string(String value) {
        int start = position;
        varint(value.length());
        if (writeAscii(value)) {
            return this;
        }
        position = start;
        return bytes(Utf8.encode(value));
    }

    /** Nearly every key and name is ASCII, and needs no array of its own on the way here; {@code false} if this one isn't. */
    private boolean writeAscii(String value) {
        int length = value.length();
        ensure(length);
        for (int i = 0; i < length; i++) {
            char c = value.charAt(i);
            if (c > 0x7F) {
                return false;
            }
            buffer[position++] = (byte) c;
        }
        return true;
    }

    /**
     * The CRC32C, 0 to 2³²-1, of what was written from that position on; writes nothing. {@link #crc32cSince} writes
     * it, {@link #patchU32} puts it into a place left free before.
     */
    public long crc32c(int from) {
        CRC32C crc = new CRC32C();
        updateInto(crc, from);
        return crc.getValue();
    }

    /** Adds what was written from that position on to a checksum; writes nothing. */
    public void updateInto(Checksum checksum, int from) {
        Objects.checkFromToIndex(from, position, position);
        checksum.update(buffer, from, position - from);
    }

    /**
     * Four bytes: the CRC32C of what was written from that position on. {@link ByteReader#expectCrc32cSince} checks it.
     */
    public ByteWriter crc32cSince(int from) {
        return u32(crc32c(from));
    }

    /** Overwrites the four bytes at a position, which have been written before, with an unsigned number. */
    public ByteWriter patchU32(int at, long value) {
        Objects.checkFromIndexSize(at, 4, position);
        requireUnsigned(value, 0xFFFF_FFFFL, "u32");
        put(at, value, 4);
        return this;
    }

    /** How many bytes have been written. */
    public int position() {
        return position;
    }

    /** Forgets what was written and keeps the room for it. */
    public ByteWriter reset() {
        position = 0;
        return this;
    }

    /** A copy of what has been written so far. */
    public Bytes toBytes() {
        return Bytes.wrap(Arrays.copyOf(buffer, position));
    }

    /** What has been written so far, without a copy where it fills the capacity just so; the writer is empty afterwards. */
    public Bytes take() {
        Bytes taken = position == buffer.length ? Bytes.wrap(buffer) : toBytes();
        buffer = NOTHING;
        position = 0;
        return taken;
    }

    /** How many bytes {@link #varint} takes for a number. */
    public static int varintLength(long value) {
        int significant = Long.SIZE - Long.numberOfLeadingZeros(value | 1);
        return (significant + 6) / 7;
    }

    private ByteWriter fixed(long value, int width) {
        ensure(width);
        put(position, value, width);
        position += width;
        return this;
    }

    private void put(int at, long value, int width) {
        for (int i = 0; i < width; i++) {
            buffer[at + i] = (byte) (value >>> (8 * (width - 1 - i)));
        }
    }

    private void ensure(int more) {
        if (more <= buffer.length - position) {
            return;
        }
        long needed = (long) position + more;
        if (needed > MAX_LENGTH) {
            throw new IllegalStateException(
                    "a writer holds at most " + MAX_LENGTH + " bytes, and " + needed + " are needed");
        }
        buffer = Arrays.copyOf(buffer, (int) Math.min(MAX_LENGTH, Math.max(needed, 2L * buffer.length)));
    }

    private static void requireUnsigned(long value, long max, String name) {
        if (value < 0 || value > max) {
            throw new IllegalArgumentException(name + " holds 0 to " + max + ", not " + value);
        }
    }
}
