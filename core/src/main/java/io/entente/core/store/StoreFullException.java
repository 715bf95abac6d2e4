package io.entente.core.store;

/**
 * A store could not write because its disk is full. What is stored is as good as before: once there is room the store can be opened anew. Of a
 * commit that failed so it is unknown, as of any other, whether its batch exists.
 */
public final class StoreFullException extends StoreException {

    private static final long serialVersionUID = 1L;

    /** With a full sentence, and what it rests on. */
    public StoreFullException(String message, Throwable cause) {
        super(message, cause, true);
    }

    /** Whether that is why a store, or one that was fenced since, could not write. */
    public static boolean isCauseOf(Throwable failure) {
        return failure instanceof StoreFullException
                || (failure instanceof StoreFencedException && failure.getCause() instanceof StoreFullException);
    }
}
