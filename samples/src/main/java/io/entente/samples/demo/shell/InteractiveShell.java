package io.entente.samples.demo.shell;

import io.entente.samples.terminal.Sentences;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Optional;
import org.jline.reader.EndOfFileException;
import org.jline.reader.LineReader;
import org.jline.reader.LineReaderBuilder;
import org.jline.reader.UserInterruptException;
import org.jline.reader.impl.DefaultParser;
import org.jline.terminal.Terminal;
import org.jline.terminal.TerminalBuilder;
import picocli.CommandLine;
import picocli.shell.jline3.PicocliJLineCompleter;

/** Reads commands until {@code quit} or the end of input. A command that fails says so, and the next may be typed. */
public final class InteractiveShell {

    private static final String PROMPT = "entente> ";

    private final CommandLine registry;
    private final Interpreter interpreter;
    private final PrintWriter err;

    /** With the commands of that registry; errors go to {@code err}. */
    public InteractiveShell(CommandLine registry, PrintWriter err) {
        this.registry = registry;
        this.interpreter = new Interpreter(registry);
        this.err = err;
    }

    /**
     * Reads from the terminal, with completion and history; from standard input when that is none.
     *
     * @param history where typed lines are kept; empty to forget them
     */
    @SuppressWarnings("SystemConsoleNull") // from JDK 22 on it never is; then the terminal's type alone decides
    public void run(Optional<Path> history) {
        try (Terminal terminal = TerminalBuilder.builder()
                .system(true)
                .dumb(true)
                .nativeSignals(true)
                .build()) {
            if (System.console() == null || terminal.getType().startsWith(Terminal.TYPE_DUMB)) {
                runPlain();
            } else {
                runOn(terminal, history);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void runPlain() throws IOException {
        BufferedReader lines = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        boolean goesOn = true;
        while (goesOn) {
            String line = lines.readLine();
            goesOn = line != null && interpret(line);
        }
    }

    private void runOn(Terminal terminal, Optional<Path> history) {
        LineReaderBuilder builder = LineReaderBuilder.builder()
                .terminal(terminal)
                .appName("entente")
                .parser(wordsWithoutQuoting())
                .completer(new PicocliJLineCompleter(registry.getCommandSpec()))
                .option(LineReader.Option.DISABLE_EVENT_EXPANSION, true);
        history.ifPresent(file -> builder.variable(LineReader.HISTORY_FILE, file));
        LineReader reader = builder.build();
        Thread here = Thread.currentThread();
        terminal.handle(Terminal.Signal.INT, signal -> here.interrupt());
        boolean goesOn = true;
        while (goesOn) {
            goesOn = readAndInterpret(reader);
        }
    }

    /**
     * Ctrl-C interrupts the command that runs, or drops the line that is being typed, or ends the shell on an empty one; Ctrl-D does
     * the last, too.
     */
    private boolean readAndInterpret(LineReader reader) {
        try {
            String line = reader.readLine(PROMPT);
            boolean goesOn = interpret(line);
            Thread.interrupted();
            return goesOn;
        } catch (UserInterruptException interrupt) {
            return !interrupt.getPartialLine().isEmpty();
        } catch (EndOfFileException end) {
            return false;
        }
    }

    private boolean interpret(String line) {
        try {
            return interpreter.run(line);
        } catch (RuntimeException failure) {
            Sentences.of(failure)
                    .forEach(sentence -> err.println(registry.getColorScheme().errorText(sentence)));
            err.flush();
            return true;
        }
    }

    /** Quotes and backslashes are the values' own. */
    private static DefaultParser wordsWithoutQuoting() {
        DefaultParser parser = new DefaultParser();
        parser.setQuoteChars(new char[0]);
        parser.setEscapeChars(new char[0]);
        return parser;
    }
}
