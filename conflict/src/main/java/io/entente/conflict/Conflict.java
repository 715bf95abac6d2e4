package io.entente.conflict;

import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * Two or more versions of one key, none of which had seen another.
 *
 * <p>The siblings are in canonical order, ascending by dot, on every replica, in whatever order their writes
 * arrived and in whatever order they are given here. Immutable and thread-safe as far as the values are.
 *
 * @param map the map's name
 * @param key the key
 * @param siblings the concurrent versions, at least two, ascending by dot, no dot twice
 * @param ancestor the newest value they all descend from, where the resolver
 *     {@linkplain ConflictResolver#needsAncestor() asks for it} and there is one; never a deletion, and where lines
 *     of versions crossed made of several by the resolver itself, see {@link Ancestors}
 * @param uncertainty how far apart timestamps of different data centers may be and yet leave open which write came first: twice
 *     what a clock may be off, equal on all nodes; zero where nothing is known
 * @param <V> the type of values
 */
public record Conflict<V>(
        String map, String key, List<Version<V>> siblings, Optional<Version<V>> ancestor, Duration uncertainty) {

    /**
     * Orders the siblings; throws {@link IllegalArgumentException} for fewer than two or a dot that occurs twice.
     */
    public Conflict {
        Objects.requireNonNull(map, "map");
        Objects.requireNonNull(key, "key");
        Objects.requireNonNull(ancestor, "ancestor");
        if (uncertainty.isNegative()) {
            throw new IllegalArgumentException("The uncertainty " + uncertainty + " must not be negative.");
        }
        siblings = CanonicalOrder.of(siblings);
        if (siblings.size() < 2) {
            throw new IllegalArgumentException(
                    "A conflict at " + map + "/" + key + " needs at least two siblings, not " + siblings.size() + ".");
        }
    }

    /** A conflict between writes whose timestamps are taken as they are. */
    public Conflict(String map, String key, List<Version<V>> siblings, Optional<Version<V>> ancestor) {
        this(map, key, siblings, ancestor, Duration.ZERO);
    }

    /** A conflict without an ancestor. */
    public static <V> Conflict<V> of(String map, String key, List<Version<V>> siblings) {
        return new Conflict<>(map, key, siblings, Optional.empty());
    }

    /** The siblings that are not deletions, in canonical order; empty when all are. */
    public List<Version<V>> live() {
        return siblings.stream().filter(sibling -> !sibling.isDeletion()).toList();
    }

    /** The sibling with the highest timestamp, ties by dot. */
    public Version<V> lastWritten() {
        return Collections.max(siblings, Version.byTime());
    }

    /**
     * Whether clocks leave open which of two siblings was written first.
     *
     * <p>Two nodes' clocks may be apart, so that of two writes close to each other the earlier one may bear the later time. A strategy
     * that rests on time can then ask something else, or keep both. The same on all replicas: it depends on timestamps and configuration.
     */
    public boolean areClose(Version<V> one, Version<V> other) {
        return one.timestamp().distanceTo(other.timestamp()).compareTo(uncertainty) <= 0;
    }

    /** Whether clocks leave open which sibling was written last: another one is close to {@link #lastWritten()}. */
    public boolean isCloseCall() {
        Version<V> last = lastWritten();
        return siblings.stream().anyMatch(other -> !other.dot().equals(last.dot()) && areClose(last, other));
    }
}
