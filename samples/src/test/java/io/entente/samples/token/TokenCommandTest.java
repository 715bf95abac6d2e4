package io.entente.samples.token;

import static org.assertj.core.api.Assertions.assertThat;

import io.entente.cluster.http.auth.AccessToken;
import io.entente.cluster.http.auth.Caller;
import io.entente.cluster.http.auth.Role;
import io.entente.cluster.http.auth.TokenFile;
import io.entente.samples.terminal.ExitCode;
import io.entente.samples.terminal.Program;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;

/** The tokens that are made are those that nodes take. */
class TokenCommandTest {

    @TempDir
    Path directory;

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @Test
    void theFileKnowsTheTokenThatIsPrintedAndDoesNotHaveIt() throws IOException {
        Path file = directory.resolve("tokens");
        String shop = made("shop", "writer", file);
        Files.writeString(file, "# without an end of line", java.nio.file.StandardOpenOption.APPEND);
        String ops = made("ops", "operator", file);
        TokenFile tokens = TokenFile.open(file);
        assertThat(AccessToken.of(shop).flatMap(tokens::callerWith)).contains(new Caller("shop", Role.WRITER));
        assertThat(AccessToken.of(ops).flatMap(tokens::callerWith)).contains(new Caller("ops", Role.OPERATOR));
        assertThat(Files.readString(file)).doesNotContain(shop, ops);
    }

    @Test
    void withoutAFileTokenAndLineArePrinted() throws IOException {
        assertThat(run("grafana", "reader")).isEqualTo(ExitCode.OK);
        String[] lines = out.toString().split("\n");
        assertThat(lines).hasSize(2);
        String secret = lines[0].substring(lines[0].lastIndexOf(' ') + 1);
        Path file = Files.writeString(directory.resolve("tokens"), lines[1].substring(lines[1].indexOf(": ") + 2));
        assertThat(AccessToken.of(secret).flatMap(TokenFile.open(file)::callerWith))
                .contains(new Caller("grafana", Role.READER));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            shop          | ROLE
            shop admin    | 'admin' is no role: use one of reader, writer, operator
            sh/op writer  | 'sh/op' is no name
            a writer more | more
            """)
    void misuseIsExplainedInOneSentence(String arguments, String explanation) {
        assertThat(run(arguments.split(" "))).isEqualTo(ExitCode.MISUSE);
        assertThat(err.toString()).startsWith("token: ").contains(explanation);
        assertThat(out.toString()).isEmpty();
    }

    @Test
    void aFileThatCantBeWrittenIsNamed() {
        assertThat(run("shop", "writer", "--file", "/no/such/file")).isEqualTo(ExitCode.FAILURE);
        assertThat(err.toString()).contains("/no/such/file can't be written");
        assertThat(out.toString()).isEmpty();
    }

    private String made(String name, String role, Path file) {
        out.getBuffer().setLength(0);
        assertThat(run(name, role, "--file", file.toString())).as(err::toString).isEqualTo(ExitCode.OK);
        return out.toString().strip();
    }

    private int run(String... arguments) {
        CommandLine line = Program.commandLine(new TokenCommand());
        line.setOut(new PrintWriter(out));
        line.setErr(new PrintWriter(err));
        return line.execute(arguments);
    }
}
