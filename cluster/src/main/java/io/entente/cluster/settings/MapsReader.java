package io.entente.cluster.settings;

import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigObject;
import com.typesafe.config.ConfigValue;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Pattern;

/** Reads {@code entente.maps}: a section a map, whose names are the user's. */
final class MapsReader {

    /** The keys of one map. */
    static final List<String> KEYS = List.of("type", "resolver", "priority");

    private static final Pattern MAP_NAME = Pattern.compile("[A-Za-z0-9._-]{1,128}");
    private static final ConfigObject DEFAULTS = ConfigFactory.parseMap(
                    Map.of("type", "register", "resolver", ResolverNames.LAST_WRITER_WINS, "priority", List.of()))
            .root();
    private static final List<String> LATER_TYPES =
            List.of("document", "counter", "flag", "add-wins-set", "remove-wins-set", "multi-value-register", "map");

    private MapsReader() {}

    static SortedMap<String, MapSettings> read(Section maps) {
        SortedMap<String, MapSettings> settings = new TreeMap<>();
        maps.values().forEach((name, value) -> settings.put(name, readMap(maps, name, value)));
        return Collections.unmodifiableSortedMap(settings);
    }

    private static MapSettings readMap(Section maps, String name, ConfigValue value) {
        String described = Section.describe(maps.pathOf(name), value);
        if (!MAP_NAME.matcher(name).matches()) {
            maps.problems()
                    .add(described + ": '" + name
                            + "' is no map's name: use 1 to 128 of the characters A-Z a-z 0-9 . _ -");
            return MapSettings.defaults();
        }
        if (!(value instanceof ConfigObject object)) {
            maps.problems().add(described + ": it is a section: write " + maps.pathOf(name) + " { resolver = … }");
            return MapSettings.defaults();
        }
        Section map = new Section(maps.pathOf(name), object, DEFAULTS, maps.problems());
        map.read("type", Values.choice(Map.of("register", "register"), LATER_TYPES));
        String resolver = map.read("resolver", Values::text);
        List<String> priority = map.read("priority", Values.list(Rules::name));
        try {
            return new MapSettings(resolver, priority);
        } catch (IllegalArgumentException bad) {
            maps.problems().add(described + ": " + bad.getMessage());
            return MapSettings.defaults();
        }
    }
}
