package io.entente.samples.peers;

import static org.assertj.core.api.Assertions.assertThat;

import io.entente.samples.terminal.ExitCode;
import io.entente.samples.terminal.Program;
import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;

/** What the comparison refuses before it measures anything. */
class PeersCommandTest {

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @ParameterizedTest
    @CsvSource(delimiter = '~', quoteCharacter = '`', textBlock = """
            riak            ~ 'riak' is no peer: name one of [infinispan, infinispan-file, akka-ddata, akka-ddata-lmdb]
            --writes 0      ~ no count: give a number from 1
            --writes 1      ~ --writes is 1: half of them warm up
            --patience soon ~ no count
            """)
    void misuseIsExplainedInOneSentence(String arguments, String explanation) {
        assertThat(peers(arguments.split(" "))).isEqualTo(ExitCode.MISUSE);
        assertThat(err.toString().strip())
                .hasLineCount(1)
                .startsWith("bench peers: ")
                .contains(explanation);
        assertThat(out.toString()).isEmpty();
    }

    @Test
    void helpNamesEveryPeer() {
        assertThat(peers("--help")).isEqualTo(ExitCode.OK);
        assertThat(out.toString()).contains("infinispan", "infinispan-file", "akka-ddata", "akka-ddata-lmdb", "--runs");
    }

    private int peers(String... arguments) {
        CommandLine peers = Program.commandLine(new PeersCommand());
        peers.setOut(new PrintWriter(out));
        peers.setErr(new PrintWriter(err));
        return peers.execute(arguments);
    }
}
