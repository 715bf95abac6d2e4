package io.entente.samples.demo.shell;

import io.entente.cluster.map.StoredMap;
import io.entente.samples.demo.cluster.DemoNode;
import io.entente.samples.terminal.FailureException;
import io.entente.samples.terminal.MisuseException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** Commands that concern the cluster as a whole. */
final class ClusterCommands {

    private ClusterCommands() {}

    static List<ShellCommand> all(ShellContext context) {
        return List.of(
                new Await(context),
                new Status(context),
                new VerifyCommand(context),
                new TopologyCommand(context),
                new ConflictsCommand(context),
                new Load(context),
                new Sleep(context));
    }

    @Command(
            name = "await",
            description =
                    "Waits until all live nodes, or those of some data centers, have the same writes and every partition a live leader; fails after 30 s.")
    static final class Await extends ShellCommand {

        private static final Duration PATIENCE = Duration.ofSeconds(30);

        @Parameters(
                index = "0..*",
                paramLabel = "DC",
                arity = "0..*",
                completionCandidates = Candidates.DataCenters.class)
        private List<String> dataCenters = List.of();

        Await(ShellContext context) {
            super(context);
        }

        @Override
        void run() {
            cluster().awaitEqual(PATIENCE, dataCenters);
        }
    }

    @Command(
            name = "status",
            description =
                    "Shows nodes, links and how many writes each node has and lacks.%n"
                            + "The lag of a link is what its sender has no report of yet, which takes a little longer than the writes.")
    static final class Status extends ShellCommand {

        @Mixin
        private OutputOption output = new OutputOption();

        Status(ShellContext context) {
            super(context);
        }

        @Override
        void run() {
            StatusTables tables = new StatusTables(context());
            if (output.isJson()) {
                OutputOption.print(context(), tables.json(cluster()));
            } else {
                tables.print(cluster());
            }
        }
    }

    @Command(
            name = "load",
            description = "Writes N values, in turn at each data center, RATE a second or as fast as it goes.")
    static final class Load extends ShellCommand {

        private static final int MOST = 10_000_000;

        @Parameters(index = "0", paramLabel = "N")
        private int count;

        @Parameters(index = "1", paramLabel = "RATE", arity = "0..1", defaultValue = "0")
        private int rate;

        Load(ShellContext context) {
            super(context);
        }

        @Override
        void run() {
            if (count < 1 || count > MOST) {
                throw new MisuseException("load " + count + ": N is 1 to " + MOST);
            }
            if (rate < 0) {
                throw new MisuseException("load " + count + " " + rate + ": RATE is 1 or more, or left out");
            }
            List<StoredMap> targets = new ArrayList<>();
            for (DemoNode node : cluster().liveNodes()) {
                targets.add(node.maps().stored(LoadRun.MAP));
            }
            if (targets.isEmpty()) {
                throw new FailureException("no node runs: start one first");
            }
            LoadRun.Result result = new LoadRun(targets).write(count, rate);
            print(result.toString());
            result.firstFailure().ifPresent(failure -> {
                throw new FailureException(result.failed() + " of " + count + " writes failed: " + failure);
            });
        }
    }

    @Command(name = "sleep", description = "Waits so many milliseconds.")
    static final class Sleep extends ShellCommand {

        @Parameters(index = "0", paramLabel = "MS")
        private long millis;

        Sleep(ShellContext context) {
            super(context);
        }

        @Override
        void run() {
            if (millis < 0) {
                throw new MisuseException("sleep " + millis + ": MS is 0 or more");
            }
            try {
                TimeUnit.MILLISECONDS.sleep(millis);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new FailureException("interrupted", e);
            }
        }
    }
}
