package io.entente.samples.demo.shell;

import io.entente.samples.terminal.MisuseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/** Understands lines of the shell and runs them. Confined to one thread. */
public final class Interpreter {

    private final CommandLine registry;

    /** With the commands of that registry. */
    public Interpreter(CommandLine registry) {
        this.registry = registry;
    }

    /**
     * Checks a line without running it.
     *
     * @throws MisuseException when it is no command
     */
    public void check(String line) {
        understand(line);
    }

    /**
     * Runs a line; whether the shell goes on after it.
     *
     * @throws MisuseException when the line is no command
     * @throws RuntimeException when the command fails
     */
    public boolean run(String line) {
        Optional<ShellCommand> command = understand(line);
        command.ifPresent(ShellCommand::run);
        return !command.map(ShellCommand::endsShell).orElse(false);
    }

    /** The command with its arguments; none for a blank line or a comment. */
    private Optional<ShellCommand> understand(String line) {
        String text = line.strip();
        if (text.isEmpty() || text.startsWith(Words.COMMENT)) {
            return Optional.empty();
        }
        Words nameAndRest = Words.of(text, 2);
        String name = nameAndRest.first();
        CommandLine named = registry.getSubcommands().get(name);
        if (named == null) {
            throw new MisuseException("there is no command '" + name + "': 'help' lists all");
        }
        ShellCommand command = (ShellCommand) named.getCommandSpec().userObject();
        int arguments = named.getCommandSpec().positionalParameters().size();
        Words words = command.takesRestOfLine()
                ? Words.of(nameAndRest.rest(), arguments)
                : Words.of(nameAndRest.rest()).beforeComment();
        parse(named.getCommandSpec(), words.words());
        command.inner().ifPresent(this::check);
        return Optional.of(command);
    }

    private void parse(CommandSpec command, List<String> words) {
        List<String> line = new ArrayList<>(words);
        line.add(0, command.name());
        try {
            registry.parseArgs(line.toArray(String[]::new));
        } catch (ParameterException misuse) {
            throw new MisuseException(explanation(command, misuse), misuse);
        }
    }

    private static String explanation(CommandSpec command, ParameterException misuse) {
        String usage = ": write '" + Registry.synopsis(command) + "'";
        if (misuse instanceof UnmatchedArgumentException unmatched) {
            return "'" + String.join(" ", unmatched.getUnmatched()) + "' is too much" + usage;
        }
        String message = String.valueOf(misuse.getMessage());
        return Character.toLowerCase(message.charAt(0)) + message.substring(1) + usage;
    }
}
