package io.entente.core.simulation;

import io.entente.core.record.RecordKey;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Judges session guarantees from values alone: read your writes, monotonic reads, monotonic writes, and writes follow reads (Terry et al.,
 * <i>Session Guarantees for Weakly Consistent Replicated Data</i>, 1994).
 *
 * <p>A session remembers what it has written and was shown. From then on it must be shown each of these values, or one that stands for it.
 * A value carries what its writer's session remembered; whoever is shown the value must be shown that too, there and then at the same key,
 * and later at the others: so nobody sees a write without what its writer had seen. That makes the guarantees hold for readers in other
 * sessions as well, within a partition.
 */
final class SessionJudge {

    private final Descent descent;
    private final Map<String, Memory> carried = new LinkedHashMap<>();

    SessionJudge(Descent descent) {
        this.descent = descent;
    }

    /** What a session has seen and written, by key. */
    static final class Memory {

        private final Map<RecordKey, Set<String>> values = new LinkedHashMap<>();

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
    void asked(Memory session, String value) {
        carried.put(value, session.copy());
    }

    /** A session is told that its value is written. */
    void written(Memory session, RecordKey key, String value) {
        session.at(key).add(value);
        prune(session.at(key));
    }

    /** A session is shown the values of a key. */
    void shown(Memory session, RecordKey key, Collection<String> shown) {
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

    private void requireAll(
            Collection<String> remembered, Collection<String> shown, java.util.function.Supplier<String> who) {
        List<String> missing = new ArrayList<>(remembered);
        missing.removeIf(value -> descent.isCovered(value, shown));
        Violation.unless(
                missing.isEmpty(),
                Law.SESSION,
                () -> "neither " + missing + " nor what replaced them is among " + shown + ", shown to " + who.get());
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
            throw new Violation(Law.SESSION, value + " is shown, and nobody asked to write it");
        }
        return memory;
    }
}
