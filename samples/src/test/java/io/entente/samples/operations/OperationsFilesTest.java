package io.entente.samples.operations;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.MappingIterator;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigResolveOptions;
import io.entente.cluster.settings.EntenteSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The files for systemd, Docker and Kubernetes agree with the program they start. They are run nowhere here. */
class OperationsFilesTest {

    private static final Pattern VARIABLE = Pattern.compile("\\bENTENTE_[A-Z_]+\\b");

    /** What the scripts and the program read themselves, beside settings. */
    private static final Set<String> OF_SCRIPTS = Set.of("ENTENTE_LAUNCH_BUILD", "ENTENTE_LOG", "ENTENTE_CONFIG");

    @Test
    void everyVariableIsOneThatIsRead() throws IOException {
        Set<String> known = new TreeSet<>(OF_SCRIPTS);
        VARIABLE.matcher(Guide.read(Path.of("..", "cluster", "src", "main", "resources", "reference.conf")))
                .results()
                .map(MatchResult::group)
                .forEach(known::add);
        for (String file : List.of("Dockerfile", "systemd/entente.env", "kubernetes/data-center.yaml", "README.md")) {
            assertThat(VARIABLE.matcher(Guide.read(Guide.DIRECTORY.resolve(file)))
                            .results()
                            .map(MatchResult::group))
                    .as(file)
                    .isNotEmpty()
                    .isSubsetOf(known);
        }
    }

    @Test
    void theEnvironmentOfSystemdMakesSettings() {
        SortedMap<String, String> environment = new TreeMap<>();
        Guide.read(Guide.DIRECTORY.resolve("systemd/entente.env"))
                .lines()
                .filter(line -> !line.isBlank() && !line.startsWith("#"))
                .forEach(line ->
                        environment.put(line.substring(0, line.indexOf('=')), line.substring(line.indexOf('=') + 1)));
        assertThat(settings(environment).checked().node().name()).isEqualTo("eu-1");
    }

    @Test
    void theUnitStartsWhatIsInstalledAndWaitsForItsOrderlyEnd() {
        Map<String, String> unit = new TreeMap<>();
        Guide.read(Guide.DIRECTORY.resolve("systemd/entente.service"))
                .lines()
                .filter(line -> line.matches("[A-Z][A-Za-z]*=.*"))
                .forEach(line -> unit.put(line.substring(0, line.indexOf('=')), line.substring(line.indexOf('=') + 1)));
        assertThat(unit)
                .containsEntry("ExecStart", "/opt/entente/samples/node")
                .containsEntry("SuccessExitStatus", "143")
                .containsEntry("RestartPreventExitStatus", "2")
                .containsEntry("KillSignal", "SIGTERM");
        assertThat(Integer.parseInt(unit.get("TimeoutStopSec"))).isGreaterThan(10);
        assertThat(Guide.text()).contains("cp samples/node samples/launch.sh /opt/entente/samples/");
    }

    @Test
    void theImageHoldsWhatTheScriptNeeds() {
        String image = Guide.read(Guide.DIRECTORY.resolve("Dockerfile"));
        assertThat(image)
                .contains("samples/node", "samples/launch.sh", "samples/target/lib", "ENTENTE_LAUNCH_BUILD=never")
                .contains("ENTRYPOINT [\"/opt/entente/samples/node\"]");
        assertThat(Path.of("node")).isExecutable();
        assertThat(Path.of("launch.sh")).exists();
    }

    @Test
    void figuresAreReachedByWhoScrapesThem() throws IOException {
        JsonNode rules = require(manifest(), "NetworkPolicy").at("/spec/ingress");
        assertThat(rules)
                .filteredOn(
                        rule -> rule.findValuesAsText("app.kubernetes.io/name").contains("prometheus"))
                .singleElement()
                .satisfies(rule ->
                        assertThat(rule.path("ports").findValuesAsText("port")).containsExactly("http"));
        assertThat(Guide.read(Guide.DIRECTORY.resolve("Dockerfile")))
                .contains("-e ENTENTE_HTTP_HOST=0.0.0.0 -p 127.0.0.1:8081:8081");
    }

    @Test
    void podsAreTheNodesThatSeedsAndMembersName() throws IOException {
        Map<String, JsonNode> byKind = manifest();
        JsonNode set = require(byKind, "StatefulSet");
        JsonNode node = set.at("/spec/template/spec/containers/0");
        SortedMap<String, String> environment = new TreeMap<>();
        node.path("env")
                .forEach(variable -> environment.put(
                        variable.path("name").asText(), variable.path("value").asText()));
        environment.keySet().removeIf(name -> !name.startsWith("ENTENTE_"));
        environment.put("ENTENTE_NAME", "eu-1");
        environment.replaceAll(
                (name, value) -> value.replace("$(ENTENTE_NAME)", "eu-1").replace("$(NAMESPACE)", "default"));
        EntenteSettings settings = settings(environment).checked();
        assertThat(settings.node().address())
                .as("the first seed's own address")
                .isEqualTo(settings.node().contacts().get(0));
        assertThat(set.at("/spec/ordinals/start").asInt()).isEqualTo(1);
        assertThat(set.at("/metadata/name").asText()).isEqualTo("eu");
        assertThat(environment.get("ENTENTE_MEMBERS").split(","))
                .hasSize(3 * set.at("/spec/replicas").asInt());
        assertThat(set.at("/spec/serviceName").asText()).isEqualTo("entente");
    }

    @Test
    void podsAreProbedWhereNodesAnswerAndGivenTimeToEnd() throws IOException {
        JsonNode pod = require(manifest(), "StatefulSet").at("/spec/template/spec");
        JsonNode node = pod.at("/containers/0");
        assertThat(node.at("/livenessProbe/httpGet/path").asText()).isEqualTo("/health/live");
        assertThat(node.at("/startupProbe/httpGet/path").asText()).isEqualTo("/health/live");
        assertThat(node.at("/readinessProbe/httpGet/path").asText()).isEqualTo("/health/ready");
        int before = node.at("/lifecycle/preStop/exec/command/1").asInt();
        assertThat(pod.path("terminationGracePeriodSeconds").asInt()).isGreaterThan(before + 10);
    }

    private static JsonNode require(Map<String, JsonNode> byKind, String kind) {
        assertThat(byKind).containsKey(kind);
        return byKind.get(kind);
    }

    /** The documents by kind, as for the data center eu. Of two services the last one counts. */
    private static Map<String, JsonNode> manifest() throws IOException {
        String text = Files.readString(Guide.DIRECTORY.resolve("kubernetes/data-center.yaml"))
                .replace("${DC}", "eu")
                .replace("${IMAGE}", "entente:test");
        List<JsonNode> documents = new ArrayList<>();
        try (MappingIterator<JsonNode> all =
                new YAMLMapper().readerFor(JsonNode.class).readValues(text)) {
            all.forEachRemaining(documents::add);
        }
        Map<String, JsonNode> byKind = new TreeMap<>();
        for (JsonNode document : documents) {
            assertThat(document.path("apiVersion").asText()).isNotEmpty();
            assertThat(document.at("/metadata/name").asText()).isNotEmpty();
            byKind.put(document.path("kind").asText(), document);
        }
        return byKind;
    }

    /** What a process with these environment variables would run with. */
    private static EntenteSettings settings(SortedMap<String, String> environment) {
        Config variables = ConfigFactory.parseMap(environment, "the environment");
        Config read = ConfigFactory.parseResources(EntenteSettings.class, "environment.conf")
                .resolveWith(variables, ConfigResolveOptions.noSystem());
        return EntenteSettings.from(read);
    }
}
