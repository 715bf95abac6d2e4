package io.entente.samples.demo.shell;

import io.entente.core.mode.ReadConcern;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** Commands that say what the lines after them may expect to see. */
final class ConsistencyCommands {

    private ConsistencyCommands() {}

    static List<ShellCommand> all(ShellContext context) {
        return List.of(new Reads(context), new Session(context));
    }

    @Command(
            name = "reads",
            description =
                    "Sets what the lines after it read: local, session, local-quorum, quorum, or so many copies.%n"
                            + "Without CONCERN what the map is configured with, or what the session has seen, as at first.")
    static final class Reads extends ShellCommand {

        @Parameters(index = "0", paramLabel = "CONCERN", arity = "0..1", converter = ConcernOption.class)
        private Optional<ReadConcern> concern = Optional.empty();

        Reads(ShellContext context) {
            super(context);
        }

        @Override
        void run() {
            cluster().sessions().concern(concern);
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
}
