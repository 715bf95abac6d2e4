package io.entente.core.replica;

import io.entente.core.event.Now;
import io.entente.core.message.Ballot;
import io.entente.core.message.Epoch;
import io.entente.core.message.NodeId;
import io.entente.core.message.ReplicationMode.Failover;
import io.entente.core.message.ReplicationMode.SingleLeader;
import java.util.Optional;

/**
 * Whether the partition has the leader it should have, as far as this replica can tell, and since when it hasn't. A guess, on which no
 * safety rests: it decides when somebody stands for leader, and keeps voters with their leader while they hear it.
 */
final class LeaderWatch {

    private final ReplicaSettings settings;
    private final Epochs epochs;
    private final Peers peers;
    private Ballot heardIn = Ballot.zero();
    private long heardAtNanos;
    private long wellAtNanos;

    LeaderWatch(ReplicaSettings settings, Epochs epochs, Peers peers, Now now) {
        this.settings = settings;
        this.epochs = epochs;
        this.peers = peers;
        this.wellAtNanos = now.monotonicNanos();
        this.heardAtNanos = wellAtNanos;
    }

    /** The epoch's leader said that it leads. */
    void heard(NodeId from, Epoch epoch, Now now) {
        boolean isInForce = epoch.ballot().equals(epochs.established().ballot());
        if (isInForce && epoch.leader().equals(Optional.of(from))) {
            heardIn = epoch.ballot();
            heardAtNanos = now.monotonicNanos();
        }
    }

    /** Whether the leader was heard lately, hears this replica, and leads an epoch that this replica heeds. */
    boolean isLeaderLive(Now now) {
        Optional<NodeId> leader = epochs.leader();
        if (leader.isEmpty()) {
            return false;
        }
        if (leader.get().equals(settings.self())) {
            return epochs.leads();
        }
        boolean isHeard = heardIn.equals(epochs.established().ballot())
                && now.monotonicNanos() - heardAtNanos
                        <= settings.timing().peerTimeout().toNanos();
        return isHeard && peers.isLive(leader.get(), now);
    }

    /** For how long there has been nobody to originate, or nobody by the rules of this epoch's failover. */
    long unwellNanos(Now now) {
        if (isWell(now)) {
            wellAtNanos = now.monotonicNanos();
        }
        return now.monotonicNanos() - wellAtNanos;
    }

    /** From now on it is waited anew. */
    void begin(Now now) {
        wellAtNanos = now.monotonicNanos();
    }

    private boolean isWell(Now now) {
        if (!epochs.isHeeded()) {
            return false;
        }
        Optional<SingleLeader> single = epochs.singleLeader();
        return single.isEmpty()
                || isLeaderLive(now)
                || (isManual() && epochs.leader().isPresent());
    }

    private boolean isManual() {
        return epochs.singleLeader()
                .filter(single -> single.failover() == Failover.MANUAL)
                .isPresent();
    }

    /**
     * Whether this replica is one to stand, unasked, when things have not been well for long. Where an operator decides who leads, and
     * nobody came to lead after the last epoch, that is its leader alone; else any voter.
     */
    boolean mayStand() {
        Optional<NodeId> leader = epochs.established().leader();
        boolean isLeadersAlone = isManual() && leader.isPresent();
        return isLeadersAlone
                ? leader.equals(Optional.of(settings.self()))
                : epochs.established().voters().contains(settings.self().node());
    }

    /** How long this replica waits before it stands: those who come first among the live voters wait less, so that mostly one stands. */
    long patienceNanos(Now now) {
        long before = 0;
        for (NodeId peer : peers.live(now)) {
            boolean isVoter = epochs.established().voters().contains(peer.node());
            before += isVoter && peer.node().compareTo(settings.self().node()) < 0 ? 1 : 0;
        }
        long timeout = settings.timing().peerTimeout().toNanos();
        return timeout + before * timeout / 2;
    }
}
