package io.entente.samples.demo;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import io.entente.samples.demo.cluster.DemoCluster;
import io.entente.samples.demo.cluster.DemoDirectory;
import io.entente.samples.demo.cluster.DemoSettings;
import io.entente.samples.demo.shell.InteractiveShell;
import io.entente.samples.demo.shell.Interpreter;
import io.entente.samples.demo.shell.Registry;
import io.entente.samples.demo.shell.Script;
import io.entente.samples.demo.shell.ShellContext;
import io.entente.samples.terminal.ConfigurationFile;
import io.entente.samples.terminal.ExitCode;
import io.entente.samples.terminal.MisuseException;
import io.entente.samples.terminal.ModeOption;
import io.entente.samples.terminal.PortOption;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** The options of {@code samples/demo}. */
@Command(
        name = "demo",
        sortOptions = false,
        usageHelpAutoWidth = true,
        description =
                "%nThree data centers (eu, us, ap) in one process: three nodes that form a real Akka cluster over loopback, each with "
                        + "its own RocksDB store. Cut links, kill nodes, write on both sides, and watch what comes of it.%n",
        footer = "%nIn the shell, 'help' lists the commands.")
final class DemoCommand implements Callable<Integer> {

    private static final List<String> TOPOLOGIES = List.of("all-to-all", "ring", "star", "tree");

    private static final long MOST_LATENCY_MILLIS = 60_000;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Option(
            names = "--script",
            paramLabel = "FILE",
            description =
                    "Run the shell commands in FILE (- for standard input), then exit: with 0, with 1 at the first command that fails, "
                            + "with 2 at one that is none.")
    private Optional<String> script = Optional.empty();

    @Option(
            names = "--data",
            paramLabel = "DIR",
            description = "Keep the nodes' data in DIR. Default: a fresh temporary directory, removed at exit.")
    private Optional<Path> data = Optional.empty();

    @Option(
            names = "--latency",
            paramLabel = "MS",
            defaultValue = "40",
            description = "One-way delay of Entente's messages between data centers. Default: ${DEFAULT-VALUE}.")
    private long latencyMillis;

    @Option(
            names = "--mode",
            paramLabel = "MODE",
            description =
                    "How a new cluster replicates: multi-leader, single-leader or leaderless. Default: as configured, or"
                            + " multi-leader.")
    private Optional<String> mode = Optional.empty();

    @Option(
            names = "--topology",
            paramLabel = "NAME",
            description =
                    "Who replicates to whom: all-to-all, ring, star (eu in the middle) or tree. Default: as configured,"
                            + " or all-to-all.")
    private Optional<String> topology = Optional.empty();

    @Option(
            names = "--nodes-per-dc",
            paramLabel = "N",
            description = "Nodes in each data center, 1 to " + DemoSettings.MOST_NODES + ". Default: 1.")
    private int nodesPerDataCenter = 1;

    @Option(
            names = "--http-port",
            paramLabel = "P",
            defaultValue = "8081",
            converter = PortOption.class,
            description =
                    "HTTP port of the first node; the next nodes take the next ones; 0 for free ones. Default: ${DEFAULT-VALUE}.")
    private int httpPort;

    @Option(
            names = "--config",
            paramLabel = "FILE",
            description = "Configuration for all nodes; reference.conf explains the keys.")
    private Optional<Path> config = Optional.empty();

    @Option(names = "--no-shell", description = "Run until the process is told to stop.")
    private boolean noShell;

    @Option(names = "--help", usageHelp = true, description = "Show this and exit.")
    @SuppressWarnings("UnusedVariable") // picocli asks for it
    private boolean help;

    @Override
    public Integer call() {
        requireOffered();
        Config application = onTopology(ConfigurationFile.read(config));
        AtomicReference<DemoCluster> cluster = new AtomicReference<>();
        CommandLine registry = Registry.of(new ShellContext(
                () -> Objects.requireNonNull(cluster.get(), "no cluster yet"),
                spec.commandLine().getOut(),
                Ansi.AUTO));
        Optional<Script> commands = script.map(name -> script(name, new Interpreter(registry)));
        try (RunningDemo demo = RunningDemo.in(data)) {
            DemoSettings settings =
                    DemoSettings.of(application, mode, Duration.ofMillis(latencyMillis), httpPort, nodesPerDataCenter);
            DemoCluster made = demo.cluster(directory -> new DemoCluster(settings, directory));
            cluster.set(made);
            try {
                new Greeting(spec.commandLine().getErr()).start(demo.directory(), made);
                run(commands, registry, demo.directory());
            } catch (RuntimeException e) {
                if (!demo.isClosed()) {
                    throw e;
                }
            }
        }
        return ExitCode.OK;
    }

    /** The option wins over whatever the file says of links. */
    private Config onTopology(Config application) {
        return topology.map(name -> ConfigFactory.parseMap(Map.of(
                                "entente.topology",
                                name,
                                "entente.topology-hub",
                                name.equals("star") ? DemoCluster.DATA_CENTERS.get(0) : "",
                                "entente.edges",
                                List.of()))
                        .withFallback(application))
                .orElse(application);
    }

    private static Script script(String name, Interpreter interpreter) {
        return name.equals("-") ? Script.from(System.in) : Script.in(Path.of(name), interpreter);
    }

    private void run(Optional<Script> commands, CommandLine registry, DemoDirectory directory) {
        PrintWriter err = spec.commandLine().getErr();
        if (commands.isPresent()) {
            commands.get().run(new Interpreter(registry), line -> echo(err, line));
        } else if (noShell) {
            untilToldToStop(err);
        } else {
            Greeting.suggest(err);
            Optional<Path> history = directory.isTemporary() ? Optional.empty() : Optional.of(directory.history());
            new InteractiveShell(registry, err).run(history);
        }
    }

    private static void echo(PrintWriter err, String line) {
        err.println(Ansi.AUTO.string("@|faint > |@") + line);
        err.flush();
    }

    private static void untilToldToStop(PrintWriter err) {
        err.println("running until told to stop (Ctrl-C or SIGTERM)");
        err.flush();
        try {
            new CountDownLatch(1).await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void requireOffered() {
        mode.ifPresent(ModeOption::require);
        topology.ifPresent(name -> require(
                TOPOLOGIES.contains(name),
                "--topology " + name + " is unknown: use one of " + String.join(", ", TOPOLOGIES)));
        require(
                nodesPerDataCenter >= 1 && nodesPerDataCenter <= DemoSettings.MOST_NODES,
                "--nodes-per-dc " + nodesPerDataCenter + ": give 1 to " + DemoSettings.MOST_NODES);
        require(
                latencyMillis >= 0 && latencyMillis <= MOST_LATENCY_MILLIS,
                "--latency " + latencyMillis + ": give 0 to " + MOST_LATENCY_MILLIS + " milliseconds");
        require(!(noShell && script.isPresent()), "--no-shell and --script exclude each other: give one of them");
    }

    private static void require(boolean condition, String otherwise) {
        if (!condition) {
            throw new MisuseException(otherwise);
        }
    }
}
