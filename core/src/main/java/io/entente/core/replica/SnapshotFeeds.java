package io.entente.core.replica;

import io.entente.conflict.version.VersionVector;
import io.entente.core.codec.OriginCodec;
import io.entente.core.codec.StoreKeys;
import io.entente.core.effect.Effect.Severity;
import io.entente.core.message.NodeId;
import io.entente.core.message.PeerMessage.SnapshotCredit;
import io.entente.core.message.PeerMessage.SnapshotRefused;
import io.entente.core.message.PeerMessage.WantSnapshot;
import io.entente.core.message.SnapshotPosition;
import io.entente.core.store.ReadableStore;
import io.entente.core.store.StoreException;
import io.entente.core.store.StoreSnapshot;
import java.util.Iterator;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * Snapshots for others: each a view of the store as it was when the receiver asked, read a chunk at a time in spare time while this replica goes on.
 *
 * <p>A view keeps replaced rows alive, so there are few, and one that isn't asked for any more is closed.
 */
final class SnapshotFeeds {

    /** One more has to wait: each costs the disk what a scan of everything costs. */
    private static final int MOST = 2;

    /** So many reroute times after the last word of its receiver a view is closed. */
    private static final int PATIENCE = 20;

    private final ReadableStore store;
    private final StoreKeys keys;
    private final OriginCodec origins;
    private final ReplicaSettings settings;
    private final SnapshotHolds holds;
    private final Draft draft;
    private final long session;
    private final Map<NodeId, SnapshotFeed> feeds = new TreeMap<>();
    private long lastNumber;

    SnapshotFeeds(
            ReadableStore store,
            StoreKeys keys,
            OriginCodec origins,
            ReplicaSettings settings,
            SnapshotHolds holds,
            Draft draft,
            long session) {
        this.store = store;
        this.keys = keys;
        this.origins = origins;
        this.settings = settings;
        this.holds = holds;
        this.draft = draft;
        this.session = session;
    }

    void want(NodeId receiver, WantSnapshot request) {
        SnapshotFeed present = feeds.get(receiver);
        if (present != null
                && (request.id().equals(present.id()) || request.id().isOlderThan(present.id()))) {
            return;
        }
        if (present == null && feeds.size() == MOST) {
            refuse(receiver, request, "serves " + MOST + " others, which is the limit");
            return;
        }
        try {
            if (present == null || !present.resume(request)) {
                begin(receiver, request);
            }
        } catch (StoreException unreadable) {
            refuse(receiver, request, "can't read its store: " + unreadable.getMessage());
        }
        touch(receiver);
    }

    void credit(NodeId receiver, SnapshotCredit credit) {
        holds.comesOn(receiver);
        SnapshotFeed feed = feeds.get(receiver);
        if (feed != null && feed.id().equals(credit.id())) {
            feed.credit(credit.limitBytes());
            touch(receiver);
        }
    }

    /** Forgets receivers that are no longer addressable. */
    void retain(Set<NodeId> peers) {
        closeIf(entry -> !peers.contains(entry.getKey()));
    }

    /** Closes views of receivers that are silent. */
    void review(VersionVector have) {
        holds.review(have);
        long patience = PATIENCE * settings.timing().reroute().toNanos();
        closeIf(entry -> draft.now().monotonicNanos() - entry.getValue().usedNanos() > patience);
    }

    /** Whether somebody has credit for more. */
    boolean hasMore() {
        return feeds.values().stream().anyMatch(SnapshotFeed::hasMore);
    }

    /** Sends a chunk to each who has credit for it. */
    void sendSome() {
        feeds.entrySet().removeIf(entry -> !sendSome(entry.getKey(), entry.getValue()));
    }

    private boolean sendSome(NodeId receiver, SnapshotFeed feed) {
        try {
            if (feed.hasMore()) {
                draft.send(receiver, feed.next(settings.limits().messageBytes()));
                holds.sent(receiver, feed.reachedBytes());
            }
            return true;
        } catch (StoreException unreadable) {
            draft.tell(
                    Severity.ALARM,
                    "the snapshot for " + receiver + " can't be read, and it will ask another source: "
                            + unreadable.getMessage() + "; check the disk");
            feed.close();
            return false;
        }
    }

    private void begin(NodeId receiver, WantSnapshot request) {
        SnapshotFeed before = feeds.remove(receiver);
        if (before != null) {
            before.close();
        }
        StoreSnapshot view = store.snapshot();
        boolean serves = false;
        try {
            serves = begin(view, receiver, request);
        } finally {
            if (!serves) {
                view.close();
            }
        }
    }

    private boolean begin(StoreSnapshot view, NodeId receiver, WantSnapshot request) {
        // What is committed is asked, not the state of this step: its end of merging isn't in the view yet.
        if (Joining.recover(view, keys) instanceof Joining.Merging) {
            refuse(receiver, request, "merges a snapshot itself");
            return false;
        }
        VersionVector vector = AppliedState.vector(view, keys, origins);
        SnapshotPosition begin = SnapshotPosition.begin(session, ++lastNumber);
        feeds.put(receiver, new SnapshotFeed(view, keys, new SnapshotSize(store, keys), begin, request));
        holds.begin(receiver, vector);
        return true;
    }

    private void refuse(NodeId receiver, WantSnapshot request, String why) {
        draft.send(receiver, new SnapshotRefused(request.id(), why));
    }

    private void touch(NodeId receiver) {
        SnapshotFeed feed = feeds.get(receiver);
        if (feed != null) {
            feed.used(draft.now().monotonicNanos());
        }
    }

    private void closeIf(java.util.function.Predicate<Map.Entry<NodeId, SnapshotFeed>> gone) {
        for (Iterator<Map.Entry<NodeId, SnapshotFeed>> all = feeds.entrySet().iterator(); all.hasNext(); ) {
            Map.Entry<NodeId, SnapshotFeed> entry = all.next();
            if (gone.test(entry)) {
                entry.getValue().close();
                all.remove();
            }
        }
    }
}
