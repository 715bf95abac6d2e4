package io.entente.cluster.map;

import io.entente.cluster.routing.Outcome;
import org.jspecify.annotations.Nullable;

/** A request that failed. {@link #outcome()} says what is known about its write; the message says what to do. */
public abstract sealed class EntenteException extends RuntimeException
        permits NotAppliedException, WriteConcernTimeoutException, OutcomeUnknownException {

    EntenteException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }

    /** Whether the write was applied. */
    public abstract Outcome outcome();
}
