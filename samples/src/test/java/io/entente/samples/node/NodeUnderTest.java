package io.entente.samples.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A process of {@code samples/node}: started by its script, ended by signals. */
final class NodeUnderTest {

    private static final Duration PATIENCE = Duration.ofMinutes(3);
    /** Short forms of what is sent are agreed upon within seconds, not in a minute, which few tests would live to see. */
    static final String QUICK_START = "-XX:TieredStopAtLevel=1 -Xmx300m"
            + " -Dakka.remote.artery.advanced.compression.actor-refs.advertisement-interval=2s"
            + " -Dakka.remote.artery.advanced.compression.manifests.advertisement-interval=2s";

    private final Path home;
    private final List<String> arguments = new ArrayList<>();
    private final Map<String, String> environment = new TreeMap<>();
    private @Nullable Process process;

    /** A node whose output and working directory are in {@code home}. */
    NodeUnderTest(Path home, String... arguments) {
        this.home = home;
        this.arguments.addAll(List.of(arguments));
    }

    NodeUnderTest with(String... more) {
        arguments.addAll(List.of(more));
        return this;
    }

    NodeUnderTest withEnvironment(String name, String value) {
        environment.put(name, value);
        return this;
    }

    NodeUnderTest start() {
        List<String> command = new ArrayList<>();
        command.add(Path.of("node").toAbsolutePath().toString());
        command.addAll(arguments);
        ProcessBuilder builder = new ProcessBuilder(command)
                .directory(home.toFile())
                .redirectOutput(ProcessBuilder.Redirect.appendTo(out().toFile()))
                .redirectError(ProcessBuilder.Redirect.appendTo(err().toFile()));
        builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
        builder.environment().put("ENTENTE_LAUNCH_BUILD", "never");
        if (!environment.containsKey("JAVA_OPTS")) {
            builder.environment().put("JAVA_OPTS", QUICK_START + " " + SharedClasses.option());
        }
        builder.environment().putAll(environment);
        try {
            process = builder.start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return this;
    }

    /** Waits for the line that says that it is ready, which it has then printed so many times. */
    NodeUnderTest awaitReady(int times) {
        await().atMost(PATIENCE).pollInterval(Duration.ofMillis(50)).untilAsserted(() -> {
            assertThat(running().isAlive())
                    .as(() -> "the node runs:\n" + read(err()))
                    .isTrue();
            assertThat(read(out()).lines().filter(line -> line.contains(" is ready: ")))
                    .as(() -> "the node is ready:\n" + read(err()))
                    .hasSize(times);
        });
        return this;
    }

    /** SIGKILL. */
    void kill() {
        running().destroyForcibly();
        exitCode();
    }

    /** SIGSTOP: it stands still, keeps its connections, and says nothing. */
    void pause() {
        signal("STOP");
    }

    /** SIGCONT. */
    void goOn() {
        signal("CONT");
    }

    private void signal(String name) {
        try {
            Process sent = new ProcessBuilder(
                            "kill", "-" + name, Long.toString(running().pid()))
                    .start();
            assertThat(sent.waitFor()).as("exit code of kill -" + name).isZero();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** SIGTERM; the exit code. */
    int terminate() {
        running().destroy();
        return exitCode();
    }

    /** Waits for its end; the exit code. */
    int exitCode() {
        try {
            assertThat(running().waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS))
                    .as(() -> "the process has ended:\n" + output())
                    .isTrue();
            return running().exitValue();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    boolean isAlive() {
        return process != null && process.isAlive();
    }

    void stopAtLast() {
        if (isAlive()) {
            kill();
        }
    }

    String output() {
        return read(out());
    }

    String errors() {
        return read(err());
    }

    /** What the program itself said at last, without the log. */
    String lastSentence() {
        List<String> said =
                errors().lines().filter(line -> line.startsWith("node: ")).toList();
        assertThat(said).as(this::errors).isNotEmpty();
        return said.get(said.size() - 1);
    }

    static void delete(Path directory) {
        try (Stream<Path> files = Files.walk(directory)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Process running() {
        assertThat(process).as("a process that was started").isNotNull();
        return process;
    }

    private Path out() {
        return home.resolve("stdout.txt");
    }

    private Path err() {
        return home.resolve("stderr.txt");
    }

    private static String read(Path file) {
        try {
            return Files.exists(file) ? Files.readString(file) : "";
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
