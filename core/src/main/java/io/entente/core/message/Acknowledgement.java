package io.entente.core.message;

import java.time.Duration;
import java.util.Objects;
import java.util.Optional;

/**
 * Who must have a write before a leader acknowledges it: the least that every write of the epoch waits for, whatever its client asks
 * beside it. See <i>Designing Data-Intensive Applications</i>, chapter 5, "Synchronous versus asynchronous replication".
 */
public sealed interface Acknowledgement {

    /** The most followers that may be asked for: beyond it is a mistake, not a deployment. */
    int MAXIMUM_FOLLOWERS = 999;

    /** The leader alone. */
    static Acknowledgement async() {
        return new Async();
    }

    /** The leader and any {@code followers} others: when one is slow another one takes its place. */
    static Acknowledgement semiSync(int followers) {
        return new SemiSync(followers, Optional.empty());
    }

    /** All copies, whether they are up or not. */
    static Acknowledgement sync() {
        return new Sync();
    }

    /** The last copy of a chain in which each pulls from the one before. */
    static Acknowledgement chain() {
        return new Chain();
    }

    /** See {@link Acknowledgement#async()}. */
    record Async() implements Acknowledgement {

        @Override
        public String toString() {
            return "async";
        }
    }

    /**
     * See {@link Acknowledgement#semiSync}.
     *
     * @param followers how many beside the leader, at least 1
     * @param degradeAfter after how long a wait for them a write is acknowledged all the same, in whole milliseconds, which is counted
     *     and told; empty for never, so that the client is told that its write was not acknowledged in time
     */
    record SemiSync(int followers, Optional<Duration> degradeAfter) implements Acknowledgement {

        public SemiSync {
            Objects.requireNonNull(degradeAfter, "degradeAfter");
            if (followers < 1 || followers > MAXIMUM_FOLLOWERS) {
                throw new IllegalArgumentException("semi-synchronous replication with " + followers
                        + " followers is out of range: ask for 1 to " + MAXIMUM_FOLLOWERS);
            }
            if (degradeAfter.filter(after -> after.toMillis() < 1).isPresent()) {
                throw new IllegalArgumentException("semi-synchronous replication that degrades after "
                        + degradeAfter.get() + " would never wait: give a millisecond or more, or none");
            }
        }

        @Override
        public String toString() {
            return "semi-sync with " + followers
                    + degradeAfter
                            .map(after -> ", degrading after " + after.toMillis() + " ms")
                            .orElse("");
        }
    }

    /** See {@link Acknowledgement#sync()}. */
    record Sync() implements Acknowledgement {

        @Override
        public String toString() {
            return "sync";
        }
    }

    /** See {@link Acknowledgement#chain()}. */
    record Chain() implements Acknowledgement {

        @Override
        public String toString() {
            return "chain";
        }
    }
}
