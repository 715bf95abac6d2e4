package io.entente.samples.demo.shell;

import io.entente.core.mode.ReadConcern;
import io.entente.core.mode.WriteConcern;
import io.entente.samples.demo.cluster.StickyClient;
import io.entente.samples.terminal.MisuseException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** Commands that say who the lines after them are from, and what they may expect. */
final class ConsistencyCommands {

    private static final Duration MOST = Duration.ofMinutes(1);

    private ConsistencyCommands() {}

    static List<ShellCommand> all(ShellContext context) {
        return List.of(new Reads(context), new Writes(context), new Session(context), new Client(context));
    }

    private static Optional<Duration> timeout(String line, Optional<Long> millis) {
        millis.filter(given -> given < 1 || given > MOST.toMillis()).ifPresent(given -> {
            throw new MisuseException(line + " " + given + ": MS is 1 to " + MOST.toMillis());
        });
        return millis.map(Duration::ofMillis);
    }

    @Command(
            name = "reads",
            description =
                    "Sets what the lines after it read: local, session, leader, local-quorum, quorum, or so many copies; and for how long they wait.%n"
                            + "Without CONCERN what the map is configured with, or what the session has seen, as at first.")
    static final class Reads extends ShellCommand {

        @Parameters(index = "0", paramLabel = "CONCERN", arity = "0..1", converter = ConcernOption.OfReads.class)
        private Optional<ReadConcern> concern = Optional.empty();

        @Parameters(index = "1", paramLabel = "MS", arity = "0..1")
        private Optional<Long> millis = Optional.empty();

        Reads(ShellContext context) {
            super(context);
        }

        @Override
        void run() {
            cluster().sessions().reads(concern, timeout("reads", millis));
        }
    }

    @Command(
            name = "writes",
            description =
                    "Sets what the lines after it wait for: async, semi-sync, sync, local-quorum, quorum, 2 for copies, 2dc for data centers; and how long.%n"
                            + "Without CONCERN what the map is configured with, or the leader's disk alone, as at first. A single leader's"
                            + " acknowledgement is the least.")
    static final class Writes extends ShellCommand {

        @Parameters(index = "0", paramLabel = "CONCERN", arity = "0..1", converter = ConcernOption.OfWrites.class)
        private Optional<WriteConcern> concern = Optional.empty();

        @Parameters(index = "1", paramLabel = "MS", arity = "0..1")
        private Optional<Long> millis = Optional.empty();

        Writes(ShellContext context) {
            super(context);
        }

        @Override
        void run() {
            cluster().sessions().writes(concern, timeout("writes", millis));
        }
    }

    @Command(
            name = "session",
            description =
                    "The lines after it belong to the session NAME, at whatever data center they read and write.%n"
                            + "Without NAME to a session of each data center, as at first.")
    static final class Session extends ShellCommand {

        @Parameters(index = "0", paramLabel = "NAME", arity = "0..1")
        private Optional<String> name = Optional.empty();

        Session(ShellContext context) {
            super(context);
        }

        @Override
        void run() {
            cluster().sessions().use(name);
        }
    }

    @Command(
            name = "client",
            description =
                    "Makes a client that keeps to the first DC, and goes to the next one only when no node there is ready.%n"
                            + "Its NAME can then stand for DC in 'put', 'get', 'expect' and so on. Its session goes with it.")
    static final class Client extends ShellCommand {

        @Parameters(index = "0", paramLabel = "NAME")
        private String name = "";

        @Parameters(
                index = "1..*",
                paramLabel = "DC",
                arity = "1..*",
                completionCandidates = Candidates.DataCenters.class)
        private List<String> dataCenters = List.of();

        Client(ShellContext context) {
            super(context);
        }

        @Override
        void run() {
            cluster().client(new StickyClient(name, dataCenters, this::print));
        }
    }
}
