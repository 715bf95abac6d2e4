package io.entente.core.replica;

import io.entente.core.bytes.Bytes;
import io.entente.core.bytes.MalformedBytesException;
import io.entente.core.codec.StoreKeys;
import io.entente.core.codec.UnsupportedFormatException;
import io.entente.core.effect.Effect.Severity;
import io.entente.core.message.NodeId;
import io.entente.core.message.PeerMessage.SnapshotChunk;
import io.entente.core.message.PeerMessage.SnapshotCredit;
import io.entente.core.message.PeerMessage.SnapshotRefused;
import io.entente.core.message.PeerMessage.Truncated;
import io.entente.core.message.PeerMessage.WantSnapshot;
import io.entente.core.message.SnapshotPosition;
import io.entente.core.message.SubscriptionId;
import io.entente.core.store.StoreReader;
import java.util.Objects;
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
    private final SnapshotProviders providers;
    private final SnapshotMerge merge;
    private final Staging staging;
    private final Seals seals;
    private final Draft draft;
    private final long session;
    private long lastNumber;
    private @Nullable NodeId source;

    /** How far the snapshot has come, and how far with the last row that is whole, which is what a new start goes on from. */
    private @Nullable SnapshotPosition position;

    private @Nullable SnapshotPosition staged;
    private SubscriptionId id;
    private long receivedBytes;
    private long grantedBytes;
    private long totalBytes;
    private long heardNanos;
    private long askedNanos;
    private @Nullable Bytes toldUpTo;
    private long toldNanos;
    private int silences;
    private boolean begun;

    SnapshotFetch(
            StoreReader store,
            StoreKeys keys,
            ReplicaSettings settings,
            AppliedState applied,
            SnapshotProviders providers,
            SnapshotMerge merge,
            Staging staging,
            Seals seals,
            Draft draft,
            long session) {
        this.keys = keys;
        this.settings = settings;
        this.applied = applied;
        this.providers = providers;
        this.merge = merge;
        this.staging = staging;
        this.seals = seals;
        this.draft = draft;
        this.session = session;
        this.id = new SubscriptionId(session, 0);
        if (Joining.recover(store, keys) instanceof Joining.Fetching interrupted) {
            source = interrupted.source();
            position = interrupted.position();
            staging.resume(store);
            staged = position;
        }
    }

    /** A source's log doesn't reach back to this replica. */
    void truncated(NodeId from, Truncated message) {
        boolean lacks = applied.vector().sequenceOf(message.origin()) + 1 < message.firstKept();
        if (lacks && source == null && !isMerging() && !providers.turnToLast(message.origin(), from, draft.now())) {
            draft.tell(
                    Severity.NOTICE,
                    "partition " + settings.partition() + " fetches a snapshot from " + from + ", whose log of "
                            + message.origin() + " begins at " + message.firstKept());
            begin(from);
        }
    }

    void receive(NodeId from, SnapshotChunk chunk) {
        if (!from.equals(source) || isMerging()) {
            return;
        }
        boolean isAsked = chunk.id().equals(id);
        if (!continues(chunk) && !(isAsked && beginsAnew(chunk))) {
            if (isAsked) {
                passOver(from, chunk);
            }
            return;
        }
        try {
            staging.add(chunk);
        } catch (MalformedBytesException | UnsupportedFormatException unreadable) {
            position = staged;
            draft.tell(
                    Severity.WARNING,
                    "partition " + settings.partition() + " doesn't take a part of the snapshot from " + from
                            + ", and asks for it again: " + unreadable.getMessage());
            return;
        }
        heardNanos = draft.now().monotonicNanos();
        silences = 0;
        SnapshotPosition reached = chunk.end();
        position = reached;
        receivedBytes += isAsked ? chunk.rowBytes() : 0;
        totalBytes = Math.max(chunk.total(), reached.bytes());
        if (chunk.last()) {
            providers.gave(from);
            forget();
            source = null;
            mergeUnlessSealed(from, reached.bytes());
            return;
        }
        if (reached.isBetweenRows()) {
            staged = reached;
            new Joining.Fetching(from, reached).write(keys, draft.batch());
        }
        grant(from);
    }

    void refused(NodeId from, SnapshotRefused message) {
        if (from.equals(source) && message.id().equals(id)) {
            draft.tell(
                    Severity.NOTICE,
                    from + " can't give a snapshot of partition " + settings.partition() + " now: it " + message.why());
            silences = MOST_SILENCES;
            forget();
        }
    }

    /** A snapshot with writes that a retirement has cut off can't be merged; another one is asked for where it is needed still. */
    private void mergeUnlessSealed(NodeId from, long bytes) {
        if (seals.mayMerge(staging.vector()) && !seals.isGone(from)) {
            merge.beginWithNextStep(bytes);
            return;
        }
        draft.tell(
                Severity.NOTICE,
                "the snapshot from " + from + " of partition " + settings.partition()
                        + " has writes of a retired node that the other members don't have: another one is needed");
        staging.clear();
        new Joining.Nothing().write(keys, draft.batch());
    }

    /** Asks again, or another source, where nothing comes. */
    void review() {
        NodeId from = source;
        if (isMerging()) {
            tellThatItMerges();
            return;
        }
        if (from == null) {
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
        if (!providers.isLive(from, draft.now())) {
            // It keeps its view for a while, and a part of it is here.
            if (silent > PATIENCE * settings.timing().reroute().toNanos()) {
                askAnother(from);
            }
        } else if (silences++ < MOST_SILENCES) {
            ask(from);
        } else {
            askAnother(from);
        }
    }

    private void askAnother(NodeId silent) {
        providers.next(silent, draft.now()).ifPresentOrElse(this::begin, () -> giveUp(silent));
    }

    /** Nobody that is heard has more than this replica: whoever comes with more, and can't give it from its log, says so anew. */
    private void giveUp(NodeId silent) {
        draft.tell(
                Severity.NOTICE,
                "partition " + settings.partition() + " waits no longer for the snapshot from " + silent
                        + ", which is silent, and nobody else that is heard has more than this replica");
        source = null;
        forget();
        staging.clear();
        new Joining.Nothing().write(keys, draft.batch());
    }

    /** Whoever holds its log for this replica is to know that it comes on with merging, as long as it does, be it through rows of its own alone. */
    private void tellThatItMerges() {
        long now = draft.now().monotonicNanos();
        if (Objects.equals(merge.upTo(), toldUpTo)
                || now - toldNanos < settings.timing().reroute().toNanos()) {
            return;
        }
        toldUpTo = merge.upTo();
        toldNanos = now;
        SubscriptionId ofNoTransfer = new SubscriptionId(session, ++lastNumber);
        providers.live(draft.now()).forEach(peer -> draft.send(peer, new SnapshotCredit(ofNoTransfer, 0)));
    }

    /** The snapshot that was fetched is merged. */
    void merged() {
        providers.merged(draft.now());
    }

    /** From where a snapshot is fetched, if one is. */
    Optional<NodeId> source() {
        return isMerging() ? Optional.empty() : Optional.ofNullable(source);
    }

    /** How many bytes of it are here. */
    long bytes() {
        return position == null ? 0 : position.bytes();
    }

    /** About how many it has, as far as its source has said; 0 before that. */
    long totalBytes() {
        return totalBytes;
    }

    private boolean isMerging() {
        return merge.isUnderWay();
    }

    /**
     * Whether the chunk is the next one of what is staged. It may be the answer to an earlier question: both sides take their time, and what was asked for
     * twice because of that is no less right.
     */
    private boolean continues(SnapshotChunk chunk) {
        return chunk.after().equals(position);
    }

    /** Whether the chunk is the first one of another snapshot, for which staging is emptied. */
    private boolean beginsAnew(SnapshotChunk chunk) {
        SnapshotPosition have = position;
        boolean isOther = have == null || !have.isOfSameSnapshot(chunk.after());
        if (!isOther || !chunk.after().row().isEmpty()) {
            return false;
        }
        forget();
        staging.clear();
        return true;
    }

    /** A chunk that is here already makes room for the next; one that is too far on tells that something is lost, and not to wait for a silence saves time. */
    private void passOver(NodeId from, SnapshotChunk chunk) {
        SnapshotPosition have = position;
        if (have == null || !have.isOfSameSnapshot(chunk.after())) {
            return;
        }
        long patience = settings.timing().stall().toNanos() / 4;
        if (chunk.end().bytes() <= have.bytes()) {
            receivedBytes += chunk.rowBytes();
            grant(from);
        } else if (draft.now().monotonicNanos() - askedNanos > patience) {
            ask(from);
        }
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
            forget();
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
        askedNanos = heardNanos;
        draft.send(from, new WantSnapshot(id, Optional.ofNullable(position), grantedBytes));
    }

    /** What has come of a snapshot is of no use any more. */
    private void forget() {
        position = null;
        staged = null;
        totalBytes = 0;
        staging.dropPart();
    }
}
