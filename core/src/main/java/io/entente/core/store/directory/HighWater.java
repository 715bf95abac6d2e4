package io.entente.core.store.directory;

import io.entente.core.bytes.ByteReader;
import io.entente.core.bytes.ByteWriter;
import io.entente.core.bytes.Bytes;
import io.entente.core.bytes.MalformedBytesException;
import java.util.Optional;

/**
 * The high-water record: what the store's head was when the process last had a say.
 *
 * <p>Format, 64 bytes: magic {@code u32}, version {@code u16}, clean {@code u8}, head {@code i64}, boot {@code string},
 * CRC32C of these {@code u32}, zeros. It fits into one sector and one page, so the end of the process never tears it.
 *
 * @param head the head after the last successful commit, 0 or more
 * @param clean whether the store was closed in order afterwards, and everything brought to the device
 * @param boot the boot it was written in, empty where the operating system doesn't say
 */
record HighWater(long head, boolean clean, String boot) {

    static final int BYTES = 64;

    private static final long MAGIC = 0x45_48_57_4DL; // "EHWM"
    private static final int VERSION = 1;

    Bytes encoded() {
        ByteWriter writer = new ByteWriter(BYTES)
                .u32(MAGIC)
                .u16(VERSION)
                .u8(clean ? 1 : 0)
                .i64(head)
                .string(boot);
        writer.crc32cSince(0);
        return writer.raw(new byte[BYTES - writer.position()]).toBytes();
    }

    /** What the bytes say; empty when they are not a whole record of a version known here. */
    static Optional<HighWater> decoded(Bytes bytes) {
        try {
            ByteReader reader = new ByteReader(bytes);
            long magic = reader.u32();
            int version = reader.u16();
            boolean clean = reader.flag();
            long head = reader.i64();
            String boot = reader.string();
            reader.expectCrc32cSince(0);
            boolean known = magic == MAGIC && version == VERSION && head >= 0;
            return known ? Optional.of(new HighWater(head, clean, boot)) : Optional.empty();
        } catch (MalformedBytesException damaged) {
            return Optional.empty();
        }
    }
}
