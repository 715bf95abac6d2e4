package io.entente.samples.demo.shell;

import io.entente.samples.terminal.ExitCode;
import io.entente.samples.terminal.FailureException;
import io.entente.samples.terminal.MisuseException;
import io.entente.samples.terminal.Sentences;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Commands that concern the shell itself. */
final class SessionCommands {

    private SessionCommands() {}

    static List<ShellCommand> all(ShellContext context) {
        return List.of(new Fails(context), new StoryCommand(context), new Help(context), new Quit(context));
    }

    @Command(name = "help", description = "Lists the commands, or explains one.")
    static final class Help extends ShellCommand {

        @Spec
        private CommandSpec spec = CommandSpec.create();

        @Parameters(index = "0", paramLabel = "COMMAND", arity = "0..1", defaultValue = Parameters.NULL_VALUE)
        private Optional<String> command = Optional.empty();

        Help(ShellContext context) {
            super(context);
        }

        @Override
        void run() {
            command.ifPresentOrElse(this::explain, this::list);
        }

        private void explain(String name) {
            CommandLine found = spec.parent().subcommands().get(name);
            if (found == null) {
                throw new MisuseException("there is no command '" + name + "': 'help' lists all");
            }
            styled("@|bold " + Registry.synopsis(found.getCommandSpec()) + "|@");
            for (String paragraph : found.getCommandSpec().usageMessage().description()) {
                print(String.format(paragraph));
            }
            Registry.options(found.getCommandSpec()).forEach(this::print);
        }

        private void list() {
            Table table = new Table(context(), "command", "what it does");
            new LinkedHashSet<>(spec.parent().subcommands().values()).forEach(line -> {
                String description = line.getCommandSpec().usageMessage().description()[0];
                table.row(
                        Registry.synopsis(line.getCommandSpec()),
                        String.format(description).lines().findFirst().orElse(""));
            });
            table.print();
        }
    }

    @Command(
            name = "fails",
            description = "Runs the rest of the line, which has to fail, and prints why it did.%n"
                    + "For scripts that show what is refused: fails put eu orders/1 too late")
    static final class Fails extends ShellCommand {

        @Spec
        private CommandSpec spec = CommandSpec.create();

        @Parameters(index = "0", paramLabel = "COMMAND")
        private String line = "";

        Fails(ShellContext context) {
            super(context);
        }

        @Override
        boolean takesRestOfLine() {
            return true;
        }

        @Override
        Optional<String> inner() {
            if (Words.of(line).first().equals(spec.name())) {
                throw new MisuseException("'" + line + "' fails where its command doesn't: write the command alone");
            }
            return Optional.of(line);
        }

        @Override
        void run() {
            String tried = line;
            try {
                new Interpreter(spec.parent().commandLine()).run(tried);
            } catch (RuntimeException failure) {
                if (ExitCode.of(failure) == ExitCode.MISUSE) {
                    throw failure;
                }
                print("refused: " + Sentences.oneLine(failure));
                return;
            }
            throw new FailureException("'" + tried + "' was to fail, and did not");
        }
    }

    @Command(name = "quit", aliases = "exit", description = "Ends the shell, and the cluster with it.")
    static final class Quit extends ShellCommand {

        Quit(ShellContext context) {
            super(context);
        }

        @Override
        void run() {}

        @Override
        boolean endsShell() {
            return true;
        }
    }
}
