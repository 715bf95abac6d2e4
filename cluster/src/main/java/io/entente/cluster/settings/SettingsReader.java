package io.entente.cluster.settings;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigObject;
import com.typesafe.config.ConfigValue;
import io.entente.cluster.settings.ReplicationSettings.Placement;
import io.entente.core.store.Durability;
import io.entente.core.topology.Edge;
import io.entente.core.topology.TopologyPlan;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeSet;

/** Turns the {@code entente} section of a configuration into settings, or into all its problems at once. */
final class SettingsReader {

    static final String ROOT = "entente";

    private final Section root;
    private final List<String> problems = new ArrayList<>();

    private SettingsReader(ConfigObject entente, ConfigObject reference) {
        new KnownKeys(reference, problems).check(entente);
        root = new Section(ROOT, entente, reference, problems);
    }

    /**
     * The settings in a resolved configuration.
     *
     * @throws SettingsException with all problems
     */
    static EntenteSettings read(Config config) {
        ConfigObject reference = (ConfigObject)
                Objects.requireNonNull(ConfigFactory.parseResources(SettingsReader.class, "/reference.conf")
                        .root()
                        .get(ROOT));
        ConfigValue entente = config.root().getOrDefault(ROOT, reference);
        if (!(entente instanceof ConfigObject object)) {
            throw new SettingsException(
                    List.of(Section.describe(ROOT, entente) + ": it is a section: write " + ROOT + " { … }"));
        }
        return new SettingsReader(object, reference).settings(config);
    }

    private EntenteSettings settings(Config config) {
        NodeSettings node = node();
        EntenteSettings settings = new EntenteSettings(
                node,
                formation(),
                http(),
                storage(),
                replication(),
                limits(),
                conflicts(),
                MapsReader.read(root.section("maps")),
                faults(),
                new SecurityReader(root).nodes(),
                config.withoutPath(ROOT));
        if (!problems.isEmpty()) {
            throw new SettingsException(problems);
        }
        return settings;
    }

    private NodeSettings node() {
        String bind = root.read("bind", value -> {
            String text = Values.text(value);
            return text.isEmpty() ? text : Rules.host(text);
        });
        return new NodeSettings(
                root.read("name", value -> Rules.name(Values.text(value))),
                root.read("dc", value -> Rules.name(Values.text(value))),
                address(root),
                bind.isEmpty() ? Optional.empty() : Optional.of(bind),
                root.read(
                        "seeds",
                        value -> Rules.distinct(
                                "the seed", Values.list(Address::parse).apply(value))));
    }

    private FormationSettings formation() {
        return new FormationSettings(
                root.read("founding-wait", Values.duration(Duration.ZERO, FormationSettings.MOST_WAIT)),
                root.read("reform", Values::flag));
    }

    private HttpSettings http() {
        Section http = root.section("http");
        return new HttpSettings(
                http.read("enabled", Values::flag),
                address(http),
                http.read("names", Values.list(Rules::host)),
                new SecurityReader(root).http(http));
    }

    private static Address address(Section section) {
        String host = section.read("host", value -> Rules.host(Values.text(value)));
        int port = section.read("port", Values.integer("a port", 0, 65_535));
        return new Address(host, port);
    }

    private StorageSettings storage() {
        Path directory = root.read("data", value -> {
            String text = Values.text(value);
            Rules.require(!text.isBlank(), "it names no directory: name one");
            return Path.of(text);
        });
        Durability durability = root.read(
                "durability",
                Values.choice(
                        ordered("fsync", Durability.FSYNC, "os", Durability.OS, "memory", Durability.MEMORY),
                        List.of()));
        Section backup = root.section("backup");
        String backups = backup.read("directory", Values::text);
        return new StorageSettings(
                directory,
                durability,
                root.read("restored", Values::flag),
                retention(),
                backups.isEmpty() ? Optional.empty() : Optional.of(Path.of(backups)),
                root.read(
                        "disk-reserve",
                        Values.size("the reserve on the disk in bytes", 0, StorageSettings.MOST_RESERVE)),
                verifyInterval(root.section("verify")),
                root.section("snapshot")
                        .read(
                                "share",
                                Values.integer("the share of snapshots", 1, StorageSettings.MOST_SNAPSHOT_SHARE)),
                root.read(
                        "cache",
                        Values.size("the cache in bytes", StorageSettings.LEAST_CACHE, StorageSettings.MOST_CACHE)));
    }

    private RetentionSettings retention() {
        Section retention = root.section("retention");
        return new RetentionSettings(
                retention.read("age", Values.duration(RetentionSettings.LEAST_AGE, RetentionSettings.MOST_AGE)),
                retention.read(
                        "size",
                        Values.largeSize(
                                "the bytes of the log that are kept",
                                RetentionSettings.LEAST_BYTES,
                                RetentionSettings.MOST_BYTES)));
    }

    private static Duration verifyInterval(Section verify) {
        return verify.read(
                "interval",
                value -> Values.text(value).equals("off")
                        ? Duration.ZERO
                        : Values.duration(StorageSettings.LEAST_VERIFY_INTERVAL, StorageSettings.MOST_VERIFY_INTERVAL)
                                .apply(value));
    }

    private TopologyPlan topology() {
        String name = root.read("topology", Values.choice(words("all-to-all", "ring", "star", "tree"), List.of()));
        String hub = root.read("topology-hub", value -> {
            String text = Values.text(value);
            return text.isEmpty() ? text : Rules.name(text);
        });
        List<Edge> edges = root.read("edges", Values.list(Edge::parse));
        if (!edges.isEmpty()) {
            requireUnset(
                    name.equals("all-to-all"), "topology", name, "edges spell the topology out: remove one of the two");
            requireUnset(hub.isEmpty(), "topology-hub", hub, "it has a meaning for the topology star alone: remove it");
            return new TopologyPlan.Edges(new TreeSet<>(edges));
        }
        requireUnset(
                hub.isEmpty() || name.equals("star"),
                "topology-hub",
                hub,
                "it has a meaning for the topology star alone: remove it");
        requireUnset(
                !hub.isEmpty() || !name.equals("star"),
                "topology",
                name,
                "a star needs a hub: name it with topology-hub");
        return switch (name) {
            case "ring" -> new TopologyPlan.Ring();
            case "star" -> new TopologyPlan.Star(hub);
            case "tree" -> new TopologyPlan.Tree();
            default -> TopologyPlan.allToAll();
        };
    }

    private void requireUnset(boolean holds, String key, String value, String problem) {
        if (!holds) {
            problems.add(root.pathOf(key) + " = " + value + ": " + problem);
        }
    }

    private ReplicationSettings replication() {
        Placement placement = new Placement(
                root.read("partitions", Values.integer("the number of partitions", 1, Placement.MOST_PARTITIONS)),
                root.read("replication-factor", Values.integer("the replication factor", 1, Placement.MOST_COPIES)));
        return new ReplicationSettings(
                new ModeReader(root).settings(),
                topology(),
                placement,
                root.read(
                        "members",
                        value -> Rules.members(Values.list(text -> text).apply(value))),
                root.read(
                        "max-clock-drift",
                        Values.duration(ReplicationSettings.LEAST_DRIFT, ReplicationSettings.MOST_DRIFT)),
                leaderless());
    }

    private LeaderlessSettings leaderless() {
        Section leaderless = root.section("leaderless");
        return new LeaderlessSettings(
                QuorumReader.read(leaderless),
                leaderless.read("sloppy-quorum", Values::flag),
                leaderless.read(
                        "stand-ins", Values.integer("the number of stand-ins", 1, LeaderlessSettings.MOST_STAND_INS)));
    }

    private FaultSettings faults() {
        return new FaultSettings(
                root.read("fault-injection", Values::flag),
                root.read("latency", Values.duration(Duration.ZERO, FaultSettings.MOST_LATENCY)));
    }

    private DataLimits limits() {
        Section limits = root.section("limits");
        return new DataLimits(
                limits.read("key", Values.size("a key's limit in bytes", DataLimits.LEAST_KEY, DataLimits.MOST_KEY)),
                limits.read(
                        "value",
                        Values.size("a value's limit in bytes", DataLimits.LEAST_VALUE, DataLimits.MOST_VALUE)),
                limits.read(
                        "map-name",
                        Values.integer("a map name's limit", DataLimits.LEAST_MAP_NAME, DataLimits.MOST_MAP_NAME)),
                limits.read(
                        "token",
                        Values.size("a token's limit in bytes", DataLimits.LEAST_TOKEN, DataLimits.MOST_TOKEN)),
                limits.read(
                        "siblings",
                        Values.integer("the limit of siblings", DataLimits.LEAST_SIBLINGS, DataLimits.MOST_SIBLINGS)),
                limits.read(
                        "mergeable",
                        Values.size(
                                "a mergeable value's limit in bytes",
                                DataLimits.LEAST_MERGEABLE,
                                DataLimits.MOST_MERGEABLE)));
    }

    private ConflictSettings conflicts() {
        Section conflicts = root.section("conflicts");
        return new ConflictSettings(
                conflicts.read(
                        "entries",
                        Values.integer(
                                "the number of conflicts kept",
                                ConflictSettings.LEAST_ENTRIES,
                                ConflictSettings.MOST_ENTRIES)),
                conflicts.read(
                        "size",
                        Values.size(
                                "the bytes of conflicts kept",
                                ConflictSettings.LEAST_BYTES,
                                ConflictSettings.MOST_BYTES)),
                conflicts.read(
                        "entries-of-a-key",
                        Values.integer("the number of conflicts kept of a key", 1, ConflictSettings.MOST_OF_A_KEY)),
                conflicts.read(
                        "values",
                        Values.size("the bytes of values kept of a conflict", 0, ConflictSettings.MOST_VALUES)),
                root.read(
                        "resolver-timeout",
                        Values.duration(ConflictSettings.LEAST_TIMEOUT, ConflictSettings.MOST_TIMEOUT)));
    }

    private static Map<String, String> words(String... words) {
        Map<String, String> same = new java.util.LinkedHashMap<>();
        for (String word : words) {
            same.put(word, word);
        }
        return same;
    }

    private static <T> Map<String, T> ordered(String a, T ofA, String b, T ofB, String c, T ofC) {
        Map<String, T> words = new java.util.LinkedHashMap<>();
        words.put(a, ofA);
        words.put(b, ofB);
        words.put(c, ofC);
        return words;
    }
}
