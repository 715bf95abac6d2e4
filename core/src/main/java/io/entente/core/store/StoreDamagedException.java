package io.entente.core.store;

/**
 * A store could not read what it holds: a file of its is damaged, or its device doesn't give it back. Opening it again doesn't help; what is there can only be
 * replaced, from the node's peers.
 */
public final class StoreDamagedException extends StoreException {

    private static final long serialVersionUID = 1L;

    /** With a full sentence, what it rests on, and whether what was to be written may exist in spite of the failure. */
    public StoreDamagedException(String message, Throwable cause, boolean mayExist) {
        super(message, cause, mayExist);
    }
}
