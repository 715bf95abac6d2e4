package io.entente.samples.demo.shell;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.entente.samples.terminal.FailureException;
import io.entente.samples.terminal.MisuseException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine.Help.Ansi;

class ScriptTest {

    @TempDir
    Path directory;

    private final List<String> echoed = new ArrayList<>();
    private final Interpreter interpreter = new Interpreter(Registry.of(new ShellContext(
            () -> {
                throw new FailureException("this command needs a cluster");
            },
            new PrintWriter(new StringWriter()),
            Ansi.OFF)));

    @Test
    void aScriptIsCheckedAsAWholeBeforeItIsRun() throws IOException {
        Path file = file("# a comment", "", "sleep 0", "put eu users/alice", "sleep 0");
        assertThatThrownBy(() -> Script.in(file, interpreter))
                .isInstanceOf(MisuseException.class)
                .hasMessageStartingWith(file + ":4: missing required parameter: 'VALUE'");
    }

    @Test
    void aCommandThatFailsEndsTheScriptAndIsNamedByFileAndLine() throws IOException {
        Path file = file("sleep 0", "# a comment", "await", "sleep 0");
        Script script = Script.in(file, interpreter);
        assertThatThrownBy(() -> script.run(interpreter, echoed::add))
                .isInstanceOf(FailureException.class)
                .hasMessage(file + ":3: this command needs a cluster");
        assertThat(echoed).containsExactly("sleep 0", "# a comment", "await");
    }

    @Test
    void linesOfAStreamAreRunAsTheyCome() {
        Script script = stream("sleep 0", "frobnicate", "sleep 0");
        assertThatThrownBy(() -> script.run(interpreter, echoed::add))
                .isInstanceOf(MisuseException.class)
                .hasMessage("standard input:2: there is no command 'frobnicate': 'help' lists all");
        assertThat(echoed).containsExactly("sleep 0", "frobnicate");
    }

    @Test
    void quitEndsAScriptWell() {
        stream("sleep 0", "quit", "frobnicate").run(interpreter, echoed::add);
        assertThat(echoed).containsExactly("sleep 0", "quit");
    }

    @Test
    void aMissingFileIsNamed() {
        Path missing = directory.resolve("missing.txt");
        assertThatThrownBy(() -> Script.in(missing, interpreter))
                .isInstanceOf(MisuseException.class)
                .hasMessageContaining(missing.toString());
    }

    private Path file(String... lines) throws IOException {
        return Files.write(directory.resolve("script.txt"), List.of(lines));
    }

    private static Script stream(String... lines) {
        String text = String.join("\n", lines);
        return Script.from(new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)));
    }
}
