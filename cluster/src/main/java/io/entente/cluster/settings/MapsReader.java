package io.entente.cluster.settings;

import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigObject;
import com.typesafe.config.ConfigValue;
import io.entente.cluster.resolve.TextConflicts;
import io.entente.cluster.settings.HomeSettings.Unreachable;
import io.entente.conflict.merge.MergeableType;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Pattern;

/** Reads {@code entente.maps}: a section a map, whose names are the user's. */
final class MapsReader {

    private static final String HOME = "home";
    private static final String HOME_UNREACHABLE = "home-unreachable";

    /** The keys of one map. */
    static final List<String> KEYS = List.of(
            "type",
            "resolver",
            "priority",
            "text-conflicts",
            QuorumReader.N,
            QuorumReader.W,
            QuorumReader.R,
            HOME,
            HOME_UNREACHABLE);

    private static final Pattern MAP_NAME = Pattern.compile("[A-Za-z0-9._-]{1,128}");
    private static final ConfigObject DEFAULTS = ConfigFactory.parseMap(Map.of(
                    "type",
                    "register",
                    "resolver",
                    ResolverNames.LAST_WRITER_WINS,
                    "priority",
                    List.of(),
                    "text-conflicts",
                    TextConflicts.BOTH.word(),
                    QuorumReader.N,
                    "placed",
                    QuorumReader.W,
                    "quorum",
                    QuorumReader.R,
                    "quorum",
                    HOME,
                    HomeSettings.NONE,
                    HOME_UNREACHABLE,
                    "refuse"))
            .root();
    private static final List<String> LATER_TYPES = List.of("document");
    private static final Map<String, Optional<MergeableType>> TYPES = types();

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
        Optional<MergeableType> type = map.read("type", Values.choice(TYPES, LATER_TYPES));
        return type.map(mergeable -> merging(map, mergeable))
                .orElseGet(() -> resolver(map).map(MapSettings::new).orElse(MapSettings.defaults()))
                .with(QuorumReader.readGiven(map))
                .with(type.isPresent() ? HomeSettings.none() : home(map));
    }

    private static HomeSettings home(Section map) {
        String home = map.read(HOME, value -> Rules.name(Values.text(value)));
        Unreachable unreachable = map.read(
                HOME_UNREACHABLE,
                Values.choice(
                        new TreeMap<>(Map.of("refuse", Unreachable.REFUSE, "accept", Unreachable.ACCEPT)), List.of()));
        HomeSettings read = new HomeSettings(home, unreachable);
        ConfigValue given = map.values().get(HOME_UNREACHABLE);
        if (given != null && !read.isSet()) {
            map.problems()
                    .add(Section.describe(map.pathOf(HOME_UNREACHABLE), given)
                            + ": it has no effect without a home: remove it, or write " + map.pathOf(HOME));
        }
        return read;
    }

    private static MapSettings merging(Section map, MergeableType type) {
        map.values().forEach((option, value) -> {
            if (!option.equals("type") && !QuorumReader.KEYS.contains(option)) {
                map.problems()
                        .add(Section.describe(map.pathOf(option), value) + ": it has no effect with the type "
                                + type.label() + ", whose values merge by themselves: remove one of the two");
            }
        });
        return MapSettings.merging(type);
    }

    private static Optional<ResolverSettings> resolver(Section map) {
        List<String> priority = map.read("priority", Values.list(Rules::name));
        TextConflicts conflicts =
                map.read("text-conflicts", Values.choice(ResolverReader.textConflictWords(), List.of()));
        ConfigValue byDefault = Objects.requireNonNull(DEFAULTS.get("resolver"));
        ConfigValue value = map.values().getOrDefault("resolver", byDefault);
        Optional<ResolverSettings> resolver =
                new ResolverReader(priority, conflicts, map.problems()).read(map.pathOf("resolver"), value);
        resolver.ifPresent(known -> {
            requireUse(map, "priority", known, ResolverNames.DATA_CENTER_PRIORITY);
            requireUse(map, "text-conflicts", known, ResolverNames.TEXT_MERGE);
        });
        return resolver;
    }

    /** An option that no resolver of the map looks at was meant for something. */
    private static void requireUse(Section map, String option, ResolverSettings resolver, String user) {
        ConfigValue value = map.values().get(option);
        if (value != null && !resolver.uses(user)) {
            map.problems()
                    .add(Section.describe(map.pathOf(option), value) + ": it has no effect with the resolver "
                            + resolver.name() + ": remove it, or use " + user);
        }
    }

    /** A register, which resolves, and all that merge by themselves; a register among those is but a field of a map. */
    private static Map<String, Optional<MergeableType>> types() {
        Map<String, Optional<MergeableType>> types = new LinkedHashMap<>();
        types.put("register", Optional.empty());
        for (MergeableType type : MergeableType.values()) {
            types.putIfAbsent(type.label(), Optional.of(type));
        }
        return Collections.unmodifiableMap(types);
    }
}
