package io.entente.cluster.routing;

import io.entente.cluster.settings.HomeSettings;
import io.entente.core.record.RecordKey;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import java.util.function.Function;
import java.util.function.IntPredicate;
import java.util.function.Predicate;

/**
 * Which data center is home to a key. A pure function of the map's configuration and the key, alike at all nodes that are configured alike;
 * nodes that aren't send writes of a key to different data centers, which does no more harm than having no homes. Thread-safe.
 */
public final class Homes {

    private static final String SEPARATORS = "[/:]";

    private final Function<String, HomeSettings> wishes;
    private final List<String> dataCenters;
    private final Partitioning partitioning;
    private final IntPredicate hasSingleLeader;
    private final Predicate<String> isCut;

    /**
     * @param wishes what is configured, by map
     * @param dataCenters those of the named members; none where members aren't named with theirs
     * @param partitions how many there are
     * @param hasSingleLeader whether one leader takes all writes of a partition: then no key of it has a home
     * @param isCut whether the link to a data center is cut on purpose, so that it is to be taken for out of reach
     */
    public Homes(
            Function<String, HomeSettings> wishes,
            SortedSet<String> dataCenters,
            int partitions,
            IntPredicate hasSingleLeader,
            Predicate<String> isCut) {
        this.wishes = wishes;
        this.dataCenters = new ArrayList<>(dataCenters);
        this.partitioning = new Partitioning(partitions);
        this.hasSingleLeader = hasSingleLeader;
        this.isCut = isCut;
    }

    /** No key has a home. */
    public static Homes none() {
        return new Homes(map -> HomeSettings.none(), Collections.emptySortedSet(), 1, partition -> false, to -> false);
    }

    /**
     * The data center that is a key's home; empty where the map has none, and under a single leader.
     *
     * @throws IllegalArgumentException when the map's keys have homes and this one names none; a sentence with the remedy
     */
    public Optional<String> of(RecordKey key) {
        HomeSettings wish = wishes.apply(key.map());
        if (!wish.isSet()) {
            return Optional.empty();
        }
        int partition = partitioning.of(key.key());
        if (hasSingleLeader.test(partition)) {
            return Optional.empty();
        }
        if (wish.isDataCenter()) {
            return Optional.of(wish.home());
        }
        return Optional.of(
                wish.home().equals(HomeSettings.BY_KEY_HASH)
                        ? dataCenters.get(partition % dataCenters.size())
                        : named(key));
    }

    /** As {@link #of}, with nothing for a key that names no home where it should. */
    public Optional<String> find(RecordKey key) {
        try {
            return of(key);
        } catch (IllegalArgumentException homeless) {
            return Optional.empty();
        }
    }

    private String named(RecordKey key) {
        String[] parts = key.key().split(SEPARATORS, 2);
        boolean known = dataCenters.isEmpty() || dataCenters.contains(parts[0]);
        if (parts.length < 2 || parts[0].isEmpty() || !known) {
            throw new IllegalArgumentException("the key '" + key.key() + "' names no home, which entente.maps."
                    + key.map() + ".home = " + HomeSettings.BY_KEY_PREFIX
                    + " asks for: let it begin with a data center's name and a slash or colon, "
                    + (dataCenters.isEmpty() ? "such as eu/" + parts[0] : "one of " + String.join(", ", dataCenters)));
        }
        return parts[0];
    }

    /** Whether writes of a map may be taken elsewhere while their home is out of reach. */
    boolean acceptsElsewhere(String map) {
        return wishes.apply(map).unreachable() == HomeSettings.Unreachable.ACCEPT;
    }

    /** Whether the link to a data center is cut on purpose. */
    boolean isCut(String dataCenter) {
        return isCut.test(dataCenter);
    }
}
