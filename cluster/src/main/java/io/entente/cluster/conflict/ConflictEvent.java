package io.entente.cluster.conflict;

import java.util.Objects;

/** What a follower is told. */
public sealed interface ConflictEvent {

    /** Where to go on after this event, over any number of restarts. */
    String position();

    /**
     * A conflict was seen.
     *
     * @param conflict the conflict
     * @param position where to go on
     */
    record Seen(SeenConflict conflict, String position) implements ConflictEvent {

        public Seen {
            Objects.requireNonNull(conflict, "conflict");
            Objects.requireNonNull(position, "position");
        }
    }

    /**
     * The journal has dropped conflicts that the follower had not got yet. Those it still has follow.
     *
     * @param position where to go on
     */
    record Missed(String position) implements ConflictEvent {

        public Missed {
            Objects.requireNonNull(position, "position");
        }
    }
}
