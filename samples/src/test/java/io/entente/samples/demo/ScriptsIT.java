package io.entente.samples.demo;

import static org.assertj.core.api.Assertions.assertThat;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import io.entente.cluster.client.EntenteClient;
import io.entente.cluster.client.Site;
import io.entente.core.topology.TopologyPlan;
import io.entente.samples.client.Shop;
import io.entente.samples.demo.cluster.DemoCluster;
import io.entente.samples.demo.cluster.DemoDirectory;
import io.entente.samples.demo.cluster.DemoNode;
import io.entente.samples.demo.cluster.DemoSettings;
import io.entente.samples.demo.shell.Interpreter;
import io.entente.samples.demo.shell.Registry;
import io.entente.samples.demo.shell.Script;
import io.entente.samples.demo.shell.ShellContext;
import io.entente.samples.resolver.Cart;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import picocli.CommandLine.Help.Ansi;

/**
 * The scripts beside the demo, each run as the comment at its top says. Starting a demo takes longer than most of them, so those that need the same
 * share one: each uses maps or keys of its own, and is given the cluster healed, complete, and in the mode it was founded with.
 */
@TestInstance(Lifecycle.PER_CLASS)
class ScriptsIT {

    private static final Path SCRIPTS = Path.of("scripts");
    private static final Duration LATENCY = Duration.ofMillis(5);

    /** The demo may have just begun, on a busy machine. */
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final List<SampleScript> scripts = SampleScript.all(SCRIPTS);
    private @Nullable SharedDemo demo;

    @AfterAll
    void stop() {
        if (demo != null) {
            demo.close();
        }
    }

    @ParameterizedTest
    @MethodSource("scripts")
    void everyScriptHoldsWhatItPromises(SampleScript script) {
        demoFor(script).run(script.file());
    }

    List<SampleScript> scripts() {
        return scripts;
    }

    private SharedDemo demoFor(SampleScript script) {
        if (demo != null && demo.terms.equals(script.terms())) {
            demo.tidy();
            return demo;
        }
        stop();
        Config shared = ConfigFactory.parseString(scripts.stream()
                .filter(other -> other.terms().equals(script.terms()))
                .map(SampleScript::configuration)
                .collect(Collectors.joining("\n")));
        SharedDemo started = new SharedDemo(script.terms(), shared);
        demo = started;
        return started;
    }

    @Test
    void aShopThatIsNoMemberFindsItsCartsInEachDataCenter() {
        SharedDemo shared = demo == null ? demoFor(scripts.get(0)) : demo; // any will do, in whichever mode
        Shop here = new Shop(EntenteClient.of(shared.site("eu"), shared.site("us")), "", PATIENCE);
        here.putIn("alice", "a1", new Cart.Line("tea", 2)).toCompletableFuture().join();
        here.putIn("alice", "a2", new Cart.Line("milk", 1))
                .toCompletableFuture()
                .join();
        Shop there = new Shop(EntenteClient.of(shared.site("ap")), here.cookie(), PATIENCE);
        Cart cart = there.cart("alice").toCompletableFuture().join();
        assertThat(cart.lines()).containsOnlyKeys("a1", "a2");
    }

    @Test
    void everyScriptIsExplainedAndListedAndEndsInExpectations() throws IOException {
        String readme = Files.readString(Path.of("README.md"));
        for (SampleScript script : scripts) {
            List<String> lines = Files.readAllLines(script.file());
            List<String> commands = lines.stream()
                    .filter(line -> !line.isBlank() && !line.startsWith("#"))
                    .toList();
            assertThat(commands.get(commands.size() - 1)).as("%s", script).startsWith("expect ");
            assertThat(lines.stream().filter(line -> line.startsWith("#")))
                    .as("comments of %s", script)
                    .hasSizeGreaterThan(3);
            assertThat(readme).contains("](scripts/" + script + ")");
        }
    }

    /**
     * What a script needs.
     *
     * @param nodesPerDataCenter how many nodes
     * @param ownDemo its name where its configuration concerns more than its maps; else empty
     */
    private record Terms(int nodesPerDataCenter, String ownDemo) {}

    /**
     * A script.
     *
     * @param file where it is
     * @param terms what it needs
     * @param configuration the text of its configuration; empty for none
     */
    private record SampleScript(Path file, Terms terms, String configuration) {

        private static final String USAGE = "#   samples/demo ";

        private static List<SampleScript> all(Path directory) {
            try (Stream<Path> files = Files.list(directory)) {
                return files.filter(file -> file.toString().endsWith(".txt"))
                        .map(SampleScript::of)
                        .sorted((a, b) -> a.order().compareTo(b.order()))
                        .toList();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        private static SampleScript of(Path file) {
            try {
                String usage = Files.readAllLines(file).stream()
                        .filter(line -> line.startsWith(USAGE))
                        .findFirst()
                        .orElseThrow();
                List<String> options =
                        new ArrayList<>(List.of(usage.substring(USAGE.length()).split(" ")));
                assertThat(option(options, "--script")).isEqualTo("samples/" + file);
                String config = option(options, "--config");
                String nodes = option(options, "--nodes-per-dc");
                assertThat(options)
                        .as("options of %s that this test doesn't know", file)
                        .isEmpty();
                String text =
                        config.isEmpty() ? "" : Files.readString(Path.of("..").resolve(config));
                boolean isOwn = !text.isEmpty() && !concernsMapsAlone(ConfigFactory.parseString(text));
                return new SampleScript(
                        file,
                        new Terms(nodes.isEmpty() ? 1 : Integer.parseInt(nodes), isOwn ? file.toString() : ""),
                        text);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        private static boolean concernsMapsAlone(Config config) {
            return config.root().keySet().stream().allMatch(key -> key.equals("entente"))
                    && config.getObject("entente").keySet().stream().allMatch(key -> key.equals("maps"));
        }

        private static String option(List<String> options, String name) {
            int at = options.indexOf(name);
            if (at < 0) {
                return "";
            }
            options.remove(at);
            return options.remove(at);
        }

        private String order() {
            return terms + " " + file;
        }

        @Override
        public String toString() {
            return Objects.requireNonNull(file.getFileName()).toString();
        }
    }

    /** A demo for several scripts. */
    private static final class SharedDemo implements AutoCloseable {

        private final Terms terms;
        private final DemoDirectory directory = DemoDirectory.temporary();
        private final DemoCluster cluster;
        private final StringWriter out = new StringWriter();
        private final Interpreter interpreter;
        private final String mode;
        private final TopologyPlan topology;

        private SharedDemo(Terms terms, Config configuration) {
            this.terms = terms;
            this.cluster = new DemoCluster(
                    DemoSettings.of(configuration, Optional.empty(), LATENCY, 0, terms.nodesPerDataCenter()),
                    directory);
            this.interpreter =
                    new Interpreter(Registry.of(new ShellContext(() -> cluster, new PrintWriter(out), Ansi.OFF)));
            cluster.start(what -> {});
            this.mode = cluster.firstLive().view().mode();
            this.topology = cluster.firstLive().view().topology().plan();
        }

        private Site site(String dataCenter) {
            return Site.of(dataCenter, cluster.in(dataCenter).url());
        }

        private void run(Path script) {
            Script.in(script, interpreter).run(interpreter, line -> {});
        }

        /** Takes back whatever the script before left. */
        private void tidy() {
            List<String> lines = new ArrayList<>(List.of("session", "reads", "writes", "heal"));
            List<String> killed = cluster.nodes().stream()
                    .filter(node -> !node.isLive())
                    .map(DemoNode::name)
                    .toList();
            if (!killed.isEmpty()) {
                lines.add("start " + String.join(" ", killed));
            }
            if (!cluster.firstLive().view().topology().plan().equals(topology)) {
                lines.add("topology all-to-all");
            }
            lines.add("await");
            lines.forEach(interpreter::run);
            if (!cluster.firstLive().view().mode().equals(mode)) {
                interpreter.run("mode " + mode);
                interpreter.run("await");
            }
        }

        @Override
        public void close() {
            cluster.close();
            directory.close();
        }
    }
}
