package io.entente.conflict;

import java.util.Collections;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;

/** Picks the version of the data center listed first, unlisted ones last; among equals the last writer wins. */
final class DataCenterPriority<V> implements ConflictResolver<V> {

    private final List<String> dataCenters;
    private final Comparator<Version<V>> order;

    DataCenterPriority(List<String> dataCenters) {
        this.dataCenters = List.copyOf(dataCenters);
        if (dataCenters.isEmpty() || new HashSet<>(dataCenters).size() < dataCenters.size()) {
            throw new IllegalArgumentException(
                    "The priority " + dataCenters + " must list at least one data center, and none twice.");
        }
        this.order = Comparator.<Version<V>>comparingInt(this::rank).reversed().thenComparing(Version.byTime());
    }

    /** The lower, the sooner picked. */
    private int rank(Version<V> version) {
        int listed = dataCenters.indexOf(version.dataCenter());
        return listed < 0 ? dataCenters.size() : listed;
    }

    @Override
    public Resolution<V> resolve(Conflict<V> conflict) {
        return Resolution.pick(Collections.max(conflict.siblings(), order));
    }

    /** Names the priority too: nodes with different ones resolve differently. */
    @Override
    public String name() {
        return "data-center-priority(" + String.join(",", dataCenters) + ")";
    }
}
