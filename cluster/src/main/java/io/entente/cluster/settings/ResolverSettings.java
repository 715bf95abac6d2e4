package io.entente.cluster.settings;

import io.entente.cluster.resolve.TextConflicts;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * A resolver as configuration describes it. Immutable.
 *
 * @param name a name that {@link ResolverNames} knows, that of a service, or a class's
 * @param priority for {@code data-center-priority}: the data centers, the preferred one first
 * @param textConflicts for {@code text-merge}: what becomes of lines that were changed differently
 * @param fields for {@code per-field}: the resolvers of fields by their name as it is written, {@value #REST} for all others; else
 *     empty. A backslash before a name makes it that of a field whatever it is: {@code \rest}
 */
public record ResolverSettings(
        String name, List<String> priority, TextConflicts textConflicts, SortedMap<String, ResolverSettings> fields) {

    /** Stands for the fields that are not named. */
    public static final String REST = "rest";

    private static final String ESCAPE = "\\";

    /** Throws {@link IllegalArgumentException} for an unknown resolver, one that can't be composed, and a priority that is missing. */
    public ResolverSettings {
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(textConflicts, "textConflicts");
        ResolverNames.check(name);
        priority.forEach(Rules::name);
        priority = Rules.distinct("the data center", priority);
        fields = Collections.unmodifiableSortedMap(new TreeMap<>(fields));
        Rules.require(
                !name.equals(ResolverNames.DATA_CENTER_PRIORITY) || !priority.isEmpty(),
                "the resolver " + name + " needs a priority: list the data centers, the preferred one first");
        boolean composed = name.equals(ResolverNames.PER_FIELD);
        Rules.require(
                composed || fields.isEmpty(),
                "the fields " + fields.keySet() + " have no effect with the resolver " + name + ": use "
                        + ResolverNames.PER_FIELD);
        Rules.require(
                !composed || fields.keySet().stream().anyMatch(field -> !field.equals(REST)),
                "the resolver " + name + " needs fields: write resolver." + name + " { price = max, " + REST + " = "
                        + ResolverNames.LAST_WRITER_WINS + " }");
        Rules.distinct(
                "the field",
                fields.keySet().stream()
                        .filter(field -> !field.equals(REST))
                        .map(ResolverSettings::fieldName)
                        .toList());
        fields.forEach((field, resolver) -> Rules.require(
                !resolver.name.equals(ResolverNames.KEEP_ALL),
                "the field " + field + " can't keep all versions, since a field has one value: use another resolver"));
    }

    /** A resolver that is described by its name alone. */
    public static ResolverSettings named(String name) {
        return new ResolverSettings(name, List.of(), TextConflicts.BOTH, Collections.emptySortedMap());
    }

    /** For {@code per-field}: the resolver of the fields that are not named, by default the last writer. */
    public ResolverSettings rest() {
        return fields.getOrDefault(REST, named(ResolverNames.LAST_WRITER_WINS));
    }

    /** The field that a name stands for as it is written. */
    public static String fieldName(String written) {
        return written.startsWith(ESCAPE) ? written.substring(ESCAPE.length()) : written;
    }

    /** Whether this resolver, or one of its fields', has that name. */
    boolean uses(String resolver) {
        return name.equals(resolver) || fields.values().stream().anyMatch(field -> field.uses(resolver));
    }
}
