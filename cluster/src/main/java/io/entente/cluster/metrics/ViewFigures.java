package io.entente.cluster.metrics;

import io.entente.cluster.clock.Skew;
import io.entente.cluster.membership.ClusterView;
import io.entente.cluster.membership.ClusterView.LinkState;
import io.entente.cluster.membership.ClusterView.LinkView;
import io.entente.cluster.membership.ClusterView.NodeView;
import io.entente.conflict.version.VersionVector;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.MultiGauge;
import io.micrometer.core.instrument.MultiGauge.Row;
import io.micrometer.core.instrument.Tags;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What {@code /cluster} shows, as figures: links from this node's data center, clocks, who holds purging back, and how many entries are
 * applied. Series come and go with data centers and nodes. Confined to one scrape at a time.
 */
final class ViewFigures {

    private static final double MILLIS_A_SECOND = 1_000.0;

    private final MeterRegistry registry;
    private final String dataCenter;
    private final MultiGauge lag;
    private final MultiGauge backlog;
    private final MultiGauge missing;
    private final MultiGauge up;
    private final MultiGauge skew;
    private final MultiGauge heldBack;
    private final MultiGauge partitions;
    private final MultiGauge staleness;
    private final MultiGauge heldFor;
    private final Counter degradedWrites;
    private final Map<String, Long> applied = new TreeMap<>();
    private final Map<Integer, Long> degraded = new TreeMap<>();

    /** Figures of a node in that data center. */
    ViewFigures(MeterRegistry registry, String dataCenter) {
        this.registry = registry;
        this.dataCenter = dataCenter;
        this.lag = Family.LAG.gauge(registry);
        this.backlog = Family.BACKLOG.gauge(registry);
        this.missing = Family.MISSING.gauge(registry);
        this.up = Family.LINK_UP.gauge(registry);
        this.skew = Family.CLOCK_SKEW.gauge(registry);
        this.heldBack = Family.HELD_BACK.gauge(registry);
        this.partitions = Family.PARTITIONS.gauge(registry);
        this.staleness = Family.STALENESS.gauge(registry);
        this.heldFor = Family.HELD_FOR.gauge(registry);
        this.degradedWrites = Family.DEGRADED_WRITES.counter().register(registry);
    }

    void show(ClusterView view) {
        List<LinkView> outgoing = view.links().stream()
                .filter(link -> link.from().equals(dataCenter))
                .toList();
        lag.register(
                outgoing.stream()
                        .map(link -> Row.of(Tags.of("from", link.from(), "to", link.to()), lagSeconds(link)))
                        .toList(),
                true);
        backlog.register(
                outgoing.stream()
                        .map(link -> Row.of(Tags.of("to", link.to()), link.lagEntries()))
                        .toList(),
                true);
        up.register(
                outgoing.stream()
                        .map(link -> Row.of(Tags.of("to", link.to()), isUp(link) ? 1 : 0))
                        .toList(),
                true);
        missing.register(
                view.links().stream()
                        .filter(link -> link.to().equals(dataCenter))
                        .map(link -> Row.of(Tags.of("from", link.from()), link.lagEntries()))
                        .toList(),
                true);
        staleness.register(
                List.of(Row.of(Tags.empty(), view.copies().staleness().toMillis() / MILLIS_A_SECOND)), true);
        heldFor.register(
                view.copies().heldFor().entrySet().stream()
                        .map(held -> Row.of(Tags.of("for", held.getKey()), held.getValue()))
                        .toList(),
                true);
        showNodes(view);
        showApplied(view);
        showDegraded(view);
    }

    /** Unknown where the oldest entry can't be read any more: not a number. */
    private static double lagSeconds(LinkView link) {
        if (link.lagEntries() == 0) {
            return 0;
        }
        return link.lagMillis().map(millis -> millis / MILLIS_A_SECOND).orElse(Double.NaN);
    }

    private static boolean isUp(LinkView link) {
        return link.state() == LinkState.UP || link.state() == LinkState.CATCHING_UP;
    }

    private void showNodes(ClusterView view) {
        List<Row<?>> skews = new ArrayList<>();
        view.clocks()
                .ifPresent(clocks -> clocks.skews()
                        .forEach((node, is) -> skews.add(Row.of(Tags.of("peer", node.node()), seconds(is)))));
        skew.register(skews, true);
        List<Row<?>> holding = new ArrayList<>();
        view.dataCenters().stream()
                .flatMap(there -> there.nodes().stream())
                .map(NodeView::name)
                .filter(node -> !view.purgeHeldBackBy().contains(node))
                .forEach(node -> holding.add(Row.of(Tags.of("by", node), 0)));
        view.purgeHeldBackBy().forEach(node -> holding.add(Row.of(Tags.of("by", node), 1)));
        heldBack.register(holding, true);
        view.dataCenters().stream()
                .flatMap(there -> there.nodes().stream())
                .filter(node -> node.name().equals(view.node()))
                .findFirst()
                .ifPresent(self -> partitions.register(
                        List.of(
                                Row.of(Tags.of("state", "held"), self.holds().size()),
                                Row.of(Tags.of("state", "led"), self.leads().size())),
                        true));
    }

    private static double seconds(Skew skew) {
        return skew.millis() / MILLIS_A_SECOND;
    }

    /** A vector is how much was applied, by origin; what is folded out of it later was counted before. */
    private void showApplied(ClusterView view) {
        Map<String, Long> now = new TreeMap<>();
        view.dataCenters().forEach(there -> now.put(there.name(), 0L));
        for (VersionVector vector : view.vectors().values()) {
            vector.forEach((origin, sequence) -> now.merge(origin.dataCenter(), sequence, Long::sum));
        }
        now.forEach((from, sum) -> {
            Counter counter = Family.APPLIED.counter().tag("from", from).register(registry);
            Long before = applied.put(from, sum);
            if (before != null && sum > before) {
                counter.increment((double) (sum - before));
            }
        });
    }

    /** A replica counts from its start, and may be started anew while its node goes on. */
    private void showDegraded(ClusterView view) {
        view.epochs().forEach((partition, epoch) -> {
            long now = epoch.status().degraded();
            Long before = degraded.put(partition, now);
            degradedWrites.increment((double) (before == null || before > now ? now : now - before));
        });
    }
}
