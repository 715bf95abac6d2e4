package io.entente.core.replica;

import io.entente.conflict.version.Origin;
import io.entente.conflict.version.VersionVector;
import io.entente.core.bytes.MalformedBytesException;
import io.entente.core.codec.UnsupportedFormatException;
import io.entente.core.message.EncodedEntry;
import io.entente.core.message.NodeId;
import io.entente.core.store.StoreException;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * Lets logs begin later: after what all members have and, where somebody lacks more than {@link Retention} allows, after that too, for
 * whoever asks for it joins a snapshot instead. But never does an entry of this node go that no other node has, and who is given a snapshot
 * finds what follows it in the log.
 */
final class Truncation {

    private final ReplicaSettings settings;
    private final AppliedState applied;
    private final Peers peers;
    private final Leadership leadership;
    private final Retirements retirements;
    private final EntryLog log;
    private final SnapshotHolds holds;
    private final Draft draft;
    private long lastNanos;
    private boolean begun;

    Truncation(
            ReplicaSettings settings,
            AppliedState applied,
            Peers peers,
            Leadership leadership,
            Retirements retirements,
            EntryLog log,
            SnapshotHolds holds,
            Draft draft) {
        this.settings = settings;
        this.applied = applied;
        this.peers = peers;
        this.leadership = leadership;
        this.retirements = retirements;
        this.log = log;
        this.holds = holds;
        this.draft = draft;
    }

    /** Goes through the log when that is due. */
    void review() {
        long now = draft.now().monotonicNanos();
        if (!begun) {
            begun = true;
            lastNanos = now;
        }
        if (now - lastNanos >= settings.limits().retention().every().toNanos()) {
            lastNanos = now;
            truncate();
        }
    }

    private void truncate() {
        VersionVector have = applied.vector();
        Set<NodeId> others = others();
        VersionVector mayGo = mayGo(have, others);
        double share = shareToGo(have, mayGo);
        boolean areAllKnown = !others.isEmpty() && areAllKnown(others);
        for (int i = 0; i < have.size(); i++) {
            Origin origin = have.originAt(i);
            long last = have.sequenceAt(i);
            long upTo = Math.min(mayGo.sequenceOf(origin), tooOldOrTooMuch(origin, last, mayGo, share));
            if (areAllKnown) {
                upTo = Math.max(upTo, Math.min(last, knownBy(others, origin, true)));
            }
            log.truncate(origin, upTo + 1, last, draft.batch());
        }
    }

    /** By origin, up to where entries may go that somebody lacks. */
    private VersionVector mayGo(VersionVector have, Set<NodeId> others) {
        VersionVector held = heldFrom(have);
        VersionVector.Builder mayGo = new VersionVector.Builder();
        for (int i = 0; i < have.size(); i++) {
            Origin origin = have.originAt(i);
            long upTo = held.sequenceOf(origin);
            if (origin.node().equals(settings.self().node())) {
                upTo = Math.min(upTo, knownBy(others, origin, false));
            }
            mayGo.raise(origin, upTo);
        }
        return mayGo.build();
    }

    /** What nobody will ask for who is given a snapshot now; everything, when that would be too much to keep for them. */
    private VersionVector heldFrom(VersionVector have) {
        if (holds.isNone()) {
            return have;
        }
        VersionVector held = holds.notNeeded(have);
        long heldBytes = 0;
        for (int i = 0; i < have.size(); i++) {
            Origin origin = have.originAt(i);
            heldBytes += log.bytes(origin) - log.bytesUpTo(origin, held.sequenceOf(origin));
        }
        return heldBytes <= settings.limits().retention().bytes() ? held : have;
    }

    /** Up to where all, or some, of these are known to have the origin's entries. */
    private long knownBy(Set<NodeId> others, Origin origin, boolean all) {
        long known = all ? Long.MAX_VALUE : 0;
        for (NodeId other : others) {
            long its = peers.appliedBy(other, origin);
            known = all ? Math.min(known, its) : Math.max(known, its);
        }
        return known;
    }

    private long tooOldOrTooMuch(Origin origin, long last, VersionVector mayGo, double share) {
        long first = log.firstKept(origin);
        long tooOld = tooOldUpTo(origin, first, last);
        if (share <= 0) {
            return tooOld;
        }
        long bytes = (long) Math.ceil(share * bytesThatMayGo(origin, last, mayGo));
        return bytes == 0 ? tooOld : Math.max(tooOld, log.lastOf(origin, bytes));
    }

    /** Whose reports say that all have an entry: every node that holds a copy or was named a member. */
    private Set<NodeId> others() {
        Set<NodeId> others = new TreeSet<>(leadership.serving().nodes());
        others.addAll(peers.reporters());
        others.remove(settings.self());
        return others;
    }

    private boolean areAllKnown(Set<NodeId> others) {
        return others.stream().map(NodeId::node).toList().containsAll(retirements.counted());
    }

    /** Which part of what may go is too much. */
    private double shareToGo(VersionVector have, VersionVector mayGo) {
        double bytes = 0;
        for (int i = 0; i < have.size(); i++) {
            bytes += bytesThatMayGo(have.originAt(i), have.sequenceAt(i), mayGo);
        }
        double most = settings.limits().retention().bytes();
        return bytes <= most ? 0 : 1 - most / bytes;
    }

    private long bytesThatMayGo(Origin origin, long last, VersionVector mayGo) {
        long upTo = mayGo.sequenceOf(origin);
        return upTo >= last ? log.bytes(origin) : log.bytesUpTo(origin, upTo);
    }

    /** The last of the entries that are too old; an origin's timestamps only rise. */
    private long tooOldUpTo(Origin origin, long first, long have) {
        long before =
                draft.now().wallMillis() - settings.limits().retention().age().toMillis();
        long old = first - 1;
        long young = have + 1;
        while (old + 1 < young) {
            long middle = old + (young - old) / 2;
            if (isOlder(origin, middle, before)) {
                old = middle;
            } else {
                young = middle;
            }
        }
        return old;
    }

    /** Whether it is known to be older: what can't be read stays, and is told of when somebody asks for it. */
    private boolean isOlder(Origin origin, long sequence, long millis) {
        try {
            List<EncodedEntry> found = log.read(origin, sequence, 1);
            return !found.isEmpty() && found.get(0).entry().timestamp().millis() < millis;
        } catch (MalformedBytesException | UnsupportedFormatException | StoreException unreadable) {
            return false;
        }
    }
}
