package io.entente.conflict;

/** A resolver answered what {@link ConflictResolver} forbids: null, or a version that is not among the siblings. */
public final class ResolverContractException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /** An exception with a sentence that says what the resolver answered. */
    public ResolverContractException(String message) {
        super(message);
    }
}
