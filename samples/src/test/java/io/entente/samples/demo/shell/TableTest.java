package io.entente.samples.demo.shell;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.Writer;
import org.junit.jupiter.api.Test;
import picocli.CommandLine.Help.Ansi;

class TableTest {

    private final ShellContext context = new ShellContext(
            () -> {
                throw new AssertionError("a table needs no cluster");
            },
            new PrintWriter(Writer.nullWriter()),
            Ansi.OFF);

    @Test
    void onlyCountsAreNumbers() {
        Table table = new Table(context, "conflict", "data center", "writes", "lacks");
        table.row("00123456", "7", "12", "-");
        assertThat(table.json())
                .hasToString("[{\"conflict\":\"00123456\",\"dataCenter\":\"7\",\"writes\":12,\"lacks\":\"-\"}]");
    }

    @Test
    void theSymbolOfAStateIsForPeople() {
        Table table = new Table(context, "state");
        table.row(Mark.GOOD.of("ready"));
        assertThat(table.json()).hasToString("[{\"state\":\"ready\"}]");
    }
}
