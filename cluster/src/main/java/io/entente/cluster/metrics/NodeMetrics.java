package io.entente.cluster.metrics;

import akka.actor.Cancellable;
import akka.actor.typed.ActorSystem;
import io.entente.cluster.conflict.ConflictFilter;
import io.entente.cluster.conflict.Conflicts;
import io.entente.cluster.health.HealthReason;
import io.entente.cluster.map.MapCatalog;
import io.entente.cluster.map.ResolverIdentity;
import io.entente.cluster.membership.ClusterView;
import io.entente.cluster.membership.NodePort;
import io.entente.cluster.routing.RequestTimes;
import io.entente.cluster.verify.Verifier;
import io.entente.core.store.Store;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.MultiGauge;
import io.micrometer.core.instrument.MultiGauge.Row;
import io.micrometer.core.instrument.Tags;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A node's figures. Requests and commits are timed as they happen; conflicts are counted behind the journal; all else is read off the node
 * when somebody scrapes.
 *
 * <p>Thread-safe; one scrape at a time. Close it when the node stops.
 */
public final class NodeMetrics implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(NodeMetrics.class);
    private static final Duration REFRESH = Duration.ofSeconds(10);

    private final FigureRegistries registries;
    private final MeterRegistry registry;
    private final JvmFigures jvm;
    private final Timers timers;
    private final MapLabels labels = new MapLabels();
    private final ConflictCounts conflictCounts;
    private final MultiGauge unresolved;
    private final ViewFigures figures;
    private final MapCatalog catalog;
    private volatile SortedSet<HealthReason> reasons = Collections.emptySortedSet();
    private @Nullable NodePort watched;
    private Cancellable refresh = Cancellable.alreadyCancelled();
    private @Nullable UnresolvedCensus census;
    private boolean closed;

    /**
     * The figures of a node in that data center.
     *
     * @param catalog knows its maps' resolvers
     */
    public NodeMetrics(String dataCenter, MapCatalog catalog) {
        this(dataCenter, catalog, Optional.empty());
    }

    /**
     * The same.
     *
     * @param applications the application's registry, where the figures are to be found too
     */
    public NodeMetrics(String dataCenter, MapCatalog catalog, Optional<MeterRegistry> applications) {
        this.catalog = catalog;
        this.registries = new FigureRegistries(applications);
        this.registry = registries.all();
        this.jvm = new JvmFigures(registries.own());
        this.timers = new Timers(registry);
        this.conflictCounts = new ConflictCounts(registry, labels);
        this.unresolved = Family.UNRESOLVED.gauge(registry);
        this.figures = new ViewFigures(registry, dataCenter);
    }

    /** Who is to be told of requests. */
    public RequestTimes requests() {
        return timers;
    }

    /** The same store, its commits timed. */
    public Store timed(Store store) {
        return new TimedStore(store, timers.commits());
    }

    /** Counts the conflicts that this node sees from now on. */
    public synchronized void count(Conflicts conflicts) {
        census = new UnresolvedCensus(conflicts);
        var unused = conflicts.end().whenComplete((end, failure) -> {
            if (end != null) {
                conflicts.follow(ConflictFilter.all(), end).subscribe(conflictCounts);
            } else {
                LOG.warn("conflicts are not counted: the journal can't be read", failure);
            }
        });
    }

    /** Shows whether the node is alive and ready. */
    public synchronized void watch(NodePort node) {
        watched = node;
        Gauge.builder("entente.live", node, port -> port.failures().isEmpty() ? 1 : 0)
                .description("1 while the node is alive, 0 when its store has failed or a replica has halted.")
                .strongReference(true)
                .register(registry);
        Gauge.builder("entente.ready", node, port -> port.obstacles().isEmpty() ? 1 : 0)
                .description("1 while the node is ready to serve.")
                .strongReference(true)
                .register(registry);
        for (HealthReason reason : HealthReason.values()) {
            Gauge.builder("entente.health.reason", this, metrics -> metrics.reasons.contains(reason) ? 1 : 0)
                    .description("1 while that reason speaks against the node, or is to be looked at, else 0.")
                    .tag("reason", reason.code())
                    .strongReference(true)
                    .register(registry);
        }
    }

    /** Shows what verifications find, and whether the node's own store is damaged. */
    public void watch(Verifier verifier, BooleanSupplier damaged) {
        VerificationFigures.show(registry, verifier);
        Gauge.builder("entente.store.damaged", damaged, store -> store.getAsBoolean() ? 1 : 0)
                .description(
                        "1 when something in the node's store can't be read: see its health for what to do, else 0.")
                .strongReference(true)
                .register(registry);
    }

    /** Where an application's registry shows the figures too, reads them off the node every ten seconds: nobody scrapes there. */
    public synchronized void refresh(ActorSystem<?> system, NodePort node) {
        if (registries.haveApplications()) {
            Runnable look = () -> {
                var unused = node.view().thenAccept(this::show);
            };
            refresh =
                    system.scheduler().scheduleWithFixedDelay(Duration.ZERO, REFRESH, look, system.executionContext());
        }
    }

    /** All figures in Prometheus' text format, version 0.0.4. */
    public synchronized String scrape(ClusterView view) {
        show(view);
        return Exposition.complete(registries.scrape());
    }

    /** Reads figures off the node. */
    synchronized void show(ClusterView view) {
        if (closed) {
            return;
        }
        if (watched != null) {
            reasons = watched.reasons();
        }
        figures.show(view);
        Map<String, ResolverIdentity> registers = registersOf(catalog.resolvers());
        conflictCounts.expect(registers);
        showUnresolved(registers.keySet());
    }

    private Map<String, ResolverIdentity> registersOf(SortedMap<String, ResolverIdentity> all) {
        Map<String, ResolverIdentity> registers = new TreeMap<>(all);
        registers.keySet().removeIf(map -> catalog.type(map).isPresent());
        return registers;
    }

    private void showUnresolved(Iterable<String> registers) {
        Map<String, Integer> shown = new TreeMap<>();
        SortedSet<String> failing = new TreeSet<>();
        for (String map : registers) {
            shown.put(labels.of(map), 0);
            if (catalog.definition(map).mayFail()) {
                failing.add(map);
            }
        }
        if (census != null) {
            census.counts().forEach((map, count) -> shown.merge(labels.of(map), count, Integer::sum));
            census.begin(failing);
        }
        List<Row<?>> rows = new ArrayList<>();
        shown.forEach((map, count) -> rows.add(Row.of(Tags.of("map", map), count)));
        unresolved.register(rows, true);
    }

    @Override
    public synchronized void close() {
        closed = true;
        refresh.cancel();
        jvm.close();
        registries.close();
    }
}
