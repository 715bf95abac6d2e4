package io.entente.cluster.settings;

import com.typesafe.config.ConfigObject;
import com.typesafe.config.ConfigRenderOptions;
import com.typesafe.config.ConfigUtil;
import com.typesafe.config.ConfigValue;
import java.util.List;
import java.util.Objects;

/**
 * Reads the keys of one section. What can't be used is noted as a problem, and the reference's value is read in its place, so
 * that one pass finds all problems.
 *
 * @param path the section's path
 * @param values what was configured
 * @param reference the same keys with their defaults
 * @param problems where problems are noted
 */
record Section(String path, ConfigObject values, ConfigObject reference, List<String> problems) {

    private static final int SHOWN_CHARACTERS = 120;

    /** The value of a key that the reference has. */
    <T> T read(String key, Values.Reader<T> reader) {
        ConfigValue byDefault = Objects.requireNonNull(reference.get(key), key);
        ConfigValue value = values.getOrDefault(key, byDefault);
        try {
            return reader.apply(value);
        } catch (IllegalArgumentException bad) {
            problems.add(describe(pathOf(key), value) + ": " + bad.getMessage());
            return reader.apply(byDefault);
        }
    }

    /** A section inside this one. */
    Section section(String key) {
        ConfigObject byDefault = (ConfigObject) Objects.requireNonNull(reference.get(key), key);
        ConfigValue value = values.get(key);
        if (value instanceof ConfigObject object) {
            return new Section(pathOf(key), object, byDefault, problems);
        }
        if (value != null) {
            problems.add(describe(pathOf(key), value) + ": it is a section: write " + pathOf(key) + " { … }");
        }
        return new Section(pathOf(key), byDefault, byDefault, problems);
    }

    /** The full path of a key. */
    String pathOf(String key) {
        return path + "." + ConfigUtil.joinPath(key);
    }

    /** Key, value and where it was set; without what is, or may be, a secret. */
    static String describe(String path, ConfigValue value) {
        String shown = Secrets.hidden(path, value.render(ConfigRenderOptions.concise()));
        String excerpt = shown.length() > SHOWN_CHARACTERS ? shown.substring(0, SHOWN_CHARACTERS) + "…" : shown;
        return path + " = " + excerpt + " (" + value.origin().description() + ")";
    }
}
