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
 * whoever asks for it joins a snapshot instead. But never does an entry of this node go that no other node has.
 */
final class Truncation {

    private final ReplicaSettings settings;
    private final AppliedState applied;
    private final Peers peers;
    private final Leadership leadership;
    private final EntryLog log;
    private final Draft draft;
    private long lastNanos;
    private boolean begun;

    Truncation(
            ReplicaSettings settings,
            AppliedState applied,
            Peers peers,
            Leadership leadership,
            EntryLog log,
            Draft draft) {
        this.settings = settings;
        this.applied = applied;
        this.peers = peers;
        this.leadership = leadership;
        this.log = log;
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
        double share = shareToGo();
        for (int i = 0; i < have.size(); i++) {
            Origin origin = have.originAt(i);
            long upTo = upTo(origin, have.sequenceAt(i), others, share);
            log.truncate(origin, upTo + 1, draft.batch());
        }
    }

    private long upTo(Origin origin, long have, Set<NodeId> others, double share) {
        long everywhere = others.isEmpty() || !areAllKnown(others) ? 0 : have;
        long anywhere = 0;
        for (NodeId other : others) {
            long its = peers.appliedBy(other, origin);
            everywhere = Math.min(everywhere, its);
            anywhere = Math.max(anywhere, its);
        }
        long first = log.firstKept(origin);
        long bySize = first - 1 + (long) (share * (have - first + 1));
        long upTo = Math.max(everywhere, Math.max(bySize, tooOldUpTo(origin, first, have)));
        boolean own = origin.node().equals(settings.self().node());
        return own ? Math.min(upTo, anywhere) : upTo;
    }

    /** Whose reports say that all have an entry: every node that holds a copy or was named a member. */
    private Set<NodeId> others() {
        Set<NodeId> others = new TreeSet<>(leadership.copies().nodes());
        others.addAll(peers.reporters());
        others.remove(settings.self());
        return others;
    }

    private boolean areAllKnown(Set<NodeId> others) {
        return others.stream().map(NodeId::node).toList().containsAll(settings.otherMembers());
    }

    /** Which part of the log is too much. */
    private double shareToGo() {
        double entries = 0;
        VersionVector have = applied.vector();
        for (int i = 0; i < have.size(); i++) {
            entries += have.sequenceAt(i) - log.firstKept(have.originAt(i)) + 1;
        }
        double bytes = entries * log.usualBytes();
        double most = settings.limits().retention().bytes();
        return bytes <= most ? 0 : 1 - most / bytes;
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
