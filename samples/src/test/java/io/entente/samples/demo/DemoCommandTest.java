package io.entente.samples.demo;

import static org.assertj.core.api.Assertions.assertThat;

import io.entente.samples.terminal.ExitCode;
import io.entente.samples.terminal.Program;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;

/** What the demo refuses before it starts anything. */
class DemoCommandTest {

    @TempDir
    Path directory;

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @ParameterizedTest
    @CsvSource(delimiter = '~', quoteCharacter = '`', textBlock = """
            --frobnicate              ~ --frobnicate
            --mode leader             ~ --mode leader is unknown: use one of multi-leader, single-leader, leaderless
            --topology mesh           ~ --topology mesh is unknown: use one of all-to-all, ring, star, tree
            --nodes-per-dc 0          ~ --nodes-per-dc 0: give 1 to 5
            --nodes-per-dc x          ~ 'x' is not an int
            --latency -1              ~ --latency -1: give 0 to 60000 milliseconds
            --latency soon            ~ 'soon' is not a long
            --http-port 99999         ~ '99999' is no port
            --http-port 65534         ~ --http-port 65534 leaves no ports
            --script                  ~ --script
            --script /no/such/file    ~ there is no script /no/such/file
            --config /no/such/file    ~ --config /no/such/file: there is no such file
            --no-shell --script -     ~ exclude each other
            argument                  ~ argument
            """)
    void misuseIsExplainedInOneSentence(String arguments, String explanation) {
        assertThat(demo(arguments.split("\\s+", -1))).isEqualTo(ExitCode.MISUSE);
        assertThat(err.toString()).startsWith("demo: ").contains(explanation);
        assertThat(err.toString().lines()).hasSize(1);
        assertThat(out.toString()).isEmpty();
    }

    @Test
    void anUnknownConfigurationKeyIsMisuse() throws IOException {
        Path config = Files.writeString(directory.resolve("demo.conf"), "entente { durabilty = os }");
        assertThat(demo("--config", config.toString(), "--http-port", "0")).isEqualTo(ExitCode.MISUSE);
        assertThat(err.toString()).contains("entente.durabilty").contains("entente.durability");
    }

    @Test
    void aMalformedConfigurationFileIsMisuse() throws IOException {
        Path config = Files.writeString(directory.resolve("demo.conf"), "entente { ");
        assertThat(demo("--config", config.toString())).isEqualTo(ExitCode.MISUSE);
        assertThat(err.toString()).contains(config.toString());
        assertThat(err.toString().lines()).hasSize(1);
    }

    @Test
    void aTakenHttpPortIsAFailure() throws IOException {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getByAddress(new byte[] {127, 0, 0, 1}))) {
            int port = taken.getLocalPort();
            assertThat(demo("--http-port", Integer.toString(port))).isEqualTo(ExitCode.FAILURE);
            assertThat(err.toString()).contains("port " + port).contains("--http-port");
        }
    }

    @Test
    void aDataDirectoryThatIsAFileIsAFailure() throws IOException {
        Path file = Files.writeString(directory.resolve("file"), "");
        assertThat(demo("--data", file.toString(), "--http-port", "0")).isEqualTo(ExitCode.FAILURE);
        assertThat(err.toString()).contains(file.toString()).contains("--data");
    }

    @Test
    void helpNamesEveryOption() {
        assertThat(demo("--help")).isEqualTo(ExitCode.OK);
        assertThat(out.toString())
                .contains("--script", "--data", "--latency", "--mode", "--topology", "--nodes-per-dc", "--http-port")
                .contains("--config", "--no-shell", "--help");
    }

    private int demo(String... arguments) {
        CommandLine demo = Program.commandLine(new DemoCommand());
        demo.setOut(new PrintWriter(out));
        demo.setErr(new PrintWriter(err));
        return demo.execute(arguments);
    }
}
