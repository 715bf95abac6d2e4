package io.entente.core.store.rocksdb;

import org.rocksdb.RocksDBException;
import org.rocksdb.Status;

/** Tells a full disk from a broken one. */
final class NoSpace {

    private NoSpace() {}

    /**
     * Whether something could not be written because no room was left, on the disk or in its user's quota. Not when that shows only as the
     * device is asked to have it: then nobody knows what the device has of what was written before.
     */
    static boolean isCauseOf(Exception failure) {
        if (!(failure instanceof RocksDBException failed)) {
            return false;
        }
        String message = String.valueOf(failed.getMessage());
        Status status = failed.getStatus();
        boolean full = (status != null && status.getSubCode() == Status.SubCode.NoSpace)
                || message.contains("No space left on device")
                || message.contains("Disk quota exceeded");
        return full && !message.contains("sync");
    }
}
