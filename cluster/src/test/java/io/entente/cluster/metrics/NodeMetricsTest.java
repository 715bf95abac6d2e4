package io.entente.cluster.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import com.typesafe.config.ConfigFactory;
import io.entente.cluster.clock.ClockReport;
import io.entente.cluster.clock.Skew;
import io.entente.cluster.map.MapCatalog;
import io.entente.cluster.membership.AgreedTopology;
import io.entente.cluster.membership.ClusterView;
import io.entente.cluster.membership.ClusterView.DataCenterView;
import io.entente.cluster.membership.ClusterView.EpochView;
import io.entente.cluster.membership.ClusterView.LinkState;
import io.entente.cluster.membership.ClusterView.LinkView;
import io.entente.cluster.membership.ClusterView.NodeView;
import io.entente.cluster.membership.ClusterView.Role;
import io.entente.cluster.replica.Partitions;
import io.entente.cluster.routing.RequestTimes.Kind;
import io.entente.cluster.settings.EntenteSettings;
import io.entente.cluster.verify.Verifier;
import io.entente.conflict.version.Origin;
import io.entente.conflict.version.VersionVector;
import io.entente.core.bytes.Bytes;
import io.entente.core.codec.StoreKeys;
import io.entente.core.effect.Reply;
import io.entente.core.message.Digest;
import io.entente.core.message.Epoch;
import io.entente.core.message.NodeId;
import io.entente.core.record.RecordKey;
import io.entente.core.repair.Difference;
import io.entente.core.repair.Difference.Outcome;
import io.entente.core.repair.VerificationReport;
import io.entente.core.replica.EpochStatus;
import io.entente.core.store.Table;
import io.entente.core.store.WriteBatch;
import io.entente.core.store.memory.MemoryStore;
import io.entente.core.topology.TopologyPlan;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a scrape shows of what a node knows. */
class NodeMetricsTest {

    private static final Origin EU = new Origin("eu", "eu-1", 1_000, 42);
    private static final Origin US = new Origin("us", "us-1", 1_000, 43);

    private final MapCatalog catalog = new MapCatalog(EntenteSettings.from(
            ConfigFactory.parseString("entente.maps { carts.resolver = json-merge, counters.type = counter }")));
    private final NodeMetrics metrics = new NodeMetrics("eu", catalog);

    @AfterEach
    void close() {
        metrics.close();
        catalog.close();
    }

    @ParameterizedTest
    @CsvSource({
        "entente_replication_lag_seconds, gauge",
        "entente_replication_backlog_entries, gauge",
        "entente_link_up, gauge",
        "entente_conflicts_total, counter",
        "entente_unresolved_keys, gauge",
        "entente_operation_seconds, histogram",
        "entente_commit_seconds, histogram",
        "entente_clock_skew_seconds, gauge",
        "entente_purge_held_back, gauge"
    })
    void everyPromisedFigureIsThereFromTheStart(String name, String type) {
        assertThat(metrics.scrape(alone()).lines()).contains("# TYPE " + name + " " + type);
    }

    @Test
    void whatVerificationsFindIsShown() {
        Verifier verifier = new Verifier(
                new NodeId("eu", "eu-1"),
                2,
                () -> Partitions.all(2),
                (partition, timeout, inBackground) -> CompletableFuture.completedFuture(
                        new Reply.Verified(report(partition == 0 ? Outcome.REPAIRED : Outcome.NO_MAJORITY))));
        metrics.watch(verifier, () -> true);
        assertThat(sample(metrics.scrape(alone()), "entente_verify_partitions_total"))
                .isZero();
        verifier.verify(Duration.ofSeconds(1)).toCompletableFuture().join();
        String scrape = metrics.scrape(alone());
        assertThat(sample(scrape, "entente_verify_partitions_total")).isEqualTo(2);
        assertThat(sample(scrape, "entente_verify_differences_total")).isEqualTo(2);
        assertThat(sample(scrape, "entente_verify_unrepaired_rows")).isEqualTo(1);
        assertThat(sample(scrape, "entente_verify_rows")).isEqualTo(14);
        assertThat(sample(scrape, "entente_store_damaged")).isEqualTo(1);
    }

    private static VerificationReport report(Outcome outcome) {
        Bytes row = new StoreKeys(0).record(new RecordKey("users", "alice"));
        Difference difference = new Difference(new RecordKey("users", "alice"), row, new TreeMap<>(), outcome);
        return new VerificationReport(
                new NodeId("eu", "eu-1"),
                VersionVector.empty(),
                7,
                new Digest(3, 4),
                new TreeSet<>(),
                new TreeMap<>(),
                0,
                1,
                List.of(difference));
    }

    @Test
    void linksAreShownFromThisDataCenter() {
        String scrape = metrics.scrape(linked(17, LinkState.CATCHING_UP, 5, 5));
        assertThat(sample(scrape, "entente_replication_lag_seconds{from=\"eu\",to=\"us\"}"))
                .isEqualTo(0.25);
        assertThat(sample(scrape, "entente_replication_backlog_entries{to=\"us\"}"))
                .isEqualTo(17);
        assertThat(sample(scrape, "entente_replication_missing_entries{from=\"us\"}"))
                .isEqualTo(3);
        assertThat(sample(scrape, "entente_link_up{to=\"us\"}")).isEqualTo(1);
        String cut = metrics.scrape(linked(0, LinkState.CUT, 5, 5));
        assertThat(sample(cut, "entente_link_up{to=\"us\"}")).isZero();
        assertThat(sample(cut, "entente_replication_lag_seconds{from=\"eu\",to=\"us\"}"))
                .isZero();
    }

    @Test
    void clocksAndHolders() {
        String scrape = metrics.scrape(linked(0, LinkState.UP, 5, 5));
        assertThat(sample(scrape, "entente_clock_skew_seconds{peer=\"us-1\"}")).isEqualTo(-0.004);
        assertThat(sample(scrape, "entente_purge_held_back{by=\"us-1\"}")).isEqualTo(1);
        assertThat(sample(scrape, "entente_purge_held_back{by=\"eu-1\"}")).isZero();
        assertThat(sample(scrape, "entente_partitions{state=\"led\"}")).isEqualTo(1);
    }

    @Test
    void whatACopyLacksAndWhatItHoldsForOthers() {
        String scrape = metrics.scrape(linked(0, LinkState.UP, 5, 5));
        assertThat(sample(scrape, "entente_read_staleness_seconds")).isEqualTo(1.5);
        assertThat(sample(scrape, "entente_handoff_entries{for=\"eu-2\"}")).isEqualTo(14);
    }

    @Test
    void whatWasAppliedRisesAndNeverFalls() {
        metrics.scrape(linked(0, LinkState.UP, 5, 5));
        String more = metrics.scrape(linked(0, LinkState.UP, 8, 5));
        assertThat(sample(more, "entente_entries_applied_total{from=\"eu\"}")).isEqualTo(3);
        assertThat(sample(more, "entente_entries_applied_total{from=\"us\"}")).isZero();
        String folded = metrics.scrape(linked(0, LinkState.UP, 2, 6));
        assertThat(sample(folded, "entente_entries_applied_total{from=\"eu\"}")).isEqualTo(3);
        assertThat(sample(folded, "entente_entries_applied_total{from=\"us\"}")).isEqualTo(1);
    }

    @Test
    void degradedWritesAreCountedOverPartitionsAndNewStartsOfTheirReplicas() {
        assertThat(sample(metrics.scrape(degraded(2, 3)), "entente_degraded_writes_total"))
                .isEqualTo(5);
        assertThat(sample(metrics.scrape(degraded(4, 3)), "entente_degraded_writes_total"))
                .isEqualTo(7);
        assertThat(sample(metrics.scrape(degraded(1, 3)), "entente_degraded_writes_total"))
                .as("the first one's replica began anew")
                .isEqualTo(8);
    }

    @Test
    void aKnownMapHasItsCountersBeforeItsFirstConflict() {
        String scrape = metrics.scrape(alone());
        assertThat(sample(
                        scrape,
                        "entente_conflicts_total{map=\"carts\",outcome=\"unresolved\",resolver=\"json-merge\"}"))
                .isZero();
        assertThat(sample(scrape, "entente_unresolved_keys{map=\"carts\"}")).isZero();
        assertThat(scrape).doesNotContain("map=\"counters\"");
    }

    @Test
    void requestsAndCommitsAreTimed() {
        metrics.requests().took(Kind.PUT, 2_000_000);
        try (MemoryStore store = new MemoryStore()) {
            metrics.timed(store).commit(new WriteBatch().put(Table.META, Bytes.utf8("k"), Bytes.utf8("v")));
        }
        String scrape = metrics.scrape(alone());
        assertThat(sample(scrape, "entente_operation_seconds_count{op=\"put\"}"))
                .isEqualTo(1);
        assertThat(sample(scrape, "entente_operation_seconds_sum{op=\"put\"}")).isEqualTo(0.002);
        assertThat(sample(scrape, "entente_operation_seconds_bucket{op=\"put\",le=\"0.001\"}"))
                .isZero();
        assertThat(sample(scrape, "entente_operation_seconds_bucket{op=\"put\",le=\"0.0025\"}"))
                .isEqualTo(1);
        assertThat(sample(scrape, "entente_operation_seconds_count{op=\"get\"}"))
                .isZero();
        assertThat(sample(scrape, "entente_commit_seconds_count")).isEqualTo(1);
    }

    @Test
    void anApplicationsRegistryHasTheFiguresForAsLongAsTheNodeRuns() {
        SimpleMeterRegistry application = new SimpleMeterRegistry();
        try (NodeMetrics shared = new NodeMetrics("eu", catalog, Optional.of(application))) {
            shared.requests().took(Kind.PUT, 2_000_000);
            String scrape = shared.scrape(linked(17, LinkState.UP, 5, 5));
            assertThat(sample(scrape, "entente_replication_backlog_entries{to=\"us\"}"))
                    .isEqualTo(17);
            assertThat(application
                            .get("entente.replication.backlog.entries")
                            .tag("to", "us")
                            .gauge()
                            .value())
                    .isEqualTo(17);
            assertThat(application
                            .get("entente.operation")
                            .tag("op", "put")
                            .timer()
                            .count())
                    .isEqualTo(1);
            assertThat(application.getMeters())
                    .as("the process's own figures are the application's")
                    .noneMatch(meter -> meter.getId().getName().startsWith("jvm"));
        }
        assertThat(application.getMeters()).isEmpty();
        assertThat(application.isClosed()).isFalse();
    }

    @Test
    void mapsThatClientsMakeUpShareASeriesInTheEnd() {
        MapLabels labels = new MapLabels();
        for (int i = 0; i < MapLabels.MOST; i++) {
            assertThat(labels.of("map-" + i)).isEqualTo("map-" + i);
        }
        assertThat(labels.of("one-more")).isEqualTo(MapLabels.OTHER);
        assertThat(labels.of("map-0")).isEqualTo("map-0");
    }

    @Test
    void everyFamilyIsCalledAsItIsExposed() {
        String scrape = metrics.scrape(linked(17, LinkState.UP, 5, 5));
        for (Family family : Family.values()) {
            long headers = scrape.lines()
                    .filter(line -> line.startsWith("# TYPE " + family.exposed() + " "))
                    .count();
            assertThat(headers).as(family.exposed()).isEqualTo(1);
            assertThat(scrape).containsPattern("\n" + family.exposed() + "[{ ]");
        }
    }

    private static double sample(String scrape, String series) {
        List<String> lines =
                scrape.lines().filter(line -> line.startsWith(series + " ")).toList();
        assertThat(lines).as(() -> series + " in\n" + scrape).hasSize(1);
        return Double.parseDouble(lines.get(0).substring(series.length() + 1));
    }

    private static ClusterView alone() {
        return view(List.of(), Map.of(), Set.of());
    }

    private static ClusterView degraded(long first, long second) {
        SortedMap<Integer, EpochView> epochs = new TreeMap<>();
        epochs.put(0, new EpochView(new EpochStatus(Epoch.initial(Set.of()), true, true, first, true), List.of()));
        epochs.put(1, new EpochView(new EpochStatus(Epoch.initial(Set.of()), true, true, second, true), List.of()));
        return view(List.of(), Map.of(), Set.of(), epochs);
    }

    private static ClusterView linked(long backlog, LinkState state, long eu, long us) {
        VersionVector.Builder vector = new VersionVector.Builder();
        vector.raise(EU, eu);
        vector.raise(US, us);
        return view(
                List.of(
                        new LinkView("eu", "us", state, backlog, backlog == 0 ? Optional.empty() : Optional.of(250L)),
                        new LinkView("us", "eu", LinkState.UP, 3, Optional.empty())),
                Map.of(0, vector.build()),
                Set.of("us-1"));
    }

    private static ClusterView view(List<LinkView> links, Map<Integer, VersionVector> vectors, Set<String> heldBackBy) {
        return view(links, vectors, heldBackBy, new TreeMap<>());
    }

    private static ClusterView view(
            List<LinkView> links,
            Map<Integer, VersionVector> vectors,
            Set<String> heldBackBy,
            SortedMap<Integer, EpochView> epochs) {
        List<DataCenterView> dataCenters = new ArrayList<>();
        dataCenters.add(new DataCenterView(
                "eu",
                List.of(new NodeView(
                        "eu-1", Role.LEADER, true, new TreeSet<>(Set.of(0)), new TreeSet<>(Set.of(0, 1))))));
        return new ClusterView(
                "eu-1",
                "multi-leader",
                0,
                dataCenters,
                links,
                vectors,
                heldBackBy,
                new TreeMap<>(),
                Set.of(),
                new AgreedTopology(0, "eu-1", TopologyPlan.allToAll()),
                Optional.of(new ClockReport(
                        new NodeId("eu", "eu-1"),
                        1_000,
                        0,
                        ClockReport.Verdict.RIGHT,
                        links.isEmpty()
                                ? new TreeMap<>()
                                : new TreeMap<>(Map.of(new NodeId("us", "us-1"), new Skew(-4, 1))))),
                List.of(),
                new TreeMap<>(),
                new ClusterView.CopiesView(Duration.ofMillis(1_500), new TreeMap<>(Map.of("eu-2", 14L))),
                epochs);
    }
}
