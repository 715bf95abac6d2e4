package io.entente.cluster.settings;

import com.typesafe.config.ConfigObject;
import com.typesafe.config.ConfigUtil;
import com.typesafe.config.ConfigValue;
import io.entente.cluster.resolve.TextConflicts;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Reads a map's resolver: a name, or {@code per-field { field = name, … }} with objects for the fields of objects inside. Notes what can't be used, with
 * its place; what is around it is read all the same.
 *
 * @param priority of the map's data centers
 * @param textConflicts what the map's merges of texts do
 * @param problems where problems are noted
 */
record ResolverReader(List<String> priority, TextConflicts textConflicts, List<String> problems) {

    /** The words for what a merge of texts may do. */
    static Map<String, TextConflicts> textConflictWords() {
        Map<String, TextConflicts> words = new LinkedHashMap<>();
        for (TextConflicts each : TextConflicts.values()) {
            words.put(each.word(), each);
        }
        return words;
    }

    /** The resolver, if it can be used. */
    Optional<ResolverSettings> read(String path, ConfigValue value) {
        if (!(value instanceof ConfigObject object)) {
            return named(path, value);
        }
        ConfigValue fields = object.get(ResolverNames.PER_FIELD);
        if (object.size() != 1 || !(fields instanceof ConfigObject byName)) {
            problems.add(Section.describe(path, value) + ": it is no resolver: write its name, or " + path + "."
                    + ResolverNames.PER_FIELD + " { price = max, " + ResolverSettings.REST + " = "
                    + ResolverNames.LAST_WRITER_WINS + " }");
            return Optional.empty();
        }
        return composed(path + "." + ResolverNames.PER_FIELD, byName);
    }

    private Optional<ResolverSettings> named(String path, ConfigValue value) {
        try {
            return Optional.of(settings(Values.text(value), Collections.emptySortedMap()));
        } catch (IllegalArgumentException bad) {
            problems.add(Section.describe(path, value) + ": " + bad.getMessage());
            return Optional.empty();
        }
    }

    private Optional<ResolverSettings> composed(String path, ConfigObject byName) {
        SortedMap<String, ResolverSettings> fields = new TreeMap<>();
        int before = problems.size();
        new TreeMap<>(byName).forEach((field, value) -> {
            String place = path + "." + ConfigUtil.joinPath(field);
            Optional<ResolverSettings> resolver =
                    value instanceof ConfigObject inside ? composed(place, inside) : named(place, value);
            resolver.ifPresent(usable -> fields.put(field, usable));
        });
        if (problems.size() > before) {
            return Optional.empty();
        }
        try {
            return Optional.of(settings(ResolverNames.PER_FIELD, fields));
        } catch (IllegalArgumentException bad) {
            problems.add(Section.describe(path, byName) + ": " + bad.getMessage());
            return Optional.empty();
        }
    }

    private ResolverSettings settings(String name, SortedMap<String, ResolverSettings> fields) {
        return new ResolverSettings(
                name,
                name.equals(ResolverNames.DATA_CENTER_PRIORITY) ? priority : List.of(),
                name.equals(ResolverNames.TEXT_MERGE) ? textConflicts : TextConflicts.BOTH,
                fields);
    }
}
