package io.entente.core.store;

/**
 * A store could not do what it was asked to. The message says what failed at which store, and why.
 *
 * <p>After a failed commit {@link #mayExist()} tells what may be said about the batch: <em>not applied</em> or
 * <em>unknown</em>. Don't retry: the store is fenced.
 */
public class StoreException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final boolean mayExist;

    /** With a full sentence, and whether what was to be written may exist in spite of the failure. */
    public StoreException(String message, boolean mayExist) {
        super(message);
        this.mayExist = mayExist;
    }

    /** With a full sentence, what it rests on, and whether what was to be written may exist in spite of the failure. */
    public StoreException(String message, Throwable cause, boolean mayExist) {
        super(message, cause);
        this.mayExist = mayExist;
    }

    /** Whether the batch may be there, now or after the next opening; always {@code false} for reads. */
    public boolean mayExist() {
        return mayExist;
    }
}
