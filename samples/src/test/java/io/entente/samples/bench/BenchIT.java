package io.entente.samples.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.contentOf;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.entente.samples.node.SharedClasses;
import io.entente.samples.terminal.ExitCode;
import io.entente.samples.terminal.Program;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Each benchmark with tiny numbers, by its script: it runs, and tells all its figures. How large they are is not looked at. */
class BenchIT {

    @TempDir
    Path directory;

    @TempDir
    Path said;

    @Test
    void replicate() throws IOException {
        assertThat(figures("replicate", "--processes", "--writes", "200", "--keys", "50"))
                .contains("replicate.raw.throughput", "replicate.raw.cpu")
                .contains(
                        "replicate.one-process.throughput", "replicate.one-process.cpu", "replicate.one-process.ratio")
                .contains("replicate.three-processes.throughput", "replicate.three-processes.ratio");
    }

    @Test
    void latency() throws IOException {
        assertThat(figures("latency", "--rate", "100", "--seconds", "1", "--keys", "50"))
                .contains("put.raw.p50", "put.raw.p99", "put.raw.p99.9")
                .contains("put.async.p50", "put.async.p99", "put.async.p99.9", "put.2dc.p50", "put.2dc.p99.9");
    }

    @Test
    void lag() throws IOException {
        assertThat(figures("lag", "--rate", "100", "--seconds", "1", "--keys", "50"))
                .containsExactly("lag.raw.p50", "lag.raw.p99", "lag.replicated.p50", "lag.replicated.p99");
    }

    @Test
    void reads() throws IOException {
        assertThat(figures("reads", "--rate", "100", "--seconds", "1", "--writes", "200", "--keys", "50"))
                .contains("reads.raw.throughput", "reads.raw.cpu", "reads.raw.p50", "reads.raw.p99.9")
                .contains("reads.replica.throughput", "reads.replica.cpu", "reads.replica.p50", "reads.replica.p99.9");
    }

    @Test
    void catchUp() throws IOException {
        assertThat(figures("catch-up", "--writes", "2000", "--keys", "50"))
                .contains("catch-up.raw.throughput", "catch-up.replica.throughput", "catch-up.replica.start");
    }

    @Test
    void join() throws IOException {
        assertThat(figures("join", "--counts", "3000", "--window", "64", "--seconds", "1"))
                .contains("join.raw.seconds.3000", "join.seconds.3000", "join.caught-up.3000", "join.wire.3000")
                .contains("join.before.3000", "join.snapshot.3000", "join.since.3000", "join.left.3000")
                .contains("join.heap.source.before.3000", "join.heap.source.3000", "join.heap.joined.3000");
    }

    @Test
    void links() throws IOException {
        assertThat(figures("links", "--writes", "200", "--keys", "50", "--delays", "0,5", "--partitions", "2"))
                .containsExactly("links.0ms.throughput", "links.5ms.throughput", "links.5ms.ratio");
    }

    @Test
    void cost() throws IOException {
        assertThat(figures("cost", "--writes", "200", "--keys", "50", "--key-counts", "10", "--incarnations", "3"))
                .contains("cost.raw.cpu", "cost.raw.allocated", "cost.raw.heap", "cost.raw.wire")
                .contains("cost.replicated.cpu", "cost.replicated.allocated", "cost.replicated.heap")
                .contains("cost.replicated.wire", "cost-keys.raw.10.cpu", "cost-keys.replicated.10.cpu")
                .contains("cost-incarnations.replicated.3.cpu");
    }

    @Test
    void mergeable() throws IOException {
        assertThat(figures("mergeable", "--writes", "200", "--sizes", "10,100"))
                .contains("mergeable.add.10.cpu", "mergeable.add.100.cpu", "mergeable.add.100.ratio")
                .contains("mergeable.add.10.wire", "mergeable.add.10.store", "mergeable.add.100.log")
                .contains("mergeable.raw.100.log", "mergeable.put.10.cpu", "mergeable.put.100.ratio");
    }

    @Test
    void jmh() throws IOException {
        Path json = directory.resolve("jmh.json");
        assertThat(Program.run(
                        new BenchMain(),
                        "jmh",
                        "Vector.*contains",
                        "--runs",
                        "1",
                        "--milliseconds",
                        "10",
                        "--json",
                        "" + json))
                .isEqualTo(ExitCode.OK);
        assertThat(new ObjectMapper().readTree(Files.readString(json)))
                .extracting(result -> result.get("benchmark").asText())
                .allMatch(name -> name.endsWith("VectorBenchmark.contains"))
                .hasSize(3);
    }

    private List<String> figures(String... arguments) throws IOException {
        Path json = directory.resolve("figures.json");
        Path chart = directory.resolve("chart.svg");
        List<String> words = new ArrayList<>(List.of(arguments));
        words.addAll(List.of("--runs", "1", "--durability", "os", "--directory", directory.toString()));
        words.addAll(List.of("--json", json.toString(), "--chart", chart.toString()));
        String told = bench(words);
        assertThat(chart).content().contains("<svg", "</svg>");
        List<String> ids = new ArrayList<>();
        JsonNode document = new ObjectMapper().readTree(Files.readString(json));
        for (JsonNode benchmark : document.get("benchmarks")) {
            for (JsonNode figure : benchmark.get("figures")) {
                assertThat(told).contains(figure.get("label").asText());
                assertThat(figure.get("median").asDouble()).isFinite();
                ids.add(figure.get("figure").asText());
            }
        }
        try (Stream<Path> left = Files.list(directory)) {
            assertThat(left).as("what is left behind").containsExactlyInAnyOrder(json, chart);
        }
        return ids;
    }

    /** Runs the script as a user does; what it prints. */
    private String bench(List<String> words) throws IOException {
        Path out = said.resolve("out");
        Path err = said.resolve("err");
        List<String> command = new ArrayList<>();
        command.add(Path.of("bench").toAbsolutePath().toString());
        command.addAll(words);
        ProcessBuilder builder = new ProcessBuilder(command)
                .directory(said.toFile())
                .redirectOutput(out.toFile())
                .redirectError(err.toFile());
        builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
        builder.environment().put("ENTENTE_LAUNCH_BUILD", "never");
        builder.environment().put("JAVA_OPTS", "-XX:TieredStopAtLevel=1 -Xmx500m " + SharedClasses.option());
        assertThat(builder.start().onExit().join().exitValue())
                .as(() -> contentOf(err.toFile()))
                .isEqualTo(ExitCode.OK);
        return Files.readString(out);
    }
}
