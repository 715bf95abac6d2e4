package io.entente.samples.demo.shell;

import com.fasterxml.jackson.databind.JsonNode;
import io.entente.samples.demo.records.JsonText;
import io.entente.samples.demo.records.Reading;
import io.entente.samples.demo.records.StoredVersion;
import io.entente.samples.demo.shell.Candidates.DataCenters;
import io.entente.samples.terminal.FailureException;
import java.time.Instant;
import java.util.List;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** Commands that read and write. */
final class DataCommands {

    private static final String ABSENT = "absent";

    private DataCommands() {}

    static List<ShellCommand> all(ShellContext context) {
        return List.of(
                new Put(context),
                new Get(context),
                new Delete(context),
                new Siblings(context),
                new Keys(context),
                new Expect(context));
    }

    private static String described(Reading reading) {
        if (reading instanceof Reading.Value value) {
            return JsonText.printed(value.value());
        }
        if (reading instanceof Reading.Several several) {
            return "unresolved: "
                    + several.values().stream().map(JsonText::printed).collect(Collectors.joining(" | "));
        }
        return ABSENT;
    }

    @Command(
            name = "put",
            description =
                    "Writes a value at a data center.%nVALUE is the rest of the line. What is not JSON is a JSON string.")
    static final class Put extends ShellCommand {

        @Parameters(index = "0", paramLabel = "DC", completionCandidates = DataCenters.class)
        private String dataCenter = "";

        @Parameters(index = "1", paramLabel = "KEY")
        private String key = "";

        @Parameters(index = "2", paramLabel = "VALUE")
        private String value = "";

        Put(ShellContext context) {
            super(context);
        }

        @Override
        boolean takesRestOfLine() {
            return true;
        }

        @Override
        void run() {
            styled("@|faint written as " + answer(records(dataCenter).put(key(key), JsonText.typed(value))) + "|@");
        }
    }

    @Command(
            name = "get",
            description = "Prints what a key reads as at a data center: the resolved value as JSON, or absent.")
    static final class Get extends ShellCommand {

        @Parameters(index = "0", paramLabel = "DC", completionCandidates = DataCenters.class)
        private String dataCenter = "";

        @Parameters(index = "1", paramLabel = "KEY")
        private String key = "";

        Get(ShellContext context) {
            super(context);
        }

        @Override
        void run() {
            print(described(answer(records(dataCenter).get(key(key)))));
        }
    }

    @Command(name = "delete", description = "Deletes a key at a data center.")
    static final class Delete extends ShellCommand {

        @Parameters(index = "0", paramLabel = "DC", completionCandidates = DataCenters.class)
        private String dataCenter = "";

        @Parameters(index = "1", paramLabel = "KEY")
        private String key = "";

        Delete(ShellContext context) {
            super(context);
        }

        @Override
        void run() {
            styled("@|faint written as " + answer(records(dataCenter).delete(key(key))) + "|@");
        }
    }

    @Command(
            name = "siblings",
            description = "Shows every version that a key has at a data center: dot, data center, time, value.")
    static final class Siblings extends ShellCommand {

        @Parameters(index = "0", paramLabel = "DC", completionCandidates = DataCenters.class)
        private String dataCenter = "";

        @Parameters(index = "1", paramLabel = "KEY")
        private String key = "";

        Siblings(ShellContext context) {
            super(context);
        }

        @Override
        void run() {
            List<StoredVersion> versions = answer(records(dataCenter).siblings(key(key)));
            if (versions.isEmpty()) {
                print(ABSENT);
                return;
            }
            Table table = new Table(context(), "dot", "data center", "written at", "value");
            for (StoredVersion version : versions) {
                table.row(
                        version.dot().toString(),
                        version.dot().origin().dataCenter(),
                        Instant.ofEpochMilli(version.timestamp().millis()) + "+"
                                + version.timestamp().counter(),
                        version.value().map(JsonText::printed).orElse("(deleted)"));
            }
            table.print();
        }
    }

    @Command(name = "keys", description = "Lists the keys of a map that have a value at a data center.")
    static final class Keys extends ShellCommand {

        private static final int PAGE = 1_000;

        @Parameters(index = "0", paramLabel = "DC", completionCandidates = DataCenters.class)
        private String dataCenter = "";

        @Parameters(index = "1", paramLabel = "MAP")
        private String map = "";

        Keys(ShellContext context) {
            super(context);
        }

        @Override
        void run() {
            List<String> page = answer(records(dataCenter).keys(map, "", PAGE));
            while (!page.isEmpty()) {
                page.forEach(key -> print(map + "/" + key));
                page = page.size() < PAGE
                        ? List.of()
                        : answer(records(dataCenter).keys(map, page.get(page.size() - 1), PAGE));
            }
        }
    }

    @Command(
            name = "expect",
            description =
                    "Fails unless a key reads as that value at a data center.%nWrite absent for a key without a value. Values are compared as JSON.")
    static final class Expect extends ShellCommand {

        @Parameters(index = "0", paramLabel = "DC", completionCandidates = DataCenters.class)
        private String dataCenter = "";

        @Parameters(index = "1", paramLabel = "KEY")
        private String key = "";

        @Parameters(index = "2", paramLabel = "VALUE|absent")
        private String value = "";

        Expect(ShellContext context) {
            super(context);
        }

        @Override
        boolean takesRestOfLine() {
            return true;
        }

        @Override
        void run() {
            Reading reading = answer(records(dataCenter).get(key(key)));
            if (!isExpected(reading)) {
                String expected = value.equals(ABSENT) ? ABSENT : JsonText.printed(JsonText.typed(value));
                throw new FailureException(
                        key + " at " + dataCenter + " reads as " + described(reading) + ", not as " + expected);
            }
        }

        private boolean isExpected(Reading reading) {
            if (value.equals(ABSENT)) {
                return reading instanceof Reading.Absent;
            }
            JsonNode expected = JsonText.typed(value);
            return reading instanceof Reading.Value found && JsonText.same(found.value(), expected);
        }
    }
}
