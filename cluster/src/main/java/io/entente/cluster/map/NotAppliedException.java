package io.entente.cluster.map;

import io.entente.cluster.routing.Outcome;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Nothing was written: the request was refused, or was a read. */
public final class NotAppliedException extends EntenteException {

    private final Reason reason;

    /**
     * @param reason which rule refused the request
     * @param message a full sentence with the value and the remedy
     */
    public NotAppliedException(Reason reason, String message) {
        this(reason, message, null);
    }

    NotAppliedException(Reason reason, String message, @Nullable Throwable cause) {
        super(message, cause);
        this.reason = Objects.requireNonNull(reason, "reason");
    }

    @Override
    public Outcome outcome() {
        return Outcome.NOT_APPLIED;
    }

    /** Which rule refused the request. */
    public Reason reason() {
        return reason;
    }

    /** Why a request was refused. */
    public enum Reason {
        /** A map's name, key, value or session is malformed or breaks a limit other than the value's size. */
        INVALID_ARGUMENT,
        /** Who asked has shown no token that is known, or one whose role may not do that. */
        NOT_PERMITTED,
        /** The value is larger than the limit. */
        VALUE_TOO_LARGE,
        /** The condition of the write does not hold: the key has changed, or is not absent. */
        PRECONDITION_FAILED,
        /** The context or session has seen writes that did not arrive at the replica in time. */
        NOT_REACHED,
        /** Fewer copies than the read asked for have answered in time. */
        NO_QUORUM,
        /** Nobody leads the partition just now, or another node than the one asked does. */
        NO_LEADER,
        /** The key's conflict is not resolved: read it, choose, and write with the context of that read. */
        UNRESOLVED,
        /** The write would leave more siblings than the limit. */
        TOO_MANY_SIBLINGS,
        /** Each try of an update was outrun by another write. */
        OUTRUN,
        /** The changes that were asked for are forgotten, or another run's: follow from now on, and read the map then. */
        NOT_REMEMBERED,
        /** The stored value can't be read by the map's codec. */
        UNREADABLE,
        /** The replica can't serve yet, or any more. */
        NOT_READY,
        /** More requests wait than are taken. */
        OVERLOADED,
        /** The node's store has failed. */
        STORE_FAILED,
        /** The clock of the node that should write is too far from the others'. */
        CLOCK_OFF,
        /** The disk of the node that should write is full. */
        DISK_FULL,
        /** The data center that is home to the key can't be asked, and the map's writes are not taken elsewhere. */
        HOME_UNREACHABLE
    }
}
