package io.entente.core.codec;

import io.entente.conflict.version.Origin;
import io.entente.core.bytes.Bytes;
import java.util.zip.CRC32C;

/** Entries changed by hand, with a checksum that is right again. */
public final class Tampering {

    private static final int CHECKSUM_AT = 1;
    private static final int BODY_AT = 5;

    private Tampering() {}

    /** A deletion's entry, as a later version might write an operation: of a payload kind unknown today. */
    public static Bytes ofUnknownKind(Origin origin, long sequence, Bytes deletion) {
        byte[] bytes = deletion.toArray();
        bytes[bytes.length - 1] = 77;
        return certified(origin, sequence, Bytes.wrap(bytes));
    }

    /** The entry with the checksum of what it is now. */
    public static Bytes certified(Origin origin, long sequence, Bytes encoded) {
        byte[] bytes = encoded.toArray();
        CRC32C crc = new CRC32C();
        crc.update(bytes[0]);
        crc.update(bytes, BODY_AT, bytes.length - BODY_AT);
        for (long number : new long[] {origin.startedAtMillis(), origin.random(), sequence}) {
            for (int shift = 56; shift >= 0; shift -= 8) {
                crc.update((int) (number >>> shift));
            }
        }
        for (int i = 0; i < 4; i++) {
            bytes[CHECKSUM_AT + i] = (byte) (crc.getValue() >>> (24 - 8 * i));
        }
        return Bytes.wrap(bytes);
    }
}
