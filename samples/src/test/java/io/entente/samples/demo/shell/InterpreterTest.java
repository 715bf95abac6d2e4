package io.entente.samples.demo.shell;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.entente.samples.terminal.FailureException;
import io.entente.samples.terminal.MisuseException;
import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine.Help.Ansi;

/** What lines mean, as far as that needs no cluster. */
class InterpreterTest {

    private final StringWriter printed = new StringWriter();
    private final Interpreter interpreter = new Interpreter(Registry.of(new ShellContext(
            () -> {
                throw new FailureException("this command needs a cluster");
            },
            new PrintWriter(printed),
            Ansi.OFF)));

    @ParameterizedTest
    @ValueSource(
            strings = {
                "put eu users/alice hello",
                "put eu users/alice {\"a\": 1}   ",
                "  put eu users/alice -5",
                "put eu users/alice --help me",
                "put eu users/alice @file",
                "put eu users/alice --",
                "put eu users/alice it's # no comment",
                "get eu users/alice # a comment",
                "get eu users/alice quorum",
                "reads 2",
                "reads",
                "reads session 200",
                "writes quorum",
                "writes 2dc 500",
                "writes",
                "client ann eu us",
                "fails put eu users/alice too late",
                "session alice",
                "session",
                "expect eu users/alice absent",
                "expect eu users/alice {\"a\": [1, 2]}",
                "delete eu users/alice",
                "siblings eu users/a/b",
                "keys eu users",
                "cut eu us",
                "heal",
                "heal eu us",
                "isolate eu",
                "kill eu-1",
                "start eu-1",
                "start eu-1 us-1",
                "wipe eu-1",
                "backup eu-1 /tmp/monday",
                "restore eu-1 /tmp/monday",
                "retire eu-1",
                "salvage eu-1",
                "salvage eu-1 write",
                "salvage eu-1 --of us-1",
                "salvage eu-1 write --of us-1",
                "await",
                "status",
                "status -o json",
                "siblings eu users/alice --output json",
                "story",
                "story conflict",
                "story conflict --pause 100",
                "verify",
                "load 10",
                "load 10 100",
                "sleep 0",
                "update eu carts/alice {\"increment\": 1}",
                "leader",
                "leader eu-1",
                "mode",
                "voters",
                "voters eu-1 us-1",
                "mode single-leader semi-sync 2 manual",
                "conflicts",
                "conflicts users/alice",
                "conflicts users",
                "conflicts users/alice first-writer-wins",
                "conflicts --open",
                "conflicts users --unresolved",
                "conflicts --follow --count 3 --for 500 users/alice max",
                "replace eu users/alice {\"a\": 1}",
                "replace eu users/alice absent",
                "help",
                "help put",
                "quit",
                "",
                "   ",
                "# put eu",
                "  # put eu"
            })
    void aLineIsACommandOrMeansNothing(String line) {
        interpreter.check(line);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '~', quoteCharacter = '`', textBlock = """
            frobnicate            ~ there is no command 'frobnicate': 'help' lists all
            PUT eu users/a 1      ~ there is no command 'PUT': 'help' lists all
            put eu users/alice    ~ missing required parameter: 'VALUE': write 'put DC KEY VALUE'
            put                   ~ missing required parameters: 'DC', 'KEY', 'VALUE': write 'put DC KEY VALUE'
            get eu users/a 2 x    ~ 'x' is too much: write 'get DC KEY [CONCERN]'
            get eu users/alice x  ~ invalid value for positional parameter at index 2 (CONCERN): there is no read concern 'x': use local, session, leader, local-quorum, quorum, or a number of copies from 1 to 1000: write 'get DC KEY [CONCERN]'
            writes some           ~ invalid value for positional parameter at index 0 (CONCERN): there is no write concern 'some': use async, semi-sync, sync, local-quorum, quorum, a number of replicas such as 2, or a number of data centers such as 2dc, each from 1 to 1000: write 'writes [CONCERN] [MS]'
            fails                 ~ missing required parameter: 'COMMAND': write 'fails COMMAND'
            fails frobnicate      ~ there is no command 'frobnicate': 'help' lists all
            fails put eu users/a  ~ missing required parameter: 'VALUE': write 'put DC KEY VALUE'
            fails fails status    ~ 'fails status' fails where its command doesn't: write the command alone
            client ann            ~ missing required parameter: 'DC': write 'client NAME DC...'
            cut eu                ~ missing required parameter: 'DC': write 'cut DC DC'
            status now            ~ 'now' is too much: write 'status [--OPTION...]'
            load many             ~ invalid value for positional parameter at index 0 (N): 'many' is not an int: write 'load N [RATE]'
            status -o xml         ~ invalid value for option '--output': 'xml' is no form of output: write table or json: write 'status [--OPTION...]'
            start                 ~ missing required parameter: 'NODE': write 'start NODE...'
            """)
    void aLineThatIsNoCommandIsExplained(String line, String explanation) {
        assertThatThrownBy(() -> interpreter.check(line))
                .isInstanceOf(MisuseException.class)
                .hasMessage(explanation);
    }

    @Test
    void aKeyNeedsItsMap() {
        assertThatThrownBy(() -> interpreter.run("get eu alice"))
                .isInstanceOf(MisuseException.class)
                .hasMessage("'alice' is no key: write map/key, such as users/alice");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '~', quoteCharacter = '`', textBlock = """
            conflicts users/alice maximum              ~ 'maximum' is no resolver that can be tried here: write one of
            conflicts users/alice data-center-priority ~ needs a priority
            conflicts /alice                           ~ '/alice' is no key
            """)
    void aResolverThatCantBeTriedIsExplained(String line, String explanation) {
        assertThatThrownBy(() -> interpreter.run(line))
                .isInstanceOf(MisuseException.class)
                .hasMessageContaining(explanation);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '~', quoteCharacter = '`', textBlock = """
            conflicts --count 1              ~ bounds of --follow
            conflicts --follow --count 0     ~ 1 or more
            conflicts --follow --count many  ~ 'many' is not an int
            conflicts --following            ~ there is no option '--following'
            """)
    void aBoundThatMakesNoSenseIsExplained(String line, String explanation) {
        assertThatThrownBy(() -> interpreter.run(line))
                .isInstanceOf(MisuseException.class)
                .hasMessageContaining(explanation);
    }

    @Test
    void whatIsToFailMustFail() {
        assertThat(interpreter.run("fails status")).isTrue();
        assertThat(printed.toString()).contains("refused: this command needs a cluster");
        assertThatThrownBy(() -> interpreter.run("fails sleep 0"))
                .isInstanceOf(FailureException.class)
                .hasMessage("'sleep 0' was to fail, and did not");
        assertThatThrownBy(() -> interpreter.run("fails get eu alice"))
                .as("what can't be right is no refusal")
                .isInstanceOf(MisuseException.class);
    }

    @Test
    void helpTellsOptions() {
        interpreter.run("help conflicts");
        assertThat(printed.toString()).contains("[--OPTION...]", "--follow  ", "--count N  ", "--for MS  ");
    }

    @Test
    void helpListsEveryCommandOnce() {
        assertThat(interpreter.run("help")).isTrue();
        assertThat(printed.toString().lines().map(line -> Words.of(line).first()))
                .doesNotHaveDuplicates()
                .contains("put", "get", "delete", "siblings", "keys", "cut", "heal", "isolate", "kill", "start")
                .contains("await", "expect", "status", "load", "sleep", "help", "quit");
    }

    @Test
    void helpExplainsOneCommand() {
        interpreter.run("help expect");
        assertThat(printed.toString())
                .startsWith("expect DC KEY VALUE|absent")
                .contains("compared as JSON")
                .doesNotContain("%n");
        assertThatThrownBy(() -> interpreter.run("help frobnicate")).hasMessageContaining("frobnicate");
    }

    @Test
    void theShellEndsAfterQuitAndAfterNothingElse() {
        assertThat(interpreter.run("quit")).isFalse();
        assertThat(interpreter.run("exit")).isFalse();
        assertThat(interpreter.run("")).isTrue();
        assertThat(interpreter.run("sleep 0")).isTrue();
    }

    @Test
    void argumentsOfAnEarlierLineAreForgotten() {
        interpreter.run("help put");
        printed.getBuffer().setLength(0);
        interpreter.run("help");
        assertThat(printed.toString()).contains("siblings");
    }
}
