package io.entente.core.store.rocksdb;

import org.rocksdb.RocksDBException;
import org.rocksdb.Status;

/** Tells a read that what is stored can't serve from one that the process or the system could not do just now. */
final class Unreadable {

    /** What the system says where the process ({@code EMFILE}), or all together ({@code ENFILE}), have too many files open. */
    private static final String TOO_MANY_FILES = "Too many open files";

    /** What it says where it has no memory left ({@code ENOMEM}). */
    private static final String NO_MEMORY = "Cannot allocate memory";

    private Unreadable() {}

    /**
     * Whether a file is damaged, or its device doesn't give it back: a checksum doesn't fit, or an input error that isn't for want of something that the
     * system gives again.
     */
    static boolean isOf(RocksDBException failure) {
        Status status = failure.getStatus();
        if (status == null) {
            return false;
        }
        String message = String.valueOf(failure.getMessage());
        return switch (status.getCode()) {
            case Corruption -> true;
            case IOError ->
                !message.contains(TOO_MANY_FILES) && !message.contains(NO_MEMORY) && !NoSpace.isCauseOf(failure);
            default -> false;
        };
    }
}
