package io.entente.cluster.replica;

import io.entente.conflict.version.VersionVector;
import io.entente.core.event.Now;
import io.entente.core.message.NodeId;
import io.entente.core.message.ReplicationMode;
import io.entente.core.record.RecordKey;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/** What one replica's actor needs to perform effects. Confined to that actor, but for the parts it shares, which are thread-safe. */
public final class ReplicaShell {

    private final Sender self;
    private final Surroundings surroundings;
    private final Map<NodeId, Link> links = new HashMap<>();

    /**
     * @param self who the replica is to its peers
     * @param surroundings what all replicas of the node share
     */
    public ReplicaShell(Sender self, Surroundings surroundings) {
        this.self = self;
        this.surroundings = surroundings;
    }

    Sender self() {
        return self;
    }

    GroupCommit commits() {
        return surroundings.commits();
    }

    LinkFaults faults() {
        return surroundings.faults();
    }

    Supplier<Now> clock() {
        return surroundings.clock();
    }

    SpareTime spareTime() {
        return surroundings.spareTime();
    }

    Duration tick() {
        return surroundings.tick();
    }

    void storeFailed(Throwable failure) {
        surroundings.observer().storeFailed(failure);
    }

    void halted(Throwable failure) {
        surroundings.observer().halted(self.partition(), failure);
    }

    void leaderIs(Optional<NodeId> leader, ReplicationMode mode) {
        surroundings.observer().leaderIs(self.partition(), leader, mode);
    }

    void caughtUp(boolean is) {
        surroundings.observer().caughtUp(self.partition(), is);
    }

    void degraded(boolean is) {
        surroundings.observer().degraded(self.partition(), is);
    }

    void conflictSeen() {
        surroundings.observer().conflictSeen();
    }

    void changed(List<RecordKey> keys, VersionVector upTo) {
        surroundings.observer().changed(self.partition(), keys, upTo);
    }

    Link linkTo(NodeId peer) {
        return links.computeIfAbsent(peer, to -> new Link(self, to, surroundings));
    }

    /** Who is to know how a replica fares. Called on actors' threads. */
    public interface Observer {

        /** Another node than before leads the partition in this data center, as far as its replica here can tell; or none known. */
        void leaderIs(int partition, Optional<NodeId> leader, ReplicationMode mode);

        /** A partition's replica has caught up with the others, or is behind. By default nobody chooses where to read. */
        default void caughtUp(int partition, boolean is) {}

        /** A partition's leader acknowledges writes that too few followers have, or no longer does. By default nobody watches. */
        default void degraded(int partition, boolean is) {}

        /** A replica has journaled a conflict. */
        void conflictSeen();

        /** A commit of a partition has changed what readers find at these keys, once they have reached that. By default nobody follows. */
        default void changed(int partition, List<RecordKey> keys, VersionVector upTo) {}

        /** A commit failed: the node takes no more writes. */
        void storeFailed(Throwable failure);

        /** A partition's replica broke one of its own rules, or could not be recovered: it does nothing any more. */
        void halted(int partition, Throwable failure);
    }

    /**
     * What all replicas of a node share.
     *
     * @param commits the node's commit thread
     * @param addresses where peers are
     * @param faults the faults on the node's links
     * @param delays where delayed messages wait
     * @param clock gives the time
     * @param tick how often a replica hears that time passes
     * @param spareTime how much time there is for what nobody waits for
     * @param observer told who leads, and when a replica can't go on
     */
    public record Surroundings(
            GroupCommit commits,
            AddressBook addresses,
            LinkFaults faults,
            DelayLine delays,
            Supplier<Now> clock,
            Duration tick,
            SpareTime spareTime,
            Observer observer) {}
}
