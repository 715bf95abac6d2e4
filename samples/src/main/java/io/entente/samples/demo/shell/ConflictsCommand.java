package io.entente.samples.demo.shell;

import io.entente.cluster.conflict.ConflictFilter;
import io.entente.cluster.conflict.ConflictPage;
import io.entente.cluster.conflict.ConflictQuery;
import io.entente.cluster.conflict.ConflictQuery.State;
import io.entente.cluster.conflict.Conflicts;
import io.entente.cluster.conflict.SeenConflict;
import io.entente.cluster.conflict.SeenConflict.SeenVersion;
import io.entente.cluster.conflict.SeenConflict.Verdict;
import io.entente.cluster.map.Resolved;
import io.entente.cluster.settings.MapSettings;
import io.entente.cluster.settings.ResolverNames;
import io.entente.core.journal.ConflictId;
import io.entente.samples.demo.cluster.DemoNode;
import io.entente.samples.terminal.MisuseException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Lists the conflict journals of all live nodes as one: a conflict has the same name wherever it was seen. */
@Command(
        name = "conflicts",
        description = "Lists the conflicts that live nodes have seen, of one key or map, or all; the latest last.%n"
                + "With a RESOLVER, also what that would make of each; nothing is written. To overrule an outcome, 'put'.%n"
                + "With --follow it goes on with those to come, until Ctrl-C or a bound; on a script give it one.")
final class ConflictsCommand extends ShellCommand {

    /** How many of the latest are printed. */
    private static final int MOST_PRINTED = 200;

    private static final int SHOWN_DIGITS = 8;

    @Parameters(index = "0", paramLabel = "KEY", arity = "0..1")
    private Optional<String> key = Optional.empty();

    @Parameters(index = "1", paramLabel = "RESOLVER", arity = "0..1", completionCandidates = Names.class)
    private Optional<String> resolver = Optional.empty();

    @Option(names = "--open", description = "those alone whose keys are still in conflict")
    private boolean open;

    @Option(names = "--unresolved", description = "those alone whose resolver fails")
    private boolean unresolved;

    @Option(names = "--follow", description = "go on with those to come, each once, when the first node has seen it")
    private boolean follow;

    @Option(names = "--count", paramLabel = "N", description = "follow until N were shown, those listed among them")
    private Optional<Integer> count = Optional.empty();

    @Option(
            names = "--for",
            paramLabel = "MS",
            description = "follow for MS milliseconds at the most; with --count, fail when fewer came")
    private Optional<Long> millis = Optional.empty();

    @Mixin
    private OutputOption output = new OutputOption();

    ConflictsCommand(ShellContext context) {
        super(context);
    }

    @Override
    void run() {
        requireBounds();
        ConflictQuery query = query();
        Map<ConflictId, List<SeenConflict>> seen = new LinkedHashMap<>();
        Map<Conflicts, String> ends = new LinkedHashMap<>();
        for (DemoNode node : cluster().liveNodes()) {
            Conflicts conflicts = node.require().conflicts();
            String end = all(
                    conflicts,
                    query,
                    conflict -> seen.computeIfAbsent(conflict.id(), id -> new ArrayList<>())
                            .add(conflict));
            ends.put(conflicts, end);
        }
        if (follow) {
            new ConflictFollowing(this::print, query, ends).follow(firstSightings(seen), count, millis);
        } else if (output.isJson()) {
            OutputOption.print(context(), table(seen.values()).json());
        } else if (seen.isEmpty()) {
            print("no conflicts");
        } else {
            print(seen);
        }
    }

    private void requireBounds() {
        if (follow && output.isJson()) {
            throw new MisuseException(
                    "-o json shows what there is, and has no end with --follow: follow GET /conflicts");
        }
        if (!follow && (count.isPresent() || millis.isPresent())) {
            throw new MisuseException("--count and --for are bounds of --follow: write that, too");
        }
        if (count.orElse(1) < 1 || millis.orElse(1L) < 1) {
            throw new MisuseException("--count and --for are 1 or more");
        }
    }

    private ConflictQuery query() {
        State state = unresolved ? State.UNRESOLVED : open ? State.OPEN : State.ANY;
        ConflictQuery query = ConflictQuery.of(key.map(ConflictsCommand::filter).orElse(ConflictFilter.all()))
                .limit(ConflictQuery.MOST)
                .in(state);
        return resolver.map(name -> query.whatIf(settings(name))).orElse(query);
    }

    private static ConflictFilter filter(String text) {
        if (text.startsWith("--")) {
            throw new MisuseException("there is no option '" + text + "': 'help conflicts' lists all");
        }
        if (!text.contains("/")) {
            return ConflictFilter.map(text);
        }
        KeyText one = KeyText.of(text);
        return ConflictFilter.key(one.map(), one.key());
    }

    private static MapSettings settings(String name) {
        if (!ResolverNames.ALL.contains(name)) {
            throw new MisuseException("'" + name + "' is no resolver that can be tried here: write one of "
                    + String.join(", ", ResolverNames.ALL));
        }
        try {
            return MapSettings.resolvedBy(name);
        } catch (IllegalArgumentException unfit) {
            throw new MisuseException("conflicts … " + name + ": " + unfit.getMessage());
        }
    }

    /** Reads a node's conflicts to their end, and answers where that is. */
    private static String all(Conflicts conflicts, ConflictQuery query, Consumer<SeenConflict> each) {
        ConflictPage page = answer(conflicts.list(query));
        page.conflicts().forEach(each);
        while (page.more()) {
            page = answer(conflicts.list(query.after(page.position())));
            page.conflicts().forEach(each);
        }
        return page.position();
    }

    private static List<SeenConflict> firstSightings(Map<ConflictId, List<SeenConflict>> seen) {
        return seen.values().stream()
                .map(sightings -> sightings.get(0))
                .sorted(Comparator.comparing(SeenConflict::at))
                .toList();
    }

    private void print(Map<ConflictId, List<SeenConflict>> seen) {
        List<List<SeenConflict>> ordered = new ArrayList<>(seen.values());
        ordered.sort(Comparator.comparing(sightings -> sightings.get(0).at()));
        int left = Math.max(0, ordered.size() - MOST_PRINTED);
        Table table = table(ordered.subList(left, ordered.size()));
        if (left > 0) {
            print(left + " older ones are left out: name a key, or see GET /conflicts");
        }
        table.print();
    }

    private Table table(Collection<List<SeenConflict>> conflicts) {
        Table table = resolver.isPresent()
                ? new Table(context(), "conflict", "key", "seen by", "state", "versions", "reads as", "what if")
                : new Table(context(), "conflict", "key", "seen by", "state", "versions", "reads as");
        conflicts.forEach(sightings -> table.row(row(sightings).toArray(String[]::new)));
        return table;
    }

    private static List<String> row(List<SeenConflict> sightings) {
        SeenConflict first = sightings.get(0);
        List<String> cells = new ArrayList<>();
        cells.add(shortened(first.id())
                + first.extended().map(id -> " extends " + shortened(id)).orElse(""));
        cells.add(first.key().toString());
        cells.add(sightings.stream().map(sighting -> sighting.node().node()).collect(Collectors.joining(" ")));
        cells.add(sightings.stream().anyMatch(SeenConflict::open) ? "open" : "closed");
        cells.add(versions(first));
        cells.add(printed(first.outcome()));
        first.whatIf().ifPresent(verdict -> cells.add(printed(verdict)));
        return cells;
    }

    /** The versions in conflict, each with its data center. */
    static String versions(SeenConflict conflict) {
        return conflict.siblings().stream().map(ConflictsCommand::printed).collect(Collectors.joining(" | "));
    }

    static String shortened(ConflictId id) {
        return id.toString().substring(0, SHOWN_DIGITS);
    }

    private static String printed(SeenVersion version) {
        String value = version.isOmitted()
                ? "(" + version.length() + " bytes)"
                : version.value().map(JsonText::printed).orElse("(deleted)");
        return version.dot().origin().dataCenter() + " " + value;
    }

    /** What a resolver makes of a conflict. */
    static String printed(Verdict verdict) {
        return verdict.resolved().map(ConflictsCommand::printed).orElse("(unknown)") + " by " + verdict.resolver();
    }

    /** What a resolver made of it. */
    static String printed(Resolved resolved) {
        String unresolved = resolved.unresolved()
                .map(reason -> " (unresolved: " + reason + ")")
                .orElse("");
        if (resolved.content() instanceof Resolved.Value value) {
            return JsonText.printed(value.value()) + unresolved;
        }
        return (resolved.content() instanceof Resolved.Absent ? "absent" : "several versions") + unresolved;
    }

    /** The names of resolvers, for the Tab key. */
    static final class Names implements Iterable<String> {
        @Override
        public Iterator<String> iterator() {
            return ResolverNames.ALL.iterator();
        }
    }
}
