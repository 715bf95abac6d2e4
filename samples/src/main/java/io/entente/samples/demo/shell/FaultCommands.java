package io.entente.samples.demo.shell;

import io.entente.samples.demo.cluster.DemoCluster;
import io.entente.samples.demo.shell.Candidates.DataCenters;
import io.entente.samples.demo.shell.Candidates.Nodes;
import io.entente.samples.terminal.MisuseException;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** Commands that break things and mend them. */
final class FaultCommands {

    private FaultCommands() {}

    static List<ShellCommand> all(ShellContext context) {
        return List.of(
                new Cut(context),
                new Heal(context),
                new Isolate(context),
                new Kill(context),
                new Start(context),
                new Wipe(context));
    }

    @Command(name = "cut", description = "Cuts the link between two data centers, both ways.")
    static final class Cut extends ShellCommand {

        @Parameters(index = "0", paramLabel = "DC", completionCandidates = DataCenters.class)
        private String one = "";

        @Parameters(index = "1", paramLabel = "DC", completionCandidates = DataCenters.class)
        private String other = "";

        Cut(ShellContext context) {
            super(context);
        }

        @Override
        void run() {
            cluster().cut(one, other);
        }
    }

    @Command(name = "heal", description = "Heals the link between two data centers, or all links.")
    static final class Heal extends ShellCommand {

        @Parameters(
                index = "0..*",
                paramLabel = "DC DC",
                hideParamSyntax = true,
                arity = "0..2",
                completionCandidates = DataCenters.class)
        private List<String> ends = List.of();

        Heal(ShellContext context) {
            super(context);
        }

        @Override
        void run() {
            if (ends.isEmpty()) {
                cluster().healAll();
            } else if (ends.size() == 2) {
                cluster().heal(ends.get(0), ends.get(1));
            } else {
                throw new MisuseException("heal takes two data centers, or none to heal all links, not " + ends.size());
            }
        }
    }

    @Command(name = "isolate", description = "Cuts a data center off from all others.")
    static final class Isolate extends ShellCommand {

        @Parameters(index = "0", paramLabel = "DC", completionCandidates = DataCenters.class)
        private String dataCenter = "";

        Isolate(ShellContext context) {
            super(context);
        }

        @Override
        void run() {
            cluster().isolate(dataCenter);
        }
    }

    @Command(name = "kill", description = "Ends a node as SIGKILL would. Its data stays.")
    static final class Kill extends ShellCommand {

        @Parameters(index = "0", paramLabel = "NODE", completionCandidates = Nodes.class)
        private String node = "";

        Kill(ShellContext context) {
            super(context);
        }

        @Override
        void run() {
            cluster().kill(node);
        }
    }

    @Command(name = "start", description = "Starts killed nodes, and waits until they are ready.")
    static final class Start extends ShellCommand {

        @Parameters(index = "0..*", paramLabel = "NODE", arity = "1..*", completionCandidates = Nodes.class)
        private List<String> nodes = List.of();

        Start(ShellContext context) {
            super(context);
        }

        @Override
        void run() {
            List<String> missing = cluster().start(nodes, this::print);
            if (!missing.isEmpty()) {
                print(String.join(", ", nodes) + " will be ready when " + String.join(" and ", missing)
                        + (missing.size() == 1 ? " has" : " have")
                        + " started too: a node that knew a cluster never forms one alone");
            }
        }
    }

    @Command(name = "wipe", description = "Deletes the data of a killed node, as if its disk were lost.")
    static final class Wipe extends ShellCommand {

        @Parameters(index = "0", paramLabel = "NODE", completionCandidates = Nodes.class)
        private String node = "";

        Wipe(ShellContext context) {
            super(context);
        }

        @Override
        void run() {
            DemoCluster cluster = cluster();
            cluster.wipe(node);
        }
    }
}
