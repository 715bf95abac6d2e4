package io.entente.samples.demo.shell;

import io.entente.samples.terminal.ExitCode;
import io.entente.samples.terminal.FailureException;
import io.entente.samples.terminal.MisuseException;
import io.entente.samples.terminal.Sentences;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;

/** Commands of the shell to be run one after the other, up to the first that fails. Can be run once. */
public final class Script {

    private final String name;
    private final BufferedReader lines;

    private Script(String name, Reader lines) {
        this.name = name;
        this.lines = new BufferedReader(lines);
    }

    /**
     * The script in a file, all of whose lines are commands.
     *
     * @throws MisuseException when the file can't be read, or a line is no command; names file and line
     */
    public static Script in(Path file, Interpreter interpreter) {
        String text = read(file);
        List<String> lines = text.lines().toList();
        for (int i = 0; i < lines.size(); i++) {
            try {
                interpreter.check(lines.get(i));
            } catch (MisuseException misuse) {
                throw new MisuseException(place(file.toString(), i + 1, misuse), misuse);
            }
        }
        return new Script(file.toString(), new StringReader(text));
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (NoSuchFileException e) {
            throw new MisuseException("there is no script " + file + ": name a file, or - for standard input", e);
        } catch (IOException e) {
            throw new MisuseException("the script " + file + " can't be read as UTF-8 text: " + e, e);
        }
    }

    /** The script that comes from a stream, whose lines are run as they come. */
    public static Script from(InputStream stream) {
        return new Script("standard input", new InputStreamReader(stream, StandardCharsets.UTF_8));
    }

    /**
     * Runs the commands.
     *
     * @param interpreter knows them
     * @param echo told of each line before it is run
     * @throws MisuseException at the first line that is no command
     * @throws FailureException at the first command that fails; both name file and line
     */
    public void run(Interpreter interpreter, Echo echo) {
        int number = 0;
        try {
            boolean goesOn = true;
            for (String line = lines.readLine(); goesOn && line != null; line = goesOn ? lines.readLine() : null) {
                number++;
                echo.line(line);
                goesOn = interpreter.run(line);
            }
        } catch (IOException e) {
            throw new FailureException(name + " can't be read: " + e, e);
        } catch (RuntimeException e) {
            String sentence = place(name, number, e);
            throw ExitCode.of(e) == ExitCode.MISUSE
                    ? new MisuseException(sentence, e)
                    : new FailureException(sentence, e);
        }
    }

    private static String place(String file, int line, RuntimeException failure) {
        return file + ":" + line + ": " + Sentences.oneLine(failure);
    }

    /** Told what is about to be run. */
    @FunctionalInterface
    public interface Echo {

        /** This line. */
        void line(String line);
    }
}
