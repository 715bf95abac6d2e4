package io.entente.samples.demo.shell;

import io.entente.samples.terminal.FailureException;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** Commands that belong to later versions: they say so. */
final class LaterCommands {

    private LaterCommands() {}

    static List<ShellCommand> all(ShellContext context) {
        return List.of(new Leader(context));
    }

    @Command(name = "leader", description = "Not offered yet: names the leader, or another one.")
    static final class Leader extends ShellCommand {

        @Parameters(index = "0..*", paramLabel = "NODE", arity = "0..*", hideParamSyntax = true)
        private List<String> arguments = List.of();

        Leader(ShellContext context) {
            super(context);
        }

        @Override
        void run() {
            throw new FailureException(String.join(" ", "leader", String.join(" ", arguments))
                            .strip() + ": a single leader isn't offered yet: every data center accepts writes");
        }
    }
}
