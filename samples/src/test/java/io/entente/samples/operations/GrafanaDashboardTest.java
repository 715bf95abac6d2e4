package io.entente.samples.operations;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.typesafe.config.ConfigFactory;
import io.entente.cluster.clock.ClockReport;
import io.entente.cluster.map.MapCatalog;
import io.entente.cluster.membership.AgreedTopology;
import io.entente.cluster.membership.ClusterView;
import io.entente.cluster.metrics.NodeMetrics;
import io.entente.cluster.settings.EntenteSettings;
import io.entente.core.message.NodeId;
import io.entente.core.topology.TopologyPlan;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** The Grafana dashboard that is shipped asks for figures that nodes have, and for all that are promised. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class GrafanaDashboardTest {

    private static final Path FILE = Path.of("operations", "grafana-dashboard.json");
    private static final Pattern FIGURE = Pattern.compile("\\b(?:entente|jvm|process|system)_[a-z_]+");
    private static final Pattern TYPE = Pattern.compile("(?m)^# TYPE (\\S+) ");
    private static final Pattern SUFFIX = Pattern.compile("_(?:bucket|count|sum|max)$");
    private static final List<String> PROMISED = List.of(
            "entente_replication_lag_seconds",
            "entente_replication_backlog_entries",
            "entente_link_up",
            "entente_conflicts_total",
            "entente_unresolved_keys",
            "entente_operation_seconds",
            "entente_commit_seconds",
            "entente_clock_skew_seconds",
            "entente_purge_held_back");

    private JsonNode dashboard;
    private Set<String> known;

    @BeforeAll
    void read() throws IOException {
        dashboard = new ObjectMapper().readTree(Files.readString(FILE));
        known = scraped();
    }

    @Test
    void everyExpressionAsksForFiguresThatNodesHave() {
        assertThat(asked()).isNotEmpty().isSubsetOf(known);
    }

    @Test
    void everyPromisedFigureIsShown() {
        assertThat(asked()).containsAll(PROMISED);
    }

    @Test
    void panelsHaveNamesAndNumbersOfTheirOwn() {
        List<String> titles = dashboard.path("panels").findValuesAsText("title");
        assertThat(titles).doesNotHaveDuplicates().doesNotContain("");
        Set<Integer> ids = new TreeSet<>();
        dashboard.path("panels").forEach(panel -> ids.add(panel.path("id").intValue()));
        assertThat(ids).hasSameSizeAs(titles);
    }

    private Set<String> asked() {
        String expressions = String.join("\n", dashboard.path("panels").findValuesAsText("expr"));
        return FIGURE.matcher(expressions)
                .results()
                .map(MatchResult::group)
                .map(name -> SUFFIX.matcher(name).replaceFirst(""))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static Set<String> scraped() {
        NodeId self = new NodeId("eu", "eu-1");
        ClusterView alone = new ClusterView(
                self.node(),
                "multi-leader",
                0,
                List.of(),
                List.of(),
                Map.of(),
                Set.of(),
                new TreeMap<>(),
                Set.of(),
                new AgreedTopology(0, self.node(), TopologyPlan.allToAll()),
                Optional.of(ClockReport.unknown(self, 1_000)),
                List.of(),
                new TreeMap<>(),
                ClusterView.CopiesView.whole(),
                new TreeMap<>());
        try (MapCatalog catalog = new MapCatalog(EntenteSettings.from(ConfigFactory.empty()));
                NodeMetrics metrics = new NodeMetrics(self.dataCenter(), catalog)) {
            return Stream.concat(
                            Stream.of("entente_live", "entente_ready"), // of a node that runs
                            TYPE.matcher(metrics.scrape(alone)).results().map(line -> line.group(1)))
                    .collect(Collectors.toCollection(TreeSet::new));
        }
    }
}
