package io.entente.samples.demo.shell;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.typesafe.config.ConfigFactory;
import io.entente.samples.demo.cluster.DemoCluster;
import io.entente.samples.demo.cluster.DemoDirectory;
import io.entente.samples.demo.cluster.DemoSettings;
import io.entente.samples.terminal.Sentences;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine.Help.Ansi;

/** What commands print, on one cluster for all tests. */
@TestInstance(Lifecycle.PER_CLASS)
class CommandsIT {

    private final DemoDirectory directory = DemoDirectory.temporary();
    private final DemoCluster cluster =
            new DemoCluster(DemoSettings.of(ConfigFactory.empty(), Optional.empty(), Duration.ZERO, 0, 1), directory);
    private final StringWriter out = new StringWriter();
    private final Interpreter interpreter =
            new Interpreter(Registry.of(new ShellContext(() -> cluster, new PrintWriter(out), Ansi.OFF)));

    @BeforeAll
    void start() {
        cluster.start(what -> {});
    }

    @AfterAll
    void stop() {
        cluster.close();
        directory.close();
    }

    @BeforeEach
    void forgetOutput() {
        out.getBuffer().setLength(0);
    }

    @Test
    void getPrintsTheValueAsJson() {
        run("put eu get/a {\"b\" : [1, \"x\"]}");
        assertThat(printedBy("get eu get/a")).containsExactly("{\"b\":[1,\"x\"]}");
        run("put eu get/a it's a string");
        assertThat(printedBy("get eu get/a")).containsExactly("\"it's a string\"");
        run("delete eu get/a");
        assertThat(printedBy("get eu get/a")).containsExactly("absent");
        assertThat(printedBy("get eu get/never")).containsExactly("absent");
    }

    @Test
    void aReadByQuorumHasWhatAnotherDataCenterWasToldOf() {
        run("put ap quorum/a 1");
        assertThat(printedBy("get eu quorum/a 3")).containsExactly("1");
        run("reads 3");
        run("put us quorum/a 2");
        run("expect eu quorum/a 2");
        run("reads");
    }

    @Test
    void aSessionThatGoesElsewhereReadsWhatItWrote() {
        run("session alice");
        run("put eu sessions/a 1");
        run("expect ap sessions/a 1");
        run("put us sessions/a 2");
        run("expect eu sessions/a 2");
        run("session");
    }

    @Test
    void keysListsWholeMapsInOrderHoweverLarge() {
        run("load 2500");
        run("await");
        List<String> keys = printedBy("keys ap load");
        // A story that was told before may have loaded more.
        assertThat(keys)
                .containsAll(
                        IntStream.range(0, 2_500).mapToObj(i -> "load/" + i).toList());
        assertThat(keys).isSorted().doesNotHaveDuplicates();
        assertThat(printedBy("keys ap empty")).isEmpty();
    }

    @Test
    void loadTellsRateAndFailures() {
        assertThat(printedBy("load 30 300")).singleElement().asString().matches("30 writes in .* writes/s, 0 failed");
    }

    @Test
    void siblingsShowsDotDataCenterTimeAndValue() {
        run("put us siblings/a 1");
        List<String> lines = printedBy("siblings us siblings/a");
        assertThat(lines).hasSize(2);
        assertThat(lines.get(0)).contains("dot", "data center", "written at", "value");
        assertThat(lines.get(1))
                .startsWith("us/us-1/")
                .contains("#")
                .contains("  us  ")
                .endsWith("  1");
    }

    @Test
    void replaceWritesOverWhatWasReadAndNothingElse() {
        assertThat(catchThrowable(() -> run("replace ap replace/a 0"))).hasMessageContaining("nothing has been read");
        run("put eu replace/a 1");
        run("get eu replace/a");
        run("put eu replace/a 2");
        run("replace eu replace/a 3");
        assertThat(printedBy("siblings eu replace/a")).hasSize(4);
        run("replace eu replace/a 4");
        assertThat(printedBy("siblings eu replace/a"))
                .as("what was just listed is replaced")
                .hasSize(2);
        run("replace eu replace/a 5");
        assertThat(printedBy("siblings eu replace/a"))
                .as("its writer has seen it")
                .hasSize(2);
        run("replace eu replace/a absent");
        assertThat(printedBy("get eu replace/a")).containsExactly("absent");
    }

    @Test
    void conflictsAreFollowedLiveAndShownOnce() throws Exception {
        conflict("follow/a");
        StringWriter followed = new StringWriter();
        Interpreter other =
                new Interpreter(Registry.of(new ShellContext(() -> cluster, new PrintWriter(followed), Ansi.OFF)));
        CompletableFuture<Boolean> following = CompletableFuture.supplyAsync(
                () -> other.run("conflicts follow first-writer-wins --follow --count 2 --for 60000"));
        Awaitility.await()
                .atMost(Duration.ofSeconds(60))
                .until(() -> followed.toString().contains("follow/a"));
        conflict("other/c");
        conflict("follow/b");
        assertThat(following.get(60, TimeUnit.SECONDS)).isTrue();
        List<String> lines = followed.toString().lines().toList();
        assertThat(lines).hasSize(2);
        assertThat(lines.get(0)).contains("follow/a at ", "us 1", "eu 2");
        assertThat(lines.get(1))
                .matches("[0-9:.]{12}  [0-9a-f]{8}  follow/b at .*")
                .endsWith("reads as 2 by last-writer-wins@1, what if: 1 by first-writer-wins");
    }

    @Test
    void followingFailsWhereFewerComeThanAreToBeShown() {
        assertThat(catchThrowable(() -> run("conflicts never/a --follow --count 1 --for 10")))
                .hasMessageContaining("0 conflicts came, not 1");
        assertThat(printedBy("conflicts never/a --follow --for 10")).isEmpty();
    }

    @Test
    void openConflictsAloneAreListed() {
        conflict("states/a");
        conflict("states/b");
        run("put eu states/a 3");
        run("await");
        assertThat(printedBy("conflicts states")).hasSize(3);
        List<String> open = printedBy("conflicts states --open");
        assertThat(open).hasSize(2);
        assertThat(open.get(1)).contains("states/b");
        assertThat(printedBy("conflicts states --unresolved")).containsExactly("no conflicts");
    }

    private void conflict(String key) {
        run("isolate us");
        run("put us " + key + " 1");
        run("put eu " + key + " 2");
        run("heal");
        run("await");
    }

    @Test
    void conflictsListsOneConflictOnceWhoeverSawIt() {
        run("isolate us");
        run("put us conflicts/a 1");
        run("put eu conflicts/a 2");
        run("heal");
        run("await");
        List<String> lines = printedBy("conflicts conflicts/a first-writer-wins");
        assertThat(lines).hasSize(2);
        assertThat(lines.get(1))
                .matches("[0-9a-f]{8} +conflicts/a +eu-1 us-1 ap-1 +open .*")
                .contains("us 1", "eu 2", "2 by last-writer-wins@1", "1 by first-writer-wins@1");
        run("put ap conflicts/a 3");
        run("await");
        assertThat(printedBy("conflicts conflicts").get(1)).contains("closed");
        assertThat(printedBy("conflicts conflicts/never")).containsExactly("no conflicts");
    }

    @Test
    void updateOperatesAndGetPrintsTheValue() {
        run("update us sets/a {\"addAll\": [\"x\", 1]}");
        assertThat(printedBy("get us sets/a")).containsExactly("[\"x\",1]");
        run("update us counters/a {\"increment\": 3}");
        assertThat(printedBy("siblings us counters/a"))
                .containsExactly("no siblings, for a counter merges by itself: reads as 3");
        assertThat(printedBy("keys us counters")).contains("counters/a");
        assertThat(sentencesOf("update us users/a {\"increment\": 3}"))
                .singleElement()
                .asString()
                .contains("entente.maps.users.type");
        assertThat(sentencesOf("put us counters/a 3"))
                .singleElement()
                .asString()
                .contains("of type counter");
    }

    @Test
    void verifyProvesAllDataCentersEqual() {
        run("put eu verified/a 1");
        run("await");
        assertThat(printedBy("verify"))
                .anyMatch(line -> line.matches("[0-9]+ rows in 8 partitions after [0-9]+ writes, digest [0-9a-f]{32}"))
                .endsWith("all data centers are equal");
    }

    @Test
    void statusNamesNodesAndLinks() {
        run("await");
        List<String> lines = printedBy("status");
        assertThat(lines).anyMatch(line -> line.matches("eu-1 +eu +✔ ready .*http://127.0.0.1:.*"));
        assertThat(lines).anyMatch(line -> line.matches("ap -> us +✔ up .*"));
        run("cut us ap");
        assertThat(printedBy("status")).anyMatch(line -> line.matches("ap -> us +✖ cut .*"));
        run("heal us ap");
        assertThat(printedBy("status")).anyMatch(line -> line.matches("ap -> us +✔ up .*"));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '~', quoteCharacter = '`', textBlock = """
            put mars users/alice 1    ~ there is no data center 'mars': name one of eu, us, ap
            kill eu                   ~ there is no node 'eu': name one of eu-1, us-1, ap-1
            start eu-1                ~ node eu-1 runs already
            wipe eu-1                 ~ node eu-1 runs: kill it first, then wipe its data
            cut eu eu                 ~ 'eu' twice is no link: name two data centers
            heal eu                   ~ heal takes two data centers, or none to heal all links, not 1
            get eu us!ers/alice       ~ the map name 'us!ers' must be
            keys eu us/ers            ~ the map name 'us/ers' must be
            load 0                    ~ load 0: N is 1 to
            sleep -1                  ~ sleep -1: MS is 0 or more
            expect eu expect/a 1      ~ expect/a at eu reads as absent, not as 1
            """)
    void whatCantBeDoneIsExplainedInOneSentence(String command, String sentence) {
        assertThat(sentencesOf(command)).singleElement().asString().startsWith(sentence);
    }

    @Test
    void aValueBeyondTheLimitIsRefusedAndTheShellGoesOn() {
        assertThat(sentencesOf("put eu large/a " + "x".repeat(1 << 20)))
                .singleElement()
                .asString()
                .contains("the limit is 1048576");
        run("put eu large/a small");
        run("expect eu large/a small");
        assertThat(sentencesOf("put eu large/" + "k".repeat(1_025) + " 1"))
                .singleElement()
                .asString()
                .contains("1025 bytes");
    }

    @Test
    void programsGetOneDocument() throws JsonProcessingException {
        run("put us json/a {\"n\": 1}");
        run("put us json/b text");
        assertThat(documentOf("keys us json -o json")).hasToString("[\"json/a\",\"json/b\"]");
        JsonNode version = documentOf("siblings us json/a --output json").path(0);
        assertThat(version.at("/value/n").intValue()).isEqualTo(1);
        assertThat(version.path("dataCenter").textValue()).isEqualTo("us");
        assertThat(documentOf("conflicts nothing -o json")).isEmpty();
        JsonNode status = documentOf("status -o json");
        assertThat(status.path("nodes").findValuesAsText("node")).containsExactly("eu-1", "us-1", "ap-1");
        assertThat(status.path("nodes").findValuesAsText("state")).containsOnly("ready");
        assertThat(status.at("/nodes/0/writes").isIntegralNumber()).isTrue();
        assertThat(status.path("links")).hasSize(6);
        assertThat(status.path("remarks")).isNotEmpty();
    }

    @Test
    void aStoryIsToldWithItsExplanationsAndToldAgainGoesTheSameWay() {
        assertThat(printedBy("story")).hasSize(26).anyMatch(line -> line.startsWith("conflict "));
        List<String> told = printedBy("story mergeable");
        assertThat(told)
                .contains("Europe is cut off. Both sides go on.", "> update eu sets/tags {\"remove\": \"red\"}")
                .endsWith("The end of mergeable.");
        assertThat(printedBy("story mergeable"))
                .contains("(What was there of its keys is deleted first.)")
                .endsWith("The end of mergeable.");
    }

    @Test
    void aStoryIsRefusedWhereItWouldGoAnotherWay() {
        assertThat(sentencesOf("story nothing")).containsExactly("there is no story 'nothing': 'story' lists all");
        assertThat(sentencesOf("story sloppy-quorum"))
                .singleElement()
                .asString()
                .contains("samples/demo --nodes-per-dc 2 --config samples/scripts/sloppy-quorum.conf");
        run("topology ring");
        run("cut us ap");
        assertThat(sentencesOf("story conflict"))
                .containsExactly(
                        "a story begins with links between all data centers, and this cluster's topology is ring:"
                                + " 'topology all-to-all' first");
        run("topology all-to-all");
        assertThat(sentencesOf("story conflict")).containsExactly("a story begins with all links: 'heal' first");
        run("heal");
        run("mode leaderless");
        assertThat(sentencesOf("story conflict"))
                .containsExactly(
                        "a story begins with a leader in each data center, and this cluster's mode is leaderless:"
                                + " 'mode multi-leader' first, or tell it in a demo of its own: samples/demo --script samples/scripts/conflict.txt");
        run("mode multi-leader");
        run("await");
    }

    private JsonNode documentOf(String command) throws JsonProcessingException {
        List<String> lines = printedBy(command);
        assertThat(lines).hasSize(1);
        return new ObjectMapper().readTree(lines.get(0));
    }

    @Test
    void aKilledNodeAnswersNothing() {
        run("kill us-1");
        try {
            assertThat(sentencesOf("get us users/a"))
                    .containsExactly("node us-1 has been killed: start it again with 'start us-1'");
            assertThat(printedBy("status"))
                    .anyMatch(line -> line.matches("us-1 +us +✖ killed .*"))
                    .anyMatch(line -> line.matches("eu -> us +✖ down .*"));
        } finally {
            run("start us-1");
        }
    }

    private List<String> sentencesOf(String command) {
        return Sentences.of(catchThrowable(() -> run(command)));
    }

    private List<String> printedBy(String command) {
        out.getBuffer().setLength(0);
        run(command);
        return out.toString().lines().toList();
    }

    private void run(String command) {
        assertThat(interpreter.run(command)).isTrue();
    }
}
