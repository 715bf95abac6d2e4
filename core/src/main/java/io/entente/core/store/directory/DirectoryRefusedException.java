package io.entente.core.store.directory;

/**
 * A data directory that is not opened, or not for this purpose: in use, another node's, damaged, unreachable. The
 * message names both sides and says what to do. Nothing in the directory has been changed but what RocksDB repaired.
 */
public final class DirectoryRefusedException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /** With a full sentence: what was found, what was expected, what to do. */
    public DirectoryRefusedException(String message) {
        super(message);
    }

    /** With a full sentence, and what it rests on. */
    public DirectoryRefusedException(String message, Throwable cause) {
        super(message, cause);
    }
}
