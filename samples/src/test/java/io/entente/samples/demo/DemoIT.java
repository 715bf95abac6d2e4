package io.entente.samples.demo;

import static org.assertj.core.api.Assertions.assertThat;

import io.entente.samples.terminal.ExitCode;
import io.entente.samples.terminal.Program;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

/** Commands of the demo on real nodes, in this process, as its options have it; the sample scripts are for {@link ScriptsIT}. */
class DemoIT {

    @TempDir
    Path directory;

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @Test
    void concurrentWritesAcrossACutAreBothKeptAndReadAlikeEverywhere() throws IOException {
        assertThat(run(
                        "isolate ap",
                        "put ap users/alice 'in Asia'",
                        "sleep 10",
                        "put eu users/alice 'in Europe'",
                        "heal",
                        "await",
                        "siblings us users/alice",
                        "expect eu users/alice in Europe",
                        "expect us users/alice in Europe",
                        "expect ap users/alice in Europe"))
                .isEqualTo(ExitCode.OK);
        assertThat(out.toString()).contains("\"in Asia\"", "\"in Europe\"", "reads as \"in Europe\"");
    }

    @ParameterizedTest
    @ValueSource(strings = {"ring", "star", "tree"})
    void writesArePassedOnWhereDataCentersAreNotLinkedDirectly(String topology) throws IOException {
        Path script = Files.writeString(Files.createTempFile("entente-topology", ".txt"), """
                put us users/alice 'in America'
                put ap users/bob 'in Asia'
                await
                expect ap users/alice in America
                expect eu users/alice in America
                expect us users/bob in Asia
                """);
        try {
            assertThat(demo("--topology", topology, "--script", script.toString()))
                    .as("exit code; %s", err)
                    .isEqualTo(ExitCode.OK);
        } finally {
            Files.delete(script);
        }
    }

    @Test
    void theNextNodeOfADataCenterTakesOverWhenOneIsKilled() throws IOException {
        Path script = script(
                "load 200",
                "put eu users/alice before",
                "expect eu users/alice before",
                "await",
                "expect us users/alice before",
                "status",
                "kill eu-1",
                "await",
                "put eu users/alice after",
                "load 200",
                "expect eu users/alice after",
                "await",
                "expect ap users/alice after",
                "isolate eu",
                "start eu-1",
                "put eu users/bob unheard",
                "expect us users/bob absent",
                "heal",
                "await",
                "expect us users/bob unheard",
                "keys ap load");
        assertThat(demo("--nodes-per-dc", "2", "--script", script.toString()))
                .as("exit code; %s", err)
                .isEqualTo(ExitCode.OK);
        assertThat(out.toString()).contains("eu-2", "load/199");
        assertThat(out.toString().lines().filter(line -> line.matches("(eu|us|ap)-[12] +.. +✔ ready +[0-8] of 8 .*")))
                .hasSize(6);
    }

    @Test
    void cutsOutliveTheNodesThatMakeThem() throws IOException {
        assertThat(run(
                        "isolate us",
                        "kill us-1",
                        "kill eu-1",
                        "start eu-1",
                        "start us-1",
                        "put us users/alice unheard",
                        "sleep 500",
                        "expect eu users/alice absent",
                        "expect ap users/alice absent",
                        "heal",
                        "await",
                        "expect eu users/alice unheard"))
                .isEqualTo(ExitCode.OK);
    }

    @Test
    void aClusterThatStoppedAsAWholeComesBackThoughOneOfItsNodesIsEmpty() throws IOException {
        assertThat(run(
                        "put eu users/alice 1",
                        "await",
                        "kill eu-1",
                        "kill us-1",
                        "kill ap-1",
                        "wipe eu-1",
                        "start ap-1",
                        "start eu-1 us-1",
                        "put eu users/alice 2",
                        "await",
                        "expect ap users/alice 2"))
                .isEqualTo(ExitCode.OK);
        assertThat(out.toString()).contains("ap-1 will be ready when eu-1 and us-1 have started too");
    }

    @Test
    void aNodeIsRestoredFromABackup() throws IOException {
        String backup = directory.resolve("backups/monday").toString();
        assertThat(run(
                        "put eu users/alice 1",
                        "backup eu-1 " + backup,
                        "put eu users/alice 2",
                        "put eu users/bob 1",
                        "await",
                        "kill eu-1",
                        "restore eu-1 " + backup,
                        "start eu-1",
                        "put eu users/carol 1",
                        "await",
                        "expect eu users/alice 2",
                        "expect eu users/bob 1",
                        "expect ap users/carol 1"))
                .isEqualTo(ExitCode.OK);
    }

    @Test
    void nodesComeBackOneAfterTheOther() throws IOException {
        assertThat(run(
                        "kill us-1",
                        "kill ap-1",
                        "put eu users/alice 1",
                        "start us-1",
                        "await",
                        "expect us users/alice 1",
                        "start ap-1",
                        "await",
                        "expect ap users/alice 1"))
                .isEqualTo(ExitCode.OK);
    }

    @Test
    void aMapIsResolvedAsConfigured() throws IOException {
        Path config = Files.writeString(
                directory.resolve("demo.conf"),
                "entente.maps { prices { resolver = max }, notes { resolver = keep-all } }");
        Path script = script(
                "isolate eu",
                "put eu prices/tea 7",
                "put eu notes/tea black",
                "sleep 10",
                "put us prices/tea 5",
                "put us notes/tea green",
                "heal",
                "await",
                "expect us prices/tea 7",
                "get ap notes/tea");
        assertThat(demo("--script", script.toString(), "--config", config.toString()))
                .as("exit code; %s", err)
                .isEqualTo(ExitCode.OK);
        assertThat(out.toString()).contains("several versions: ", "\"black\"", "\"green\"");
    }

    @Test
    void aSecondStartWithTheSameDirectoryFindsItsData() throws IOException {
        String data = directory.resolve("data").toString();
        assertThat(demo(
                        "--data",
                        data,
                        "--script",
                        script("put eu users/alice kept", "await").toString()))
                .as("exit code; %s", err)
                .isEqualTo(ExitCode.OK);
        assertThat(demo(
                        "--data",
                        data,
                        "--script",
                        script("expect ap users/alice kept").toString()))
                .as("exit code; %s", err)
                .isEqualTo(ExitCode.OK);
    }

    @Test
    void aFailedExpectationSaysWhatThereIsAndWhere() throws IOException {
        Path script = script("put eu users/alice 1", "expect eu users/alice 2", "put eu users/alice 3");
        assertThat(demo("--script", script.toString())).isEqualTo(ExitCode.FAILURE);
        assertThat(err.toString()).contains("demo: " + script + ":2: users/alice at eu reads as 1, not as 2");
        assertThat(err.toString()).doesNotContain("users/alice 3");
    }

    private int run(String... commands) throws IOException {
        return demo("--script", script(commands).toString());
    }

    private Path script(String... commands) throws IOException {
        return Files.write(Files.createTempFile(directory, "script", ".txt"), List.of(commands));
    }

    private int demo(String... arguments) {
        List<String> all = new ArrayList<>(List.of("--http-port", "0", "--latency", "5"));
        all.addAll(List.of(arguments));
        CommandLine demo = Program.commandLine(new DemoCommand());
        demo.setOut(new PrintWriter(out));
        demo.setErr(new PrintWriter(err));
        return demo.execute(all.toArray(String[]::new));
    }
}
