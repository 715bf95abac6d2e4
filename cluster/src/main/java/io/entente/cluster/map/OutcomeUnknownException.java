package io.entente.cluster.map;

import io.entente.cluster.routing.Outcome;
import org.jspecify.annotations.Nullable;

/** The write may exist, now or later: read the key before writing again. */
public final class OutcomeUnknownException extends EntenteException {

    /** With a full sentence and what it rests on. */
    public OutcomeUnknownException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }

    @Override
    public Outcome outcome() {
        return Outcome.UNKNOWN;
    }
}
