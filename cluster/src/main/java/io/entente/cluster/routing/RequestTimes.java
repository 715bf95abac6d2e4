package io.entente.cluster.routing;

/**
 * Is told how long requests to a node's replicas took. Called on whatever thread has the answer: it must be thread-safe, quick, and
 * throw nothing.
 */
@FunctionalInterface
public interface RequestTimes {

    /** A request was answered, or refused after it was taken in. */
    void took(Kind kind, long nanos);

    /** What was asked for. */
    enum Kind {
        /** A value was written. */
        PUT,
        /** A key was deleted. */
        DELETE,
        /** An operation was done on a mergeable value. */
        UPDATE,
        /** A key was read. */
        GET,
        /** A page of a map was read. */
        LIST,
        /** The copies of a partition were compared. */
        VERIFY,
        /** A partition was given another leader, or another mode. */
        EPOCH
    }
}
