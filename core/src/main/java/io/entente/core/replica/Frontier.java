package io.entente.core.replica;

import io.entente.conflict.version.Origin;
import io.entente.conflict.version.VersionVector;
import io.entente.core.message.Entry;
import java.util.Collection;
import java.util.TreeMap;

/**
 * The writes a replica has applied that no other one it has applied had seen. Since what is applied is causally closed, whoever has these
 * has all: so they name the whole vector, in a few components however many incarnations there have been. Every restarted node that writes
 * has seen its former incarnations, so there is about one for each node that writes.
 *
 * <p>That keeps session tokens short. Confined to one replica.
 */
final class Frontier {

    private final TreeMap<Origin, Long> heads = new TreeMap<>();

    /** The frontier of a vector, by what the last entry of each origin had seen. */
    void begin(VersionVector vector, Collection<VersionVector> dependencies) {
        heads.clear();
        vector.forEach(heads::put);
        dependencies.forEach(this::supersede);
    }

    /** An entry is applied. */
    void advance(Entry entry) {
        supersede(entry.newDependencies());
        heads.put(entry.dot().origin(), entry.dot().sequence());
    }

    private void supersede(VersionVector seen) {
        for (int i = 0; i < seen.size(); i++) {
            long sequence = seen.sequenceAt(i);
            heads.computeIfPresent(seen.originAt(i), (origin, head) -> head <= sequence ? null : head);
        }
    }

    /** The frontier, as a vector. */
    VersionVector toVector() {
        VersionVector.Builder vector = new VersionVector.Builder();
        heads.forEach(vector::raise);
        return vector.build();
    }
}
