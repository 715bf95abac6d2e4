package io.entente.samples.demo.shell;

import io.entente.cluster.conflict.ConflictFilter;
import io.entente.cluster.conflict.ConflictPage;
import io.entente.cluster.conflict.ConflictQuery;
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
import java.util.Comparator;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** Lists the conflict journals of all live nodes as one: a conflict has the same name wherever it was seen. */
@Command(
        name = "conflicts",
        description =
                "Lists the conflicts that live nodes have seen, of one key or map, or all; the latest last.%n"
                        + "With a RESOLVER, also what that would make of each; nothing is written. To overrule an outcome, 'put'.")
final class ConflictsCommand extends ShellCommand {

    /** How many of the latest are printed. */
    private static final int MOST_PRINTED = 200;

    private static final int SHOWN_DIGITS = 8;

    @Parameters(index = "0", paramLabel = "KEY", arity = "0..1")
    private Optional<String> key = Optional.empty();

    @Parameters(index = "1", paramLabel = "RESOLVER", arity = "0..1", completionCandidates = Names.class)
    private Optional<String> resolver = Optional.empty();

    ConflictsCommand(ShellContext context) {
        super(context);
    }

    @Override
    void run() {
        ConflictQuery query = query();
        Map<ConflictId, List<SeenConflict>> seen = new LinkedHashMap<>();
        for (DemoNode node : cluster().liveNodes()) {
            all(node.require().conflicts(), query)
                    .forEach(conflict -> seen.computeIfAbsent(conflict.id(), id -> new ArrayList<>())
                            .add(conflict));
        }
        if (seen.isEmpty()) {
            print("no conflicts");
            return;
        }
        print(seen);
    }

    private ConflictQuery query() {
        ConflictQuery query = ConflictQuery.of(key.map(ConflictsCommand::filter).orElse(ConflictFilter.all()))
                .limit(ConflictQuery.MOST);
        return resolver.map(name -> query.whatIf(settings(name))).orElse(query);
    }

    private static ConflictFilter filter(String text) {
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

    private static List<SeenConflict> all(Conflicts conflicts, ConflictQuery query) {
        List<SeenConflict> all = new ArrayList<>();
        ConflictPage page = answer(conflicts.list(query));
        all.addAll(page.conflicts());
        while (page.more()) {
            page = answer(conflicts.list(query.after(page.position())));
            all.addAll(page.conflicts());
        }
        return all;
    }

    private void print(Map<ConflictId, List<SeenConflict>> seen) {
        List<List<SeenConflict>> ordered = new ArrayList<>(seen.values());
        ordered.sort(Comparator.comparing(sightings -> sightings.get(0).at()));
        int left = Math.max(0, ordered.size() - MOST_PRINTED);
        Table table = resolver.isPresent()
                ? new Table(context(), "conflict", "key", "seen by", "state", "versions", "reads as", "what if")
                : new Table(context(), "conflict", "key", "seen by", "state", "versions", "reads as");
        for (List<SeenConflict> sightings : ordered.subList(left, ordered.size())) {
            table.row(row(sightings).toArray(String[]::new));
        }
        if (left > 0) {
            print(left + " older ones are left out: name a key, or see GET /conflicts");
        }
        table.print();
    }

    private static List<String> row(List<SeenConflict> sightings) {
        SeenConflict first = sightings.get(0);
        List<String> cells = new ArrayList<>();
        cells.add(shortened(first.id())
                + first.extended().map(id -> " extends " + shortened(id)).orElse(""));
        cells.add(first.key().toString());
        cells.add(sightings.stream().map(sighting -> sighting.node().node()).collect(Collectors.joining(" ")));
        cells.add(sightings.stream().anyMatch(SeenConflict::open) ? "open" : "closed");
        cells.add(first.siblings().stream().map(ConflictsCommand::printed).collect(Collectors.joining(" | ")));
        cells.add(printed(first.outcome()));
        first.whatIf().ifPresent(verdict -> cells.add(printed(verdict)));
        return cells;
    }

    private static String shortened(ConflictId id) {
        return id.toString().substring(0, SHOWN_DIGITS);
    }

    private static String printed(SeenVersion version) {
        String value = version.isOmitted()
                ? "(" + version.length() + " bytes)"
                : version.value().map(JsonText::printed).orElse("(deleted)");
        return version.dot().origin().dataCenter() + " " + value;
    }

    private static String printed(Verdict verdict) {
        return verdict.resolved().map(ConflictsCommand::printed).orElse("(unknown)") + " by " + verdict.resolver();
    }

    private static String printed(Resolved resolved) {
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
