package io.entente.core.replica;

import io.entente.conflict.version.Origin;
import io.entente.core.bytes.MalformedBytesException;
import io.entente.core.codec.UnsupportedFormatException;
import io.entente.core.effect.Effect.Severity;
import io.entente.core.message.NodeId;
import io.entente.core.message.PeerMessage.Credit;
import io.entente.core.message.PeerMessage.Entries;
import io.entente.core.message.PeerMessage.Subscribe;
import io.entente.core.message.PeerMessage.Truncated;
import io.entente.core.store.StoreException;
import java.util.Iterator;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The subscriptions of others at this replica: one feed a receiver. */
final class Feeds {

    private final AppliedState applied;
    private final EntryLog log;
    private final int messageBytes;
    private final Draft draft;
    private final Map<NodeId, Feed> feeds = new TreeMap<>();

    Feeds(AppliedState applied, EntryLog log, int messageBytes, Draft draft) {
        this.applied = applied;
        this.log = log;
        this.messageBytes = messageBytes;
        this.draft = draft;
    }

    void subscribe(NodeId receiver, Subscribe request) {
        Feed present = feeds.get(receiver);
        if (present != null
                && (request.id().equals(present.id()) || request.id().isOlderThan(present.id()))) {
            return;
        }
        feeds.put(receiver, new Feed(request, log));
    }

    void credit(NodeId receiver, Credit credit) {
        Feed feed = feeds.get(receiver);
        if (feed != null && feed.id().equals(credit.id())) {
            feed.credit(credit.limitBytes());
        }
    }

    /** Whether the receiver pulls the origin from here. */
    boolean serves(NodeId receiver, Origin origin) {
        Feed feed = feeds.get(receiver);
        return feed != null && feed.serves(origin);
    }

    /** Forgets receivers that are no longer addressable. */
    void retain(Set<NodeId> peers) {
        feeds.keySet().retainAll(peers);
    }

    /** Sends what there is to send, as far as credit reaches; nothing while a snapshot is merged, for the log lacks what that holds. */
    void pump() {
        if (!applied.merging().isEmpty()) {
            return;
        }
        for (Iterator<Map.Entry<NodeId, Feed>> all = feeds.entrySet().iterator(); all.hasNext(); ) {
            Map.Entry<NodeId, Feed> entry = all.next();
            if (!pump(entry.getKey(), entry.getValue())) {
                all.remove();
            }
        }
    }

    private boolean pump(NodeId receiver, Feed feed) {
        try {
            @Nullable Entries message = feed.next(applied.vector(), messageBytes);
            while (message != null) {
                draft.send(receiver, message);
                message = feed.next(applied.vector(), messageBytes);
            }
            for (Origin origin : feed.takeTruncated()) {
                draft.send(receiver, new Truncated(feed.id(), origin, log.firstKept(origin)));
            }
            return true;
        } catch (MalformedBytesException | UnsupportedFormatException | StoreException e) {
            draft.tell(
                    Severity.ALARM,
                    "the log can't be read for " + receiver + ", which will ask another source: " + e.getMessage()
                            + "; check the disk");
            return false;
        }
    }
}
