package io.entente.cluster.settings;

import com.typesafe.config.ConfigObject;
import com.typesafe.config.ConfigUtil;
import com.typesafe.config.ConfigValue;
import java.util.ArrayList;
import java.util.List;

/** Finds keys that nobody reads: a misspelt setting would be ignored in silence. */
final class KnownKeys {

    private static final String MAPS = "maps";

    private final ConfigObject reference;
    private final List<String> known = new ArrayList<>();
    private final List<String> problems;

    /** Compares with the keys of {@code reference}, the {@code entente} section with its defaults. */
    KnownKeys(ConfigObject reference, List<String> problems) {
        this.reference = reference;
        this.problems = problems;
        collect("", reference);
    }

    /** Notes every unknown key of an {@code entente} section as a problem. */
    void check(ConfigObject entente) {
        check("", entente, reference);
    }

    private void collect(String prefix, ConfigObject section) {
        section.forEach((key, value) -> {
            if (value instanceof ConfigObject inner && !inner.isEmpty()) {
                collect(prefix + key + ".", inner);
            } else {
                known.add(prefix + key);
            }
        });
        known.sort(null);
    }

    private void check(String prefix, ConfigObject section, ConfigObject expected) {
        section.forEach((key, value) -> {
            ConfigValue counterpart = expected.get(key);
            String path = prefix + ConfigUtil.joinPath(key);
            if (prefix.isEmpty() && key.equals(MAPS)) {
                checkMaps(value);
            } else if (counterpart == null) {
                refuse(path, value, known);
            } else if (value instanceof ConfigObject inner && counterpart instanceof ConfigObject innerExpected) {
                check(path + ".", inner, innerExpected);
            }
        });
    }

    private void checkMaps(ConfigValue maps) {
        if (!(maps instanceof ConfigObject byName)) {
            return; // the reader of the section says so
        }
        byName.forEach((map, value) -> {
            if (value instanceof ConfigObject settings) {
                String prefix = ConfigUtil.joinPath(MAPS, map) + ".";
                List<String> candidates =
                        MapsReader.KEYS.stream().map(key -> prefix + key).toList();
                settings.forEach((key, setting) -> {
                    if (!MapsReader.KEYS.contains(key)) {
                        refuse(prefix + ConfigUtil.joinPath(key), setting, candidates);
                    }
                });
            }
        });
    }

    private void refuse(String path, ConfigValue value, List<String> candidates) {
        problems.add(Section.describe("entente." + path, value) + ": there is no such key; the nearest one is entente."
                + Spelling.nearest(path, candidates));
    }
}
