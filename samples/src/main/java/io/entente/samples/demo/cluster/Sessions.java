package io.entente.samples.demo.cluster;

import io.entente.cluster.map.ReadOptions;
import io.entente.cluster.map.SessionToken;
import io.entente.cluster.map.WriteOptions;
import io.entente.conflict.version.CausalContext;
import io.entente.conflict.version.Origin;
import io.entente.core.mode.ReadConcern;
import io.entente.core.mode.WriteConcern;
import io.entente.core.record.RecordKey;
import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * What the shell has seen: at each data center by itself, as if a client sat in each, or in one session that goes from one to the other. What
 * it reads is never older, whichever node answers, and what it writes comes after it. Of the keys it read last it remembers what it saw.
 * A client that has a name is a place of its own here, wherever it is. Confined to the shell's thread.
 */
public final class Sessions {

    /** Of how many keys it is remembered what was seen; of those read longest ago no more. */
    private static final int MOST_CONTEXTS = 1_000;

    private final Map<String, SessionToken> byDataCenter = new HashMap<>();
    private final Map<Place, CausalContext> contexts = new LinkedHashMap<>();
    private final Map<String, SessionToken> byName = new HashMap<>();
    private Optional<String> current = Optional.empty();
    private Terms<ReadConcern> reads = Terms.usual();
    private Terms<WriteConcern> writes = Terms.usual();

    Sessions() {}

    /** Goes on in the session of that name, wherever requests go; without one in that of each data center. */
    public void use(Optional<String> name) {
        current = name;
    }

    /** What reads ask for from now on, and how long they may wait for it; empty for what their map does, and for as long as usual. */
    public void reads(Optional<ReadConcern> concern, Optional<Duration> timeout) {
        reads = new Terms<>(concern, timeout);
    }

    /** What writes wait for from now on, and how long; empty for what their map does, and for as long as usual. */
    public void writes(Optional<WriteConcern> concern, Optional<Duration> timeout) {
        writes = new Terms<>(concern, timeout);
    }

    /**
     * How to read at a place now.
     *
     * @param usual how the map is read
     */
    public ReadOptions reading(String place, ReadOptions usual) {
        ReadConcern otherwise = usual.concern().asksCopies() ? usual.concern() : ReadConcern.session();
        return reading(place, reads.concern.orElse(otherwise), usual);
    }

    /** How to read at a place with that concern. */
    public ReadOptions reading(String place, ReadConcern concern, ReadOptions usual) {
        return ReadOptions.of(concern).inSession(at(place)).timeout(reads.timeout.orElse(usual.timeout()));
    }

    /**
     * How to write at a place now.
     *
     * @param usual how the map is written
     */
    public WriteOptions writing(String place, WriteOptions usual) {
        return WriteOptions.of(writes.concern.orElse(usual.concern()))
                .inSession(at(place))
                .timeout(writes.timeout.orElse(usual.timeout()));
    }

    /** What was seen at a data center, or in the session that goes on. */
    public SessionToken at(String dataCenter) {
        return current.map(name -> byName.getOrDefault(name, SessionToken.empty()))
                .orElseGet(() -> byDataCenter.getOrDefault(dataCenter, SessionToken.empty()));
    }

    /** More was seen there. */
    public void saw(String dataCenter, SessionToken seen) {
        if (current.isPresent()) {
            byName.merge(current.get(), seen, SessionToken::merge);
        } else {
            byDataCenter.merge(dataCenter, seen, SessionToken::merge);
        }
    }

    /** What was last seen of a key there, in the session that goes on if there is one. */
    public Optional<CausalContext> contextOf(String dataCenter, RecordKey key) {
        return Optional.ofNullable(contexts.get(new Place(current, dataCenter, key)));
    }

    /** A key was seen there. */
    public void saw(String dataCenter, RecordKey key, CausalContext context) {
        Place place = new Place(current, dataCenter, key);
        contexts.remove(place);
        contexts.put(place, context);
        if (contexts.size() > MOST_CONTEXTS) {
            contexts.remove(contexts.keySet().iterator().next());
        }
    }

    /** The data of a node are gone for good, and with them what only that node had: whoever has seen writes of its begins anew, wherever it is. */
    void forgetWritesOf(String node) {
        byDataCenter.values().removeIf(seen -> namesNode(seen, node));
        byName.values().removeIf(seen -> namesNode(seen, node));
        contexts.values().removeIf(seen -> seen.dots().stream().anyMatch(dot -> isOf(dot.origin(), node)));
    }

    private static boolean namesNode(SessionToken seen, String node) {
        return seen.vectors().values().stream()
                .anyMatch(
                        vector -> !vector.without(origin -> isOf(origin, node)).equals(vector));
    }

    private static boolean isOf(Origin origin, String node) {
        return origin.node().equals(node);
    }

    /** What was seen there may be gone. */
    void forget(String dataCenter) {
        byDataCenter.remove(dataCenter);
        contexts.keySet().removeIf(place -> place.dataCenter.equals(dataCenter));
    }

    private record Place(Optional<String> session, String dataCenter, RecordKey key) {}

    /** What lines ask for where they don't say it themselves. */
    private record Terms<C>(Optional<C> concern, Optional<Duration> timeout) {

        private static <C> Terms<C> usual() {
            return new Terms<>(Optional.empty(), Optional.empty());
        }
    }
}
