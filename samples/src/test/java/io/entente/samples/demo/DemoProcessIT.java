package io.entente.samples.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.entente.samples.node.SharedClasses;
import io.entente.samples.terminal.ExitCode;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code samples/demo} as its own process: streams, signals, exit codes. */
class DemoProcessIT {

    private static final long PATIENCE_SECONDS = 180;
    private static final int SIGTERM = 143;

    @TempDir
    Path directory;

    private @Nullable Process started;

    @AfterEach
    void stop() {
        if (started != null) {
            started.destroyForcibly();
        }
    }

    @Test
    void commandsFromStandardInputAreAnsweredAsTheyComeAndNothingIsLeftBehind() throws Exception {
        Process demo = start("--script", "-");
        try (PrintStream in = new PrintStream(demo.getOutputStream(), true, StandardCharsets.UTF_8);
                BufferedReader out = demo.inputReader(StandardCharsets.UTF_8)) {
            in.println("put eu users/alice 'Grüße, it''s me'");
            assertThat(out.readLine()).startsWith("written as eu/eu-1/");
            in.println("get eu users/alice");
            assertThat(out.readLine()).isEqualTo("\"Grüße, it''s me\"");
            in.println("expect eu users/alice something else");
            assertThat(exitCode(demo)).isEqualTo(ExitCode.FAILURE);
        }
        assertThat(errors())
                .contains("standard input:3: users/alice at eu reads as")
                .doesNotContain("\tat ", "\u001b");
        assertThat(temporaryDirectories()).isEmpty();
    }

    @Test
    void withoutATerminalTheShellReadsStandardInputAndGoesOnAfterAFailure() throws Exception {
        Process demo = start();
        try (PrintStream in = new PrintStream(demo.getOutputStream(), true, StandardCharsets.UTF_8);
                BufferedReader out = demo.inputReader(StandardCharsets.UTF_8)) {
            in.println("frobnicate");
            in.println("get eu users/alice");
            assertThat(out.readLine()).isEqualTo("absent");
            in.println("quit");
            assertThat(exitCode(demo)).isEqualTo(ExitCode.OK);
        }
        assertThat(errors()).contains("there is no command 'frobnicate'").doesNotContain("\u001b");
        assertThat(temporaryDirectories()).isEmpty();
    }

    @Test
    void aTemporaryDirectoryIsRemovedAfterSigterm() throws Exception {
        Process demo = start("--no-shell");
        await().atMost(Duration.ofSeconds(PATIENCE_SECONDS))
                .until(() -> errors().contains("running until told to stop") || !demo.isAlive());
        assertThat(temporaryDirectories()).hasSize(1);
        demo.destroy();
        assertThat(exitCode(demo)).isEqualTo(SIGTERM);
        assertThat(temporaryDirectories()).isEmpty();
    }

    @Test
    void misuseEndsAtOnce() throws Exception {
        Path script = Files.writeString(directory.resolve("script.txt"), "put eu users/alice 1\nput eu\n");
        assertThat(exitCode(start("--script", script.toString()))).isEqualTo(ExitCode.MISUSE);
        assertThat(errors()).startsWith("demo: " + script + ":2: ");
        assertThat(errors().lines()).hasSize(1);
    }

    private Process start(String... arguments) throws IOException {
        List<String> command = new ArrayList<>(
                List.of(Path.of("demo").toAbsolutePath().toString(), "--http-port", "0", "--latency", "5"));
        command.addAll(List.of(arguments));
        ProcessBuilder builder = new ProcessBuilder(command)
                .directory(directory.toFile())
                .redirectError(directory.resolve("stderr.txt").toFile());
        builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
        builder.environment()
                .put(
                        "JAVA_OPTS",
                        "-XX:TieredStopAtLevel=1 -Xmx500m -Djava.io.tmpdir=" + temporary() + " "
                                + SharedClasses.option());
        builder.environment().put("ENTENTE_LAUNCH_BUILD", "never");
        started = builder.start();
        return started;
    }

    private static int exitCode(Process demo) throws InterruptedException {
        assertThat(demo.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS))
                .as("the demo has ended")
                .isTrue();
        return demo.exitValue();
    }

    private String errors() throws IOException {
        return Files.readString(directory.resolve("stderr.txt"));
    }

    private Path temporary() throws IOException {
        return Files.createDirectories(directory.resolve("tmp"));
    }

    private List<Path> temporaryDirectories() throws IOException {
        try (Stream<Path> files = Files.list(temporary())) {
            return files.filter(file -> file.getFileName().toString().startsWith("entente-demo-"))
                    .toList();
        }
    }
}
