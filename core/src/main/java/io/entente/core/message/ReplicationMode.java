package io.entente.core.message;

import java.util.Objects;

/** Who may originate writes in a partition. A value: all modes are the same replica under other rules. */
public sealed interface ReplicationMode {

    /** Any admitted copy; one in each data center is meant to. */
    static ReplicationMode multiLeader() {
        return new MultiLeader();
    }

    /** Any admitted copy. */
    static ReplicationMode leaderless() {
        return new Leaderless();
    }

    /** Only the leader of the epoch. */
    static ReplicationMode singleLeader(Acknowledgement acknowledgement, Failover failover) {
        return new SingleLeader(acknowledgement, failover);
    }

    /** Whether only the leader of the epoch may originate. */
    default boolean isSingleLeader() {
        return this instanceof SingleLeader;
    }

    /** Whether nobody leads, in no data center. */
    default boolean isLeaderless() {
        return this instanceof Leaderless;
    }

    /** Who replaces a leader that is gone. */
    enum Failover {
        /** An operator names another one. */
        MANUAL,
        /** The voters elect another one when it has not been heard for a while. */
        AUTOMATIC
    }

    /** See {@link ReplicationMode#multiLeader()}. */
    record MultiLeader() implements ReplicationMode {

        @Override
        public String toString() {
            return "multi-leader";
        }
    }

    /** See {@link ReplicationMode#leaderless()}. */
    record Leaderless() implements ReplicationMode {

        @Override
        public String toString() {
            return "leaderless";
        }
    }

    /**
     * See {@link ReplicationMode#singleLeader}.
     *
     * @param acknowledgement what every write waits for
     * @param failover who replaces a leader that is gone
     */
    record SingleLeader(Acknowledgement acknowledgement, Failover failover) implements ReplicationMode {

        public SingleLeader {
            Objects.requireNonNull(acknowledgement, "acknowledgement");
            Objects.requireNonNull(failover, "failover");
        }

        @Override
        public String toString() {
            return "single-leader";
        }
    }
}
