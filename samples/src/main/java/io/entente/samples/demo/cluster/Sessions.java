package io.entente.samples.demo.cluster;

import io.entente.cluster.map.SessionToken;
import io.entente.conflict.version.CausalContext;
import io.entente.core.record.RecordKey;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * What the shell has seen at each data center: its reads there are never older, whichever node answers; and of the keys it read last, what it
 * saw. Confined to the shell's thread.
 */
public final class Sessions {

    /** Of how many keys it is remembered what was seen; of those read longest ago no more. */
    private static final int MOST_CONTEXTS = 1_000;

    private final Map<String, SessionToken> byDataCenter = new HashMap<>();
    private final Map<Place, CausalContext> contexts = new LinkedHashMap<>();

    Sessions() {}

    /** What was seen at a data center. */
    public SessionToken at(String dataCenter) {
        return byDataCenter.getOrDefault(dataCenter, SessionToken.empty());
    }

    /** More was seen there. */
    public void saw(String dataCenter, SessionToken seen) {
        byDataCenter.merge(dataCenter, seen, SessionToken::merge);
    }

    /** What was last seen of a key there. */
    public Optional<CausalContext> contextOf(String dataCenter, RecordKey key) {
        return Optional.ofNullable(contexts.get(new Place(dataCenter, key)));
    }

    /** A key was seen there. */
    public void saw(String dataCenter, RecordKey key, CausalContext context) {
        Place place = new Place(dataCenter, key);
        contexts.remove(place);
        contexts.put(place, context);
        if (contexts.size() > MOST_CONTEXTS) {
            contexts.remove(contexts.keySet().iterator().next());
        }
    }

    /** What was seen there may be gone. */
    void forget(String dataCenter) {
        byDataCenter.remove(dataCenter);
        contexts.keySet().removeIf(place -> place.dataCenter.equals(dataCenter));
    }

    private record Place(String dataCenter, RecordKey key) {}
}
