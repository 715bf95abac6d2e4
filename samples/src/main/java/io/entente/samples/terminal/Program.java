package io.entente.samples.terminal;

import picocli.CommandLine;
import picocli.CommandLine.ParameterException;

/** Runs a program given as a picocli command: its errors are sentences on standard error, its exit codes those of {@link ExitCode}. */
public final class Program {

    private Program() {}

    /** Runs the command and gives its exit code. */
    public static int run(Object command, String... arguments) {
        return commandLine(command).execute(arguments);
    }

    /** The command as it is run, for those who want its output elsewhere than in this process's streams. */
    public static CommandLine commandLine(Object command) {
        CommandLine line = new CommandLine(command);
        String name = line.getCommandName();
        line.setExpandAtFiles(false);
        line.setCaseInsensitiveEnumValuesAllowed(true);
        line.setParameterExceptionHandler((misuse, arguments) -> {
            say(misuse.getCommandLine(), name, withoutFullStop(misuse) + "; --help lists the options");
            return ExitCode.MISUSE;
        });
        line.setExecutionExceptionHandler((thrown, failed, parsed) -> {
            Sentences.of(thrown).forEach(sentence -> say(failed, name, sentence));
            return ExitCode.of(thrown);
        });
        return line;
    }

    private static String withoutFullStop(ParameterException misuse) {
        String message = String.valueOf(misuse.getMessage()).strip();
        return message.endsWith(".") ? message.substring(0, message.length() - 1) : message;
    }

    private static void say(CommandLine line, String name, String sentence) {
        line.getErr().println(line.getColorScheme().errorText(name + ": " + sentence.replaceAll("\\s+", " ")));
        line.getErr().flush();
    }
}
