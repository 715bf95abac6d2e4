package io.entente.core.store.rocksdb;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.zip.CRC32C;

/**
 * RocksDB's list of its tables' files, read as the log of records that it is: blocks of 32 KiB, each record (or part of one) with its checksum, its length and
 * its kind in front.
 *
 * <p>RocksDB takes a record that goes beyond the file's end, or that bears the kind of a log used anew, for one that was being written when the process ended, and
 * leaves out what comes after it. One flipped bit of a length so takes whole tables' files out of a store that opens well; as others go on from the write-ahead
 * log, the store's head doesn't show it. So each opening first reads the list as strictly as its format allows.
 *
 * @see <a href="https://github.com/facebook/rocksdb/wiki/Write-Ahead-Log-File-Format">the format, that of write-ahead logs</a>
 */
final class ManifestFile {

    private static final int BLOCK = 32 << 10;
    private static final int HEADER = 7;

    /** A whole record; the first, a middle and the last part of one are 2 to 4. Greater ones belong to other logs. */
    private static final int WHOLE = 1;

    private static final int LAST_PART = 4;

    private final ByteBuffer bytes;
    private final CRC32C crc = new CRC32C();

    ManifestFile(byte[] content) {
        this.bytes = ByteBuffer.wrap(content).order(ByteOrder.LITTLE_ENDIAN);
    }

    /**
     * What is wrong with the list of a database that nobody has open; empty where there is none to be found, which RocksDB notices itself.
     *
     * @throws IOException when it can't be read
     */
    static Optional<String> damageIn(Path database) throws IOException {
        Path current = database.resolve("CURRENT");
        if (!Files.exists(current)) {
            return Optional.empty();
        }
        Path manifest =
                database.resolve(Path.of(Files.readString(current).strip()).getFileName());
        if (!Files.exists(manifest)) {
            return Optional.empty();
        }
        return new ManifestFile(Files.readAllBytes(manifest))
                .damage()
                .map(damage -> manifest + " is damaged: " + damage);
    }

    /** What is wrong, and where. A record that the end of the process broke off is not. */
    Optional<String> damage() {
        int at = 0;
        while (at < bytes.limit()) {
            int inBlock = Math.min(bytes.limit(), (at / BLOCK + 1) * BLOCK) - at;
            if (inBlock < HEADER) {
                // Nothing begins in so little room.
                at += inBlock;
                continue;
            }
            int length = Short.toUnsignedInt(bytes.getShort(at + 4));
            if (length > inBlock - HEADER) {
                return at + inBlock == bytes.limit() && isBrokenOff(at)
                        ? Optional.empty()
                        : Optional.of("the record at " + at + " goes beyond its end");
            }
            if (!isKnown(kind(at)) || checksum(at, length) != claimed(at)) {
                return isNothingFrom(at)
                        ? Optional.empty()
                        : Optional.of("the record at " + at + " doesn't have the checksum or the kind that it claims");
            }
            at += HEADER + length;
        }
        return Optional.empty();
    }

    /** Were it whole, and only its length wrong, its checksum would fit one of the lengths that there is room for. */
    private boolean isBrokenOff(int at) {
        if (!isKnown(kind(at))) {
            return false;
        }
        crc.reset();
        crc.update(kind(at));
        for (int next = at + HEADER; next < bytes.limit(); next++) {
            if (masked() == claimed(at)) {
                return false;
            }
            crc.update(bytes.get(next));
        }
        return masked() != claimed(at);
    }

    /** After a power loss a file may be longer than what was written to it. */
    private boolean isNothingFrom(int at) {
        for (int next = at; next < bytes.limit(); next++) {
            if (bytes.get(next) != 0) {
                return false;
            }
        }
        return true;
    }

    private int kind(int at) {
        return bytes.get(at + 6);
    }

    private static boolean isKnown(int kind) {
        return kind >= WHOLE && kind <= LAST_PART;
    }

    private int claimed(int at) {
        return bytes.getInt(at);
    }

    private int checksum(int at, int length) {
        crc.reset();
        crc.update(bytes.array(), at + HEADER - 1, 1 + length);
        return masked();
    }

    /** As it is stored: a checksum of bytes that hold checksums would be a poor one. */
    private int masked() {
        return Integer.rotateRight((int) crc.getValue(), 15) + 0xa282ead8;
    }
}
