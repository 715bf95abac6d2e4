package io.entente.cluster.retirement;

import io.entente.conflict.version.Dot;
import io.entente.core.record.RecordKey;
import java.util.Objects;
import java.util.Optional;

/**
 * Which of the lost writes are meant.
 *
 * <p>Several nodes that were retired together may have the same writes put aside, and none knows what another one writes back. So a node means its own,
 * those that it accepted itself, unless another one's are asked for: say that at one node only, for a node that doesn't come back.
 *
 * @param map those of that map alone; of all where empty
 * @param key those of that key of the map alone; of all where empty
 * @param of the name of the node that accepted them; the node that is asked where empty
 */
public record SalvageScope(Optional<String> map, Optional<String> key, Optional<String> of) {

    public SalvageScope {
        Objects.requireNonNull(map, "map");
        Objects.requireNonNull(key, "key");
        Objects.requireNonNull(of, "of");
        if (key.isPresent() && map.isEmpty()) {
            throw new IllegalArgumentException("a key has a meaning in a map alone: name the map of key " + key.get());
        }
    }

    /** All that the node accepted itself. */
    public static SalvageScope own() {
        return new SalvageScope(Optional.empty(), Optional.empty(), Optional.empty());
    }

    /** Those that another node accepted. */
    public SalvageScope of(String node) {
        return new SalvageScope(map, key, Optional.of(node));
    }

    /** Whether that write, found at that node, is meant. */
    boolean contains(String self, RecordKey at, Dot dot) {
        return dot.origin().node().equals(of.orElse(self))
                && map.map(at.map()::equals).orElse(true)
                && key.map(at.key()::equals).orElse(true);
    }
}
