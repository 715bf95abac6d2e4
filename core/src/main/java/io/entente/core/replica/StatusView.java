package io.entente.core.replica;

import io.entente.conflict.version.Origin;
import io.entente.conflict.version.VersionVector;
import io.entente.core.bytes.MalformedBytesException;
import io.entente.core.codec.UnsupportedFormatException;
import io.entente.core.event.Now;
import io.entente.core.message.EncodedEntry;
import io.entente.core.message.NodeId;
import io.entente.core.replica.ReplicaStatus.PeerStatus;
import io.entente.core.store.StoreException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Puts together what a replica says of itself. Reads only. */
final class StatusView {

    private final AppliedState applied;
    private final Admission admission;
    private final Retirements retirements;
    private final Leadership leadership;
    private final Optional<NodeId> leader;
    private final EpochStatus epoch;
    private final Peers peers;
    private final Stability stability;
    private final ReplicationPath replicationPath;
    private final EntryLog log;
    private final JoinProgress joining;
    private final Staleness staleness;

    StatusView(
            AppliedState applied,
            Admission admission,
            Retirements retirements,
            Leadership leadership,
            Optional<NodeId> leader,
            EpochStatus epoch,
            Peers peers,
            Stability stability,
            ReplicationPath replicationPath,
            EntryLog log,
            JoinProgress joining,
            Staleness staleness) {
        this.applied = applied;
        this.admission = admission;
        this.retirements = retirements;
        this.leadership = leadership;
        this.leader = leader;
        this.epoch = epoch;
        this.peers = peers;
        this.stability = stability;
        this.replicationPath = replicationPath;
        this.log = log;
        this.joining = joining;
        this.staleness = staleness;
    }

    ReplicaStatus at(Now now) {
        List<PeerStatus> others = new ArrayList<>();
        for (NodeId peer : peers.all()) {
            others.add(statusOf(peer, now));
        }
        return new ReplicaStatus(
                applied.vector(),
                admission.waitsFor(),
                joining.last(),
                leader,
                others,
                stability.holdingBack(),
                retirements.underWay(),
                retirements.gone(),
                retirements.isRetired(),
                replicationPath.stopped(),
                staleness.at(now),
                heldFor(others),
                epoch);
    }

    private Map<NodeId, Long> heldFor(List<PeerStatus> others) {
        Map<NodeId, Long> held = new TreeMap<>();
        for (PeerStatus home : others) {
            if (home.entriesItLacks() > 0 && leadership.standsInFor(home.node()) && !home.live()) {
                held.put(home.node(), home.entriesItLacks());
            }
        }
        return held;
    }

    private PeerStatus statusOf(NodeId peer, Now now) {
        VersionVector theirs = peers.appliedBy(peer);
        VersionVector lacking = applied.vector().newSince(theirs);
        long entries = 0;
        Optional<Long> oldest = Optional.empty();
        for (int i = 0; i < lacking.size(); i++) {
            Origin origin = lacking.originAt(i);
            long have = theirs.sequenceOf(origin);
            entries += lacking.sequenceAt(i) - have;
            oldest = earlier(oldest, timeOf(origin, have + 1));
        }
        return new PeerStatus(peer, peers.isLive(peer, now), theirs, entries, oldest);
    }

    /** The entry's time; none where the log can't be read, for a status is asked for just when something is wrong. */
    private Optional<Long> timeOf(Origin origin, long sequence) {
        try {
            List<EncodedEntry> found = log.read(origin, sequence, 1);
            return found.isEmpty()
                    ? Optional.empty()
                    : Optional.of(found.get(0).entry().timestamp().millis());
        } catch (MalformedBytesException | UnsupportedFormatException | StoreException unreadable) {
            return Optional.empty();
        }
    }

    private static Optional<Long> earlier(Optional<Long> a, Optional<Long> b) {
        if (a.isEmpty() || b.isEmpty()) {
            return a.isEmpty() ? b : a;
        }
        return a.get() <= b.get() ? a : b;
    }
}
