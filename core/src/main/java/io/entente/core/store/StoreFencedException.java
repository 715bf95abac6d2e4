package io.entente.core.store;

/** The store refuses a commit because an earlier one has failed. Nothing of the refused batch exists. */
public final class StoreFencedException extends StoreException {

    private static final long serialVersionUID = 1L;

    /** With the failure that fenced the store. */
    public StoreFencedException(String store, Throwable firstFailure) {
        super(
                store + " takes no more writes since one failed (" + firstFailure.getMessage()
                        + "); reads go on; mend the cause and start the node again",
                firstFailure,
                false);
    }
}
