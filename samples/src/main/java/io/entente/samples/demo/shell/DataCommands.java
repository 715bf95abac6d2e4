package io.entente.samples.demo.shell;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.entente.cluster.map.Page;
import io.entente.cluster.map.PageRequest;
import io.entente.cluster.map.Resolved;
import io.entente.cluster.map.StoredMap;
import io.entente.cluster.map.StoredMap.StoredEntry;
import io.entente.cluster.map.StoredValue;
import io.entente.conflict.Version;
import io.entente.conflict.version.CausalContext;
import io.entente.core.mode.ReadConcern;
import io.entente.samples.demo.shell.Candidates.DataCenters;
import io.entente.samples.terminal.FailureException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** Commands that read and write. */
final class DataCommands {

    private DataCommands() {}

    static List<ShellCommand> all(ShellContext context) {
        return List.of(
                new Put(context),
                new Replace(context),
                new Get(context),
                new Delete(context),
                new Update(context),
                new Siblings(context),
                new Keys(context),
                new Expect(context));
    }

    @Command(
            name = "put",
            description =
                    "Writes a value at a data center.%nVALUE is the rest of the line. What is not JSON is a JSON string.")
    private static final class Put extends KeyCommand {

        @Parameters(index = "2", paramLabel = "VALUE")
        private String value = "";

        private Put(ShellContext context) {
            super(context);
        }

        @Override
        boolean takesRestOfLine() {
            return true;
        }

        @Override
        void run() {
            StoredValue stored = JsonText.stored(JsonText.typed(value));
            write((map, key, options) -> map.put(key, stored, options));
        }
    }

    @Command(
            name = "replace",
            description =
                    "Replaces just what was last read of a key at a data center; what was written since stays beside it.%n"
                            + "VALUE is the rest of the line; absent deletes. Reading is by 'get', 'siblings' or 'expect'; whoever replaces has seen"
                            + " what it wrote.")
    private static final class Replace extends KeyCommand {

        @Parameters(index = "2", paramLabel = "VALUE|absent")
        private String value = "";

        private Replace(ShellContext context) {
            super(context);
        }

        @Override
        boolean takesRestOfLine() {
            return true;
        }

        @Override
        void run() {
            CausalContext lastRead = lastRead();
            replace((map, key, options) -> value.equals(ABSENT)
                    ? map.delete(key, options.seen(lastRead))
                    : map.put(key, JsonText.stored(JsonText.typed(value)), options.seen(lastRead)));
        }
    }

    @Command(
            name = "get",
            description =
                    "Prints what a key reads as at a data center: the resolved value as JSON, or absent.%n"
                            + "CONCERN is local, session, leader, local-quorum, quorum, or how many copies to ask; else see 'reads'.")
    private static final class Get extends KeyCommand {

        @Parameters(index = "2", paramLabel = "CONCERN", arity = "0..1", converter = ConcernOption.OfReads.class)
        private Optional<ReadConcern> concern = Optional.empty();

        private Get(ShellContext context) {
            super(context);
        }

        @Override
        void run() {
            print(withReason(concern.map(this::read).orElseGet(this::read)));
        }
    }

    @Command(name = "delete", description = "Deletes a key at a data center.")
    private static final class Delete extends KeyCommand {

        private Delete(ShellContext context) {
            super(context);
        }

        @Override
        void run() {
            write((map, key, options) -> map.delete(key, options));
        }
    }

    @Command(
            name = "update",
            description =
                    "Does an operation on a mergeable value at a data center, such as {\"increment\": 3} on a counter,%n"
                            + "{\"add\": \"x\"} or {\"remove\": \"x\"} on a set, {\"enable\": true} on a flag. The map's type is configured:%n"
                            + "entente.maps.MAP.type, by --config FILE.")
    private static final class Update extends KeyCommand {

        @Parameters(index = "2", paramLabel = "OPERATION")
        private String operation = "";

        private Update(ShellContext context) {
            super(context);
        }

        @Override
        boolean takesRestOfLine() {
            return true;
        }

        @Override
        void run() {
            StoredValue stored = JsonText.stored(JsonText.typed(operation));
            write((map, key, options) -> map.update(key, stored, options));
        }
    }

    @Command(
            name = "siblings",
            description = "Shows every version of a key at a data center: dot, data center, time, value.%n"
                    + "Versions are siblings when none of their writers had seen another's.")
    private static final class Siblings extends KeyCommand {

        @Mixin
        private OutputOption output = new OutputOption();

        private Siblings(ShellContext context) {
            super(context);
        }

        @Override
        void run() {
            Resolved resolved = read();
            if (output.isJson()) {
                OutputOption.print(context(), json(resolved));
                return;
            }
            if (resolved.versions().isEmpty()) {
                print(type().map(type -> "no siblings, for a " + type.label() + " merges by itself: reads as ")
                                .orElse("")
                        + withReason(resolved));
                return;
            }
            Table table = new Table(context(), "dot", "data center", "written at", "value");
            for (Version<StoredValue> version : resolved.versions()) {
                table.row(version.dot().toString(), version.dataCenter(), time(version), printed(version));
            }
            table.print();
            if (resolved.versions().size() > 1) {
                print("reads as " + withReason(resolved));
            }
        }

        /** Of a version that is no JSON the value is told by type and size, as in the table; a deletion has none. */
        private static ArrayNode json(Resolved resolved) {
            ArrayNode all = JsonNodeFactory.instance.arrayNode();
            for (Version<StoredValue> version : resolved.versions()) {
                ObjectNode one = all.addObject()
                        .put("dot", version.dot().toString())
                        .put("dataCenter", version.dataCenter())
                        .put("writtenAt", time(version));
                version.value()
                        .ifPresent(value -> one.set(
                                "value",
                                JsonText.of(value).orElseGet(() -> TextNode.valueOf(JsonText.printed(value)))));
            }
            return all;
        }

        private static String time(Version<StoredValue> version) {
            return Instant.ofEpochMilli(version.timestamp().millis()) + "+"
                    + version.timestamp().counter();
        }
    }

    @Command(name = "keys", description = "Lists the keys of a map that have a value at a data center.")
    private static final class Keys extends ShellCommand {

        @Mixin
        private OutputOption output = new OutputOption();

        @Parameters(index = "0", paramLabel = "DC", completionCandidates = DataCenters.class)
        private String dataCenter = "";

        @Parameters(index = "1", paramLabel = "MAP")
        private String name = "";

        private Keys(ShellContext context) {
            super(context);
        }

        @Override
        void run() {
            StoredMap map = map(dataCenter, name);
            ArrayNode all = JsonNodeFactory.instance.arrayNode();
            Consumer<String> each = output.isJson() ? all::add : this::print;
            Optional<PageRequest> next = Optional.of(PageRequest.of(""));
            while (next.isPresent()) {
                Page<StoredEntry> page = answer(map.entries(next.get()));
                page.entries().forEach(entry -> each.accept(new KeyText(name, entry.key()).toString()));
                next = page.next().map(PageRequest.of("")::after);
            }
            if (output.isJson()) {
                OutputOption.print(context(), all);
            }
        }
    }

    @Command(
            name = "expect",
            description = "Fails unless a key reads as that value at a data center.%n"
                    + "Write absent for a key without a value. Values are compared as JSON.")
    private static final class Expect extends KeyCommand {

        @Parameters(index = "2", paramLabel = "VALUE|absent")
        private String value = "";

        private Expect(ShellContext context) {
            super(context);
        }

        @Override
        boolean takesRestOfLine() {
            return true;
        }

        @Override
        void run() {
            Resolved resolved = read();
            if (!isExpected(resolved)) {
                String expected =
                        value.equals(ABSENT) ? ABSENT : JsonText.typed(value).toString();
                throw new FailureException(place() + " reads as " + withReason(resolved) + ", not as " + expected);
            }
        }

        private boolean isExpected(Resolved resolved) {
            if (value.equals(ABSENT)) {
                return resolved.content() instanceof Resolved.Absent;
            }
            JsonNode expected = JsonText.typed(value);
            return resolved.content() instanceof Resolved.Value found
                    && JsonText.of(found.value())
                            .filter(actual -> JsonText.same(actual, expected))
                            .isPresent();
        }
    }
}
