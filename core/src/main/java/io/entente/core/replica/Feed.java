package io.entente.core.replica;

import io.entente.conflict.version.Origin;
import io.entente.conflict.version.VersionVector;
import io.entente.core.bytes.Bytes;
import io.entente.core.message.EncodedEntry;
import io.entente.core.message.PeerMessage.Entries;
import io.entente.core.message.PeerMessage.Run;
import io.entente.core.message.PeerMessage.Subscribe;
import io.entente.core.message.SubscriptionId;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * One subscription at its source: how far each origin was sent, and how much credit is left. It keeps no entries between steps,
 * so a slow or dead receiver costs nothing.
 *
 * <p>Entries are sent in causal order as far as the subscription reaches: an entry waits for those it depends on. Since what a
 * replica has applied is causally closed, some origin can always go on.
 */
final class Feed {

    private final SubscriptionId id;
    private final TreeMap<Origin, Long> sent;
    private final EntryLog log;
    private final TreeSet<Origin> truncated = new TreeSet<>();
    private long sentBytes;
    private long limitBytes;

    /** What the replica had applied when all of that was sent: as long as it has no more, there is nothing to look for. */
    private VersionVector whole = VersionVector.empty();

    Feed(Subscribe request, EntryLog log) {
        this.id = request.id();
        this.sent = new TreeMap<>(request.from());
        this.log = log;
        this.limitBytes = request.creditBytes();
    }

    SubscriptionId id() {
        return id;
    }

    boolean serves(Origin origin) {
        return sent.containsKey(origin);
    }

    void credit(long limit) {
        limitBytes = Math.max(limitBytes, limit);
    }

    boolean hasCredit() {
        return sentBytes < limitBytes;
    }

    /** The origins, since the last call, of which the receiver asks for entries that are gone. */
    Set<Origin> takeTruncated() {
        // Sorted, so that a seed makes the same history in every process.
        Set<Origin> found = new TreeSet<>(truncated);
        truncated.clear();
        sent.keySet().removeAll(found);
        return found;
    }

    /** The next message of about {@code messageBytes}, or {@code null} when there is nothing to send or no credit. */
    @Nullable
    Entries next(VersionVector applied, int messageBytes) {
        if (!hasCredit() || applied.equals(whole)) {
            return null;
        }
        Filling filling = new Filling(applied, Math.min(messageBytes, limitBytes - sentBytes));
        List<Run> runs = filling.fill();
        if (runs.isEmpty()) {
            whole = hasSent(applied) ? applied : whole;
            return null;
        }
        sentBytes += filling.bytes;
        return new Entries(id, runs);
    }

    private boolean hasSent(VersionVector applied) {
        for (Map.Entry<Origin, Long> each : sent.entrySet()) {
            if (each.getValue() < applied.sequenceOf(each.getKey())) {
                return false;
            }
        }
        return true;
    }

    /** A message being filled: entries read ahead by origin, and the runs made of them. */
    private final class Filling {

        private final VersionVector applied;
        private final long budget;
        private final Map<Origin, Deque<EncodedEntry>> ahead = new TreeMap<>();
        private final List<Run> runs = new ArrayList<>();
        private long bytes;

        Filling(VersionVector applied, long budget) {
            this.applied = applied;
            this.budget = budget;
        }

        List<Run> fill() {
            boolean moved = true;
            while (moved && bytes < budget) {
                moved = false;
                for (Origin origin : sent.keySet()) {
                    moved |= fillFrom(origin);
                }
            }
            return runs;
        }

        private boolean fillFrom(Origin origin) {
            List<Bytes> run = new ArrayList<>();
            long first = sentOf(origin) + 1;
            EncodedEntry next = peek(origin);
            while (next != null && bytes < budget && canFollow(next)) {
                run.add(next.encoded());
                bytes += next.encoded().length();
                sent.put(origin, next.entry().dot().sequence());
                aheadOf(origin).remove();
                next = peek(origin);
            }
            if (run.isEmpty()) {
                return false;
            }
            runs.add(new Run(origin, first, run));
            return true;
        }

        /** Whether everything the entry depends on has been sent, as far as this subscription is to send it at all. */
        private boolean canFollow(EncodedEntry entry) {
            VersionVector dependencies = entry.entry().newDependencies();
            for (int i = 0; i < dependencies.size(); i++) {
                Long reached = sent.get(dependencies.originAt(i));
                if (reached != null && reached < dependencies.sequenceAt(i)) {
                    return false;
                }
            }
            return true;
        }

        private @Nullable EncodedEntry peek(Origin origin) {
            Deque<EncodedEntry> entries = aheadOf(origin);
            if (entries.isEmpty() && sentOf(origin) < applied.sequenceOf(origin) && bytes < budget) {
                if (sentOf(origin) + 1 < log.firstKept(origin)) {
                    truncated.add(origin);
                    return null;
                }
                entries.addAll(log.read(origin, sentOf(origin) + 1, budget - bytes));
            }
            return entries.peek();
        }

        private Deque<EncodedEntry> aheadOf(Origin origin) {
            return ahead.computeIfAbsent(origin, o -> new ArrayDeque<>());
        }

        private long sentOf(Origin origin) {
            return sent.getOrDefault(origin, 0L);
        }
    }
}
