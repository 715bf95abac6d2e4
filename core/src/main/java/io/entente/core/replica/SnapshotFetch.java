package io.entente.core.replica;

import io.entente.core.bytes.Bytes;
import io.entente.core.codec.StoreKeys;
import io.entente.core.effect.Effect.Severity;
import io.entente.core.message.NodeId;
import io.entente.core.message.PeerMessage.SnapshotChunk;
import io.entente.core.message.PeerMessage.SnapshotCredit;
import io.entente.core.message.PeerMessage.SnapshotRefused;
import io.entente.core.message.PeerMessage.Truncated;
import io.entente.core.message.PeerMessage.WantSnapshot;
import io.entente.core.message.SnapshotPosition;
import io.entente.core.message.SnapshotRow;
import io.entente.core.message.SubscriptionId;
import io.entente.core.store.StoreReader;
import io.entente.core.store.Table;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Fetches a snapshot into the staging area, where a source's log no longer reaches back to this replica. Records, writes and streams
 * are untouched meanwhile. A transfer that breaks off is resumed where it was, against the same snapshot, also by the next start; one
 * that can't be is begun anew, elsewhere if need be.
 */
final class SnapshotFetch {

    /** After so many silent spells another source is asked. */
    private static final int MOST_SILENCES = 4;

    /** So many reroute times a source that is away is waited for, a little less than it keeps its view. */
    private static final int PATIENCE = 15;

    private final StoreKeys keys;
    private final ReplicaSettings settings;
    private final AppliedState applied;
    private final Peers peers;
    private final Neighbourhood neighbourhood;
    private final SnapshotMerge merge;
    private final Draft draft;
    private final long session;
    private long lastNumber;
    private @Nullable NodeId source;
    private @Nullable SnapshotPosition position;
    private SubscriptionId id;
    private long receivedBytes;
    private long grantedBytes;
    private long heardNanos;
    private int silences;
    private boolean begun;

    SnapshotFetch(
            StoreReader store,
            StoreKeys keys,
            ReplicaSettings settings,
            AppliedState applied,
            Peers peers,
            Neighbourhood neighbourhood,
            SnapshotMerge merge,
            Draft draft,
            long session) {
        this.keys = keys;
        this.settings = settings;
        this.applied = applied;
        this.peers = peers;
        this.neighbourhood = neighbourhood;
        this.merge = merge;
        this.draft = draft;
        this.session = session;
        this.id = new SubscriptionId(session, 0);
        if (Joining.recover(store, keys) instanceof Joining.Fetching interrupted) {
            source = interrupted.source();
            position = interrupted.position();
        }
    }

    /** A source's log doesn't reach back to this replica. */
    void truncated(NodeId from, Truncated message) {
        boolean lacks = applied.vector().sequenceOf(message.origin()) + 1 < message.firstKept();
        if (lacks && source == null && !isMerging()) {
            draft.tell(
                    Severity.NOTICE,
                    "partition " + settings.partition() + " fetches a snapshot from " + from + ", whose log of "
                            + message.origin() + " begins at " + message.firstKept());
            begin(from);
        }
    }

    void receive(NodeId from, SnapshotChunk chunk) {
        if (!from.equals(source) || !chunk.id().equals(id) || isMerging() || !continues(chunk)) {
            return;
        }
        heardNanos = draft.now().monotonicNanos();
        silences = 0;
        Bytes last = chunk.after().row();
        for (SnapshotRow row : chunk.rows()) {
            draft.batch().put(Table.STAGING, keys.staged(row.place()), row.value());
            last = row.place();
        }
        position = chunk.after().at(last);
        receivedBytes += chunk.rowBytes();
        if (chunk.last()) {
            source = null;
            position = null;
            merge.beginWithNextStep();
        } else {
            new Joining.Fetching(from, position).write(keys, draft.batch());
            grant(from);
        }
    }

    void refused(NodeId from, SnapshotRefused message) {
        if (from.equals(source) && message.id().equals(id)) {
            draft.tell(
                    Severity.NOTICE,
                    from + " can't give a snapshot of partition " + settings.partition() + " now: it " + message.why());
            silences = MOST_SILENCES;
            position = null;
        }
    }

    /** Asks again, or another source, where nothing comes. */
    void review() {
        NodeId from = source;
        if (from == null || isMerging()) {
            return;
        }
        long now = draft.now().monotonicNanos();
        if (!begun) {
            begun = true;
            heardNanos = now;
        }
        long silent = now - heardNanos;
        if (silent <= settings.timing().stall().toNanos()) {
            return;
        }
        if (!peers.isLive(from, draft.now())) {
            // It keeps its view for a while, and a part of it is here.
            if (silent > PATIENCE * settings.timing().reroute().toNanos()) {
                next(from).ifPresent(this::begin);
            }
        } else if (silences++ < MOST_SILENCES) {
            ask(from);
        } else {
            next(from).ifPresent(this::begin);
        }
    }

    /** How far this replica is with a snapshot, as a sentence's end; empty when there is none. */
    Optional<String> progress() {
        if (isMerging()) {
            return Optional.of("merges a snapshot");
        }
        return Optional.ofNullable(source)
                .map(from -> "fetches a snapshot from " + from + ": " + receivedBytes + " bytes since it last asked");
    }

    private boolean isMerging() {
        return merge.isActive() || merge.isAboutToBegin();
    }

    /** Whether the chunk is the next one of what is staged, or the first one of another snapshot, for which staging is emptied. */
    private boolean continues(SnapshotChunk chunk) {
        SnapshotPosition have = position;
        if (have != null && have.isOfSameSnapshot(chunk.after())) {
            return have.row().equals(chunk.after().row());
        }
        boolean first = chunk.after().row().isEmpty();
        if (first) {
            draft.batch().deleteRange(Table.STAGING, keys.first(), keys.last());
        }
        return first;
    }

    private void grant(NodeId from) {
        long wanted = receivedBytes + settings.limits().creditBytes();
        if (wanted - grantedBytes >= settings.limits().creditBytes() / 2) {
            grantedBytes = wanted;
            draft.send(from, new SnapshotCredit(id, wanted));
        }
    }

    private void begin(NodeId from) {
        if (!from.equals(source)) {
            position = null;
        }
        source = from;
        silences = 0;
        ask(from);
    }

    private void ask(NodeId from) {
        id = new SubscriptionId(session, ++lastNumber);
        receivedBytes = 0;
        grantedBytes = settings.limits().creditBytes();
        begun = true;
        heardNanos = draft.now().monotonicNanos();
        draft.send(from, new WantSnapshot(id, Optional.ofNullable(position), grantedBytes));
    }

    /** The live neighbour after that one, round and round, of those that have something that this replica lacks. */
    private Optional<NodeId> next(NodeId after) {
        List<NodeId> candidates = new ArrayList<>();
        for (NodeId peer : peers.live(draft.now())) {
            if (neighbourhood.mayPullFrom(peer) && !applied.vector().dominates(peers.appliedBy(peer))) {
                candidates.add(peer);
            }
        }
        return candidates.stream()
                .filter(candidate -> candidate.compareTo(after) > 0)
                .findFirst()
                .or(() -> candidates.stream().findFirst());
    }
}
