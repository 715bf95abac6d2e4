package io.entente.samples.demo.shell;

import io.entente.samples.terminal.MisuseException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/** Understands lines of the shell and runs them. Confined to one thread. */
public final class Interpreter {

    private static final String COMMENT = "#";

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
        if (text.isEmpty() || text.startsWith(COMMENT)) {
            return Optional.empty();
        }
        String[] nameAndRest = text.split("\\s+", 2);
        CommandLine named = registry.getSubcommands().get(nameAndRest[0]);
        if (named == null) {
            throw new MisuseException("there is no command '" + nameAndRest[0] + "': 'help' lists all");
        }
        ShellCommand command = (ShellCommand) named.getCommandSpec().userObject();
        String rest = nameAndRest.length == 2 ? nameAndRest[1] : "";
        List<String> words = command.takesRestOfLine()
                ? split(rest, named.getCommandSpec().positionalParameters().size())
                : beforeComment(split(rest, 0));
        parse(named.getCommandSpec(), words);
        return Optional.of(command);
    }

    /** Words, at most {@code limit} of them, the last of which is the rest; all when that is 0. */
    private static List<String> split(String rest, int limit) {
        return rest.isEmpty() ? List.of() : Arrays.asList(rest.split("\\s+", limit));
    }

    private static List<String> beforeComment(List<String> words) {
        List<String> before = new ArrayList<>();
        for (String word : words) {
            if (word.startsWith(COMMENT)) {
                break;
            }
            before.add(word);
        }
        return before;
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
