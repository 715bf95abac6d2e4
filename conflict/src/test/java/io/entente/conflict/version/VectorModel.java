package io.entente.conflict.version;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** What a version vector means, said with hash maps: the plainest thing that could be right. */
final class VectorModel {

    private final Map<Origin, Long> components;

    VectorModel(Map<Origin, Long> components) {
        this.components = new HashMap<>(components);
        this.components.values().removeIf(sequence -> sequence == 0);
    }

    VersionVector vector() {
        return VersionVector.of(components);
    }

    boolean describes(VersionVector vector) {
        return new TreeMap<>(components).equals(new TreeMap<>(vector.asMap())) && isStrictlyAscending(vector);
    }

    private static boolean isStrictlyAscending(VersionVector vector) {
        for (int i = 1; i < vector.size(); i++) {
            if (vector.originAt(i - 1).compareTo(vector.originAt(i)) >= 0) {
                return false;
            }
        }
        return true;
    }

    long sequenceOf(Origin origin) {
        return components.getOrDefault(origin, 0L);
    }

    boolean dominates(VectorModel other) {
        return other.components.entrySet().stream().allMatch(c -> sequenceOf(c.getKey()) >= c.getValue());
    }

    Causality compare(VectorModel other) {
        if (components.equals(other.components)) {
            return Causality.EQUAL;
        }
        if (dominates(other)) {
            return Causality.AFTER;
        }
        return other.dominates(this) ? Causality.BEFORE : Causality.CONCURRENT;
    }

    VectorModel join(VectorModel other) {
        Set<Origin> origins = new HashSet<>(components.keySet());
        origins.addAll(other.components.keySet());
        Map<Origin, Long> joined = new HashMap<>();
        origins.forEach(origin -> joined.put(origin, Math.max(sequenceOf(origin), other.sequenceOf(origin))));
        return new VectorModel(joined);
    }

    VectorModel newSince(VectorModel older) {
        Map<Origin, Long> news = new HashMap<>(components);
        news.entrySet().removeIf(c -> older.sequenceOf(c.getKey()) >= c.getValue());
        return new VectorModel(news);
    }

    VectorModel with(Origin origin, long sequence) {
        Map<Origin, Long> raised = new HashMap<>(components);
        raised.put(origin, Math.max(sequenceOf(origin), sequence));
        return new VectorModel(raised);
    }

    @Override
    public String toString() {
        return new TreeMap<>(components).toString();
    }
}
