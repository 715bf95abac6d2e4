package io.entente.cluster.membership;

import io.entente.cluster.clock.ClockReport;
import io.entente.cluster.routing.NearestFirst;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Supplier;

/**
 * The data centers other than this node's, the nearest first: by the least of the round trips to their nodes that the comparison of clocks has measured
 * lately. Thread-safe.
 */
public final class DistantDataCenters implements Supplier<List<HeardDataCenter>> {

    private final HeardDataCenter own;
    private final Supplier<Optional<ClockReport>> clocks;
    private final NearestFirst nearest = new NearestFirst();

    /**
     * @param own this node's data center
     * @param clocks what is known of the nodes' clocks, and so of the ways to them
     */
    public DistantDataCenters(HeardDataCenter own, Supplier<Optional<ClockReport>> clocks) {
        this.own = own;
        this.clocks = clocks;
    }

    @Override
    public List<HeardDataCenter> get() {
        List<String> names =
                own.others().stream().map(HeardDataCenter::dataCenter).toList();
        return nearest.order(names, roundTripsMillis()).stream().map(own::in).toList();
    }

    private Map<String, Long> roundTripsMillis() {
        Map<String, Long> least = new TreeMap<>();
        clocks.get()
                .ifPresent(report -> report.skews()
                        .forEach((node, skew) -> least.merge(node.dataCenter(), skew.roundTripMillis(), Math::min)));
        return least;
    }
}
