package io.entente.samples.operations;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.entente.cluster.health.HealthReason;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The guide explains what there is, and nothing else. That it explains just the figures of a node is held where a node runs anyway, in {@code EmbeddingIT}. */
class GuideTest {

    private static final Pattern FIGURE = Pattern.compile("\\bentente_[a-z_]+");
    private static final Pattern SUFFIX = Pattern.compile("_(?:bucket|count|sum|max)$");
    private static final Pattern LINK = Pattern.compile("\\]\\(([^)#]*)(?:#([^)]*))?\\)");

    @Test
    void everyReasonIsExplainedAndNoOther() {
        assertThat(Guide.reasons())
                .isEqualTo(Stream.of(HealthReason.values())
                        .map(HealthReason::code)
                        .collect(Collectors.toCollection(TreeSet::new)));
    }

    @ParameterizedTest
    @EnumSource
    void whatFollowsFromAReasonIsSaidAsItIs(HealthReason reason) {
        String follows = switch (reason.weight()) {
            case NOT_LIVE -> "not live";
            case NOT_READY -> "not ready";
            case REMARK -> "serving";
        };
        assertThat(Guide.line("Health", reason.code())).startsWith("| `" + reason.code() + "` | " + follows + " |");
    }

    @Test
    void everyAlarmIsExplainedAndNoOther() throws IOException {
        SortedSet<String> alarms = new TreeSet<>();
        for (JsonNode rule : rules()) {
            String name = rule.path("alert").asText();
            alarms.add(name);
            assertThat(Guide.line("Alarms", name))
                    .startsWith("| `" + name + "` | "
                            + rule.path("labels").path("severity").asText() + " |");
            assertThat(rule.path("annotations").path("summary").asText())
                    .as(name)
                    .isNotEmpty();
        }
        assertThat(Guide.alarms()).isEqualTo(alarms);
    }

    @Test
    void alarmsAskForFiguresAndReasonsThatThereAre() throws IOException {
        for (JsonNode rule : rules()) {
            String expression = rule.path("expr").asText();
            assertThat(FIGURE.matcher(expression)
                            .results()
                            .map(MatchResult::group)
                            .map(name -> SUFFIX.matcher(name).replaceFirst("")))
                    .as(expression)
                    .allSatisfy(figure -> assertThat(Guide.figures()).contains(figure));
            Pattern.compile("reason=\"([^\"]*)\"")
                    .matcher(expression)
                    .results()
                    .forEach(
                            reason -> assertThat(Guide.reasons()).as(expression).contains(reason.group(1)));
        }
    }

    @Test
    void itsLinksLeadSomewhere() {
        LINK.matcher(Guide.text()).results().forEach(link -> {
            String path = link.group(1);
            Path target = path.isEmpty() ? Guide.DIRECTORY.resolve("README.md") : Guide.DIRECTORY.resolve(path);
            assertThat(target.normalize()).as(link.group()).exists();
            String section = link.group(2);
            if (section != null) {
                assertThat(sections(target)).as(link.group()).contains(section);
            }
        });
    }

    /** The anchors that a page's headings have on GitHub. */
    private static List<String> sections(Path page) {
        Path file = Files.isDirectory(page) ? page.resolve("README.md") : page;
        return Guide.read(file)
                .lines()
                .filter(line -> line.startsWith("#"))
                .map(line -> line.replaceFirst("^#+ ", "")
                        .toLowerCase(Locale.ROOT)
                        .replaceAll("[^a-z0-9 -]", "")
                        .replace(' ', '-'))
                .toList();
    }

    private static List<JsonNode> rules() throws IOException {
        JsonNode groups = new YAMLMapper()
                .readTree(Guide.read(Guide.DIRECTORY.resolve("alerts.yaml")))
                .path("groups");
        List<JsonNode> rules = new ArrayList<>();
        groups.forEach(group -> group.path("rules").forEach(rules::add));
        assertThat(rules).isNotEmpty();
        return rules;
    }
}
