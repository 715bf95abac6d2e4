package io.entente.core.replica;

import io.entente.conflict.version.Origin;
import io.entente.conflict.version.VersionVector;
import io.entente.core.message.NodeId;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;

/**
 * What of the log stays for those who are given a snapshot: what follows it, until they have that too. Else the log could be truncated
 * faster than they fetch and merge, and they would have to begin again and again.
 *
 * <p>Bounded in time: a hold ends when nothing is sent, and the receiver doesn't say that it comes on with merging, for three times as long as it all took so far, and half a
 * minute. Bounded in bytes too, by the log's retention.
 */
final class SnapshotHolds {

    /** So many reroute times a receiver may need in any case. */
    private static final int PATIENCE = 30;

    private static final int TIMES_AS_LONG = 3;

    private final Peers peers;
    private final Draft draft;
    private final Duration reroute;
    private final Map<NodeId, Hold> holds = new TreeMap<>();

    SnapshotHolds(Peers peers, Draft draft, Duration reroute) {
        this.peers = peers;
        this.draft = draft;
        this.reroute = reroute;
    }

    /** A receiver is given a snapshot with that vector. */
    void begin(NodeId receiver, VersionVector snapshot) {
        long now = draft.now().monotonicNanos();
        Hold hold = new Hold(snapshot, now);
        holds.put(receiver, hold);
        hold.moved(now, patience(hold));
    }

    /** The snapshot has come so far on its way to the receiver. */
    void sent(NodeId receiver, long bytes) {
        Hold hold = holds.get(receiver);
        if (hold != null && bytes > hold.sentBytes) {
            hold.sentBytes = bytes;
            hold.moved(draft.now().monotonicNanos(), patience(hold));
        }
    }

    /** The receiver says that it stages or merges what it was given. */
    void comesOn(NodeId receiver) {
        Hold hold = holds.get(receiver);
        if (hold != null && !hold.isMerged) {
            hold.moved(draft.now().monotonicNanos(), patience(hold));
        }
    }

    /** Ends what nobody needs any more, or has needed for too long. */
    void review(VersionVector have) {
        holds.forEach((receiver, hold) -> {
            if (!hold.isMerged && peers.appliedBy(receiver).dominates(hold.snapshot)) {
                hold.isMerged = true;
                hold.goal = have;
                hold.moved(draft.now().monotonicNanos(), patience(hold));
            }
        });
        long now = draft.now().monotonicNanos();
        holds.entrySet().removeIf(entry -> {
            Hold hold = entry.getValue();
            boolean caughtUp = hold.isMerged && peers.appliedBy(entry.getKey()).dominates(hold.goal);
            return caughtUp || now - hold.deadlineNanos > 0;
        });
    }

    boolean isNone() {
        return holds.isEmpty();
    }

    /** Of {@code have} what none of the receivers will ask for. */
    VersionVector notNeeded(VersionVector have) {
        VersionVector.Builder rest = new VersionVector.Builder();
        for (int i = 0; i < have.size(); i++) {
            Origin origin = have.originAt(i);
            long upTo = have.sequenceAt(i);
            for (Map.Entry<NodeId, Hold> held : holds.entrySet()) {
                long has = held.getValue().snapshot.sequenceOf(origin);
                upTo = Math.min(upTo, Math.max(has, peers.appliedBy(held.getKey(), origin)));
            }
            rest.raise(origin, upTo);
        }
        return rest.build();
    }

    private long patience(Hold hold) {
        long since = draft.now().monotonicNanos() - hold.beganNanos;
        return PATIENCE * reroute.toNanos() + TIMES_AS_LONG * since;
    }

    private static final class Hold {
        private final VersionVector snapshot;
        private final long beganNanos;
        private VersionVector goal = VersionVector.empty();
        private long sentBytes;
        private long deadlineNanos;
        private boolean isMerged;

        private Hold(VersionVector snapshot, long nowNanos) {
            this.snapshot = snapshot;
            this.beganNanos = nowNanos;
        }

        private void moved(long nowNanos, long patienceNanos) {
            deadlineNanos = nowNanos + patienceNanos;
        }
    }
}
