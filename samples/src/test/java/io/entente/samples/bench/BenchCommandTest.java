package io.entente.samples.bench;

import static org.assertj.core.api.Assertions.assertThat;

import io.entente.samples.terminal.ExitCode;
import io.entente.samples.terminal.Program;
import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

/** What the benchmarks refuse before they measure anything. */
class BenchCommandTest {

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @ParameterizedTest
    @CsvSource(delimiter = '~', quoteCharacter = '`', textBlock = """
            juggle                             ~ juggle
            replicate --frobnicate             ~ --frobnicate
            replicate --runs 0                 ~ '0' is no count: give a number from 1 to 1000000000
            replicate --writes many            ~ 'many' is no count
            replicate --writes 1               ~ --writes is 1: half of them warm up; give at least 2
            replicate --keys -5                ~ '-5' is no count
            replicate --window 99999999999     ~ '99999999999' is no count
            replicate --durability hope        ~ FSYNC, OS, MEMORY
            replicate --json /no/such/file     ~ /no/such/file can't be written: name a file in a directory that exists
            replicate --chart /                ~ / can't be written
            replicate --directory /no/such     ~ --directory /no/such: there is no such directory
            replicate argument                 ~ argument
            latency --rate 0                   ~ '0' is no count
            latency --rate 2000000             ~ --rate is 2000000: give at most 1000000
            latency --writes 5                 ~ --writes
            lag --seconds 99999                ~ --seconds is 99999: give at most 3600
            catch-up --writes 1                ~ --writes is 1
            links --delays 0,soon              ~ soon
            links --delays -1                  ~ --delays -1: give 0 to 1000 milliseconds
            links --delays 0,2000              ~ --delays 2000: give 0 to 1000 milliseconds
            links --partitions 0               ~ '0' is no count
            links --partitions 2000            ~ --partitions is 2000: give 1 to 1024
            cost --key-counts 10,0             ~ '0' is no count
            cost --incarnations none           ~ 'none' is no count
            http --connections 20000           ~ --connections and --too-many are at most 10000
            jmh [                              ~ '[' is no regular expression
            jmh --runs 0                       ~ '0' is no count
            all --delays 0                     ~ --delays
            """)
    void misuseIsExplainedInOneSentence(String arguments, String explanation) {
        assertThat(bench(arguments.strip().split("\\s+"))).isEqualTo(ExitCode.MISUSE);
        assertThat(err.toString()).startsWith("bench: ").contains(explanation);
        assertThat(err.toString().lines()).hasSize(1);
        assertThat(out.toString()).isEmpty();
    }

    @Test
    void withoutABenchmarkAllAreNamed() {
        assertThat(bench()).isEqualTo(ExitCode.MISUSE);
        assertThat(err.toString())
                .contains(
                        "name a benchmark: replicate, latency, lag, reads, catch-up, join, links, cost, mergeable, http, all, jmh");
    }

    @ParameterizedTest
    @ValueSource(strings = {"replicate"})
    void helpNamesEveryOption(String benchmark) {
        assertThat(bench(benchmark, "--help")).isEqualTo(ExitCode.OK);
        assertThat(out.toString())
                .contains("--runs", "--json", "--chart", "--directory", "--help", "--writes", "--keys");
    }

    private int bench(String... arguments) {
        CommandLine bench = Program.commandLine(new BenchMain());
        bench.setOut(new PrintWriter(out));
        bench.setErr(new PrintWriter(err));
        return bench.execute(arguments);
    }
}
