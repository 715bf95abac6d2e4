package io.entente.samples.demo.story;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigValue;
import io.entente.samples.terminal.MisuseException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** All stories, from the class path. */
public final class Stories {

    /** In the order in which to play them: first what it is about, then chapter 5 of <i>Designing Data-Intensive Applications</i>, then the rest. */
    static final List<String> NAMES = List.of(
            "first-steps",
            "conflict",
            "cut-link",
            "crash",
            "tree",
            "semi-sync",
            "chain",
            "failover",
            "no-leader",
            "lost-leader",
            "read-your-writes",
            "monotonic-reads",
            "consistent-prefix",
            "sticky-clients",
            "home",
            "topology",
            "overtaking",
            "quorum",
            "sloppy-quorum",
            "two-clients",
            "cart",
            "mergeable",
            "seat",
            "note",
            "profile");

    private static final String MAPS = "entente.maps";

    private Stories() {}

    /** All of them. */
    public static List<Story> all() {
        return NAMES.stream().map(Stories::named).toList();
    }

    /** The names of all. */
    public static List<String> names() {
        return NAMES;
    }

    /** One of them; throws {@link MisuseException} where there is none of that name. */
    public static Story named(String name) {
        if (!NAMES.contains(name)) {
            throw new MisuseException("there is no story '" + name + "': 'story' lists all");
        }
        return Story.of(name, read(name + ".txt"));
    }

    /**
     * A configuration with the maps that stories are about, each as its story needs it, beside what it has: whatever it says of a map itself stays alone.
     * So every story that needs no more than maps can be played in any demo.
     */
    public static Config withMaps(Config application) {
        Config all = application;
        for (Story story : all()) {
            if (!story.configuration().isEmpty()) {
                Config own = ConfigFactory.parseString(read(story.name() + ".conf"));
                all = concernsMapsAlone(own) ? withMaps(all, application, own) : all;
            }
        }
        return all;
    }

    private static Config withMaps(Config all, Config application, Config own) {
        Config merged = all;
        for (Map.Entry<String, ConfigValue> map : own.getObject(MAPS).entrySet()) {
            String path = MAPS + ".\"" + map.getKey() + "\"";
            if (!application.hasPath(path)) {
                merged = merged.withValue(path, map.getValue());
            }
        }
        return merged;
    }

    /** Whether a story can be played in a demo that was not started for it. */
    public static boolean needsMapsAlone(Story story) {
        return story.configuration().isEmpty()
                || concernsMapsAlone(ConfigFactory.parseString(read(story.name() + ".conf")));
    }

    private static boolean concernsMapsAlone(Config config) {
        return config.root().keySet().equals(Set.of("entente"))
                && config.getObject("entente").keySet().equals(Set.of("maps"));
    }

    private static String read(String file) {
        try (InputStream in = Stories.class.getResourceAsStream(file)) {
            if (in == null) {
                throw new IllegalStateException("the story " + file + " is missing from this build");
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }
}
