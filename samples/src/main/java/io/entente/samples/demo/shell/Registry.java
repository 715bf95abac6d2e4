package io.entente.samples.demo.shell;

import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.IFactory;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.PositionalParamSpec;

/** The commands, as picocli knows them. */
public final class Registry {

    /** Occurs in no line, so that no argument is taken for the end of options: values may be anything. */
    private static final String NEVER = "\u0000";

    private Registry() {}

    /** All commands, acting on that context. */
    public static CommandLine of(ShellContext context) {
        CommandLine root = new CommandLine(new Root(), factory(context));
        List<ShellCommand> commands = new ArrayList<>();
        commands.addAll(DataCommands.all(context));
        commands.addAll(ConsistencyCommands.all(context));
        commands.addAll(FaultCommands.all(context));
        commands.addAll(BackupCommands.all(context));
        commands.addAll(ClusterCommands.all(context));
        commands.addAll(RetirementCommands.all(context));
        commands.addAll(ModeCommands.all(context));
        commands.addAll(SessionCommands.all(context));
        commands.forEach(root::addSubcommand);
        root.setUnmatchedOptionsArePositionalParams(true);
        root.setExpandAtFiles(false);
        root.setEndOfOptionsDelimiter(NEVER);
        return root;
    }

    /** What picocli makes by itself, and the names of the nodes, which only the cluster knows. */
    private static IFactory factory(ShellContext context) {
        IFactory otherwise = CommandLine.defaultFactory();
        return new IFactory() {
            @Override
            public <K> K create(Class<K> type) throws Exception {
                return type == Candidates.Nodes.class
                        ? type.cast(new Candidates.Nodes(context))
                        : otherwise.create(type);
            }
        };
    }

    /** A command with its arguments: {@code put DC KEY VALUE}; its options are told by {@link #options}. */
    static String synopsis(CommandSpec command) {
        StringBuilder synopsis = new StringBuilder(command.name());
        if (!command.options().isEmpty()) {
            synopsis.append(" [--OPTION...]");
        }
        for (PositionalParamSpec argument : command.positionalParameters()) {
            boolean optional = argument.arity().min() == 0;
            boolean several = argument.arity().isVariable() && !argument.hideParamSyntax();
            synopsis.append(' ')
                    .append(optional ? "[" : "")
                    .append(argument.paramLabel())
                    .append(several ? "..." : "")
                    .append(optional ? "]" : "");
        }
        return synopsis.toString();
    }

    /** A command's options, one a line. */
    static List<String> options(CommandSpec command) {
        return command.options().stream()
                .map(option -> "  " + option.longestName()
                        + (option.arity().max() == 0 ? "" : " " + option.paramLabel()) + "  " + option.description()[0])
                .toList();
    }

    @Command(name = "")
    private static final class Root {}
}
