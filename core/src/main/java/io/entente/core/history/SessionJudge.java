package io.entente.core.history;

import io.entente.core.record.RecordKey;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Judges session guarantees from values alone: read your writes, monotonic reads, monotonic writes, and writes follow reads (Terry et al.,
 * <i>Session Guarantees for Weakly Consistent Replicated Data</i>, 1994).
 *
 * <p>A session remembers what it has written and was shown. From then on it must be shown each of these values, or one that stands for it.
 * A value carries what its writer's session remembered; whoever is shown the value must be shown that too, there and then at the same key,
 * and later at the others: so nobody sees a write without what its writer had seen. That makes the guarantees hold for readers in other
 * sessions as well, within a partition. So all keys of one judge belong to one partition.
 *
 * <p>Not thread-safe: hand in what clients ask and are told in an order in which it happened.
 */
public final class SessionJudge {

    private final Descent descent;
    private final Consumer<String> broken;
    private final Map<String, Memory> carried = new LinkedHashMap<>();

    /**
     * @param descent which values stand for which others
     * @param broken is told, in a sentence, when a guarantee is broken; it may throw
     */
    public SessionJudge(Descent descent, Consumer<String> broken) {
        this.descent = descent;
        this.broken = broken;
    }

    /** What a session has seen and written, by key. */
    public static final class Memory {

        private final Map<RecordKey, Set<String>> values = new LinkedHashMap<>();

        /** A session that has seen nothing. */
        public Memory() {}

        private Memory copy() {
            Memory copy = new Memory();
            values.forEach((key, seen) -> copy.values.put(key, new LinkedHashSet<>(seen)));
            return copy;
        }

        private Set<String> at(RecordKey key) {
            return values.computeIfAbsent(key, k -> new LinkedHashSet<>());
        }
    }

    /** A session asks for a write; it may be seen from now on, whatever becomes of the answer. */
    public void asked(Memory session, String value) {
        carried.put(value, session.copy());
    }

    /** A session is told that its value is written. */
    public void written(Memory session, RecordKey key, String value) {
        session.at(key).add(value);
        prune(session.at(key));
    }

    /** A session is shown the values of a key. */
    public void shown(Memory session, RecordKey key, Collection<String> shown) {
        requireAll(session.at(key), shown, () -> "a session that had seen or written them");
        for (String value : shown) {
            requireAll(
                    carriedBy(value).at(key),
                    shown,
                    () -> "somebody who is shown " + value + ", whose writer had seen or written them");
        }
        session.values.put(key, new LinkedHashSet<>(shown));
        for (String value : shown) {
            carriedBy(value).values.forEach((other, seen) -> {
                session.at(other).addAll(seen);
                prune(session.at(other));
            });
        }
    }

    private void requireAll(Collection<String> remembered, Collection<String> shown, Supplier<String> who) {
        List<String> missing = new ArrayList<>(remembered);
        missing.removeIf(value -> descent.isCovered(value, shown));
        if (!missing.isEmpty()) {
            broken.accept(
                    "neither " + missing + " nor what replaced them is among " + shown + ", shown to " + who.get());
        }
    }

    /** Forgets what others in the set stand for. */
    private void prune(Set<String> values) {
        for (String value : List.copyOf(values)) {
            Set<String> others = new LinkedHashSet<>(values);
            others.remove(value);
            if (descent.isCovered(value, others)) {
                values.remove(value);
            }
        }
    }

    private Memory carriedBy(String value) {
        @Nullable Memory memory = carried.get(value);
        if (memory == null) {
            broken.accept(value + " is shown, and nobody asked to write it");
            return new Memory();
        }
        return memory;
    }
}
