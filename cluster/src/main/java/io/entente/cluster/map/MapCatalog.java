package io.entente.cluster.map;

import io.entente.cluster.settings.EntenteSettings;
import io.entente.cluster.settings.MapSettings;
import io.entente.cluster.settings.SettingsException;
import io.entente.conflict.ConflictResolver;
import io.entente.conflict.merge.MergeableType;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The definitions of all maps: from code where it registers one, else from configuration, else the last writer wins.
 *
 * <p>Thread-safe. Holds the maps that are configured or registered, not those that clients make up.
 */
public final class MapCatalog implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(MapCatalog.class);

    private final Duration drift;
    private final Duration resolverTimeout;
    private final BoundedCalls trials;
    private final Map<String, MapDefinition<?>> configured;
    private final ConcurrentMap<String, MapDefinition<?>> registered = new ConcurrentHashMap<>();
    private final ConcurrentMap<String, MergeableType> mergeable = new ConcurrentHashMap<>();

    /**
     * The catalog of what is configured.
     *
     * @throws SettingsException when resolvers' classes can't be used, with each class and reason
     */
    public MapCatalog(EntenteSettings settings) {
        resolverTimeout = settings.conflicts().resolverTimeout();
        trials = new BoundedCalls("a resolver on trial", resolverTimeout);
        drift = settings.replication().maxClockDrift();
        configured = configured(settings.maps());
        settings.maps().forEach((name, map) -> map.mergeable().ifPresent(type -> mergeable.put(name, type)));
    }

    /** How the values of a map merge by themselves; empty for a map of registers, whose conflicts are resolved. */
    public Optional<MergeableType> type(String name) {
        return Optional.ofNullable(mergeable.get(name));
    }

    /**
     * Has the values of a map merge by themselves. Registering it again under the same type changes nothing.
     *
     * @throws IllegalStateException when the map has another type, or is resolved, by configuration or code
     */
    public void register(String name, MergeableType type) {
        MapDefinition<?> resolved = registered.get(name);
        MapDefinition<?> inSettings = configured.get(name);
        MergeableType known = mergeable.get(name);
        String other = known != null && known != type
                ? "is of type " + known.label()
                : resolved != null
                        ? "is registered with the resolver " + resolved.resolver()
                        : known == null && inSettings != null
                                ? "is configured with the resolver " + inSettings.resolver()
                                : "";
        if (!other.isEmpty()) {
            throw new IllegalStateException("the map " + name + " " + other + " and can't be of type " + type.label()
                    + " too: use another map, or set entente.maps." + name + ".type = " + type.label()
                    + " on all nodes");
        }
        mergeable.put(name, type);
    }

    /** How long an application's resolver may take for one conflict. */
    public Duration callTime() {
        return resolverTimeout;
    }

    /** How a map is resolved now. A map that nobody knows has the default. */
    public MapDefinition<?> definition(String name) {
        MapDefinition<?> inCode = registered.get(name);
        if (inCode != null) {
            return inCode;
        }
        MapDefinition<?> inSettings = configured.get(name);
        return inSettings != null
                ? inSettings
                : ConfiguredMap.define(name, MapSettings.defaults(), () -> trials)
                        .withClocksOffBy(drift);
    }

    /**
     * How a map would be resolved under other settings; nothing changes.
     *
     * @throws IllegalArgumentException when the resolver's class can't be used, with class and reason
     */
    public MapDefinition<?> definition(String name, MapSettings settings) {
        return ConfiguredMap.define(name, settings, () -> trials).withClocksOffBy(drift);
    }

    /** How a map would be resolved by that resolver; nothing changes. Resolvers on trial share their threads. */
    public <V> MapDefinition<V> definition(String name, Codec<V> codec, ConflictResolver<V> resolver) {
        return new MapDefinition<>(name, ValueView.of(codec), resolver, Optional.of(trials)).withClocksOffBy(drift);
    }

    /**
     * Has a map resolved by code, whatever configuration says. Registering it again under the same name and version of the resolver
     * changes nothing: the first registration stays.
     *
     * @throws IllegalStateException when the map is registered with another resolver
     */
    public <V> void register(String name, Codec<V> codec, ConflictResolver<V> resolver) {
        type(name).ifPresent(type -> {
            throw new IllegalStateException("the map " + name + " is of type " + type.label()
                    + ", whose values merge by themselves: a resolver has nothing to do there");
        });
        MapDefinition<V> definition = new MapDefinition<>(name, ValueView.of(codec), resolver, Optional.of(calls(name)))
                .withClocksOffBy(drift);
        MapDefinition<?> earlier = registered.putIfAbsent(name, definition);
        if (earlier == null) {
            tellIfConfigurationLoses(definition);
        } else if (!earlier.resolver().equals(definition.resolver())) {
            throw new IllegalStateException("the map " + name + " is registered with the resolver " + earlier.resolver()
                    + " and can't have " + definition.resolver() + " too: register it once, with one resolver");
        }
    }

    /** The resolvers of all maps that are configured or registered, by map: what nodes compare. */
    public SortedMap<String, ResolverIdentity> resolvers() {
        SortedMap<String, ResolverIdentity> resolvers = new TreeMap<>();
        configured.forEach((name, definition) -> resolvers.put(name, definition.resolver()));
        registered.forEach((name, definition) -> resolvers.put(name, definition.resolver()));
        mergeable.forEach((name, type) -> resolvers.put(name, new ResolverIdentity(type.label(), 1)));
        return Collections.unmodifiableSortedMap(resolvers);
    }

    /** By map, why its resolver isn't called at present, a clause each. */
    public SortedMap<String, String> suspended() {
        SortedMap<String, String> suspended = new TreeMap<>();
        configured.forEach((name, definition) -> definition.suspended().ifPresent(why -> suspended.put(name, why)));
        registered.forEach((name, definition) -> definition.suspended().ifPresent(why -> suspended.put(name, why)));
        return suspended;
    }

    /** Interrupts applications' resolvers, and calls them no more. */
    @Override
    public void close() {
        configured.values().forEach(MapDefinition::close);
        registered.values().forEach(MapDefinition::close);
        trials.close();
    }

    private BoundedCalls calls(String name) {
        return new BoundedCalls("the resolver of the map " + name, resolverTimeout);
    }

    private void tellIfConfigurationLoses(MapDefinition<?> definition) {
        MapDefinition<?> loser = configured.get(definition.name());
        if (loser != null && !loser.resolver().equals(definition.resolver())) {
            LOG.info(
                    "The map {} is resolved by {} from code; its configured resolver {} is not used.",
                    definition.name(),
                    definition.resolver(),
                    loser.resolver());
        }
    }

    private Map<String, MapDefinition<?>> configured(SortedMap<String, MapSettings> maps) {
        Map<String, MapDefinition<?>> definitions = new HashMap<>();
        List<String> problems = new ArrayList<>();
        maps.forEach((name, settings) -> {
            try {
                definitions.put(
                        name,
                        ConfiguredMap.define(name, settings, () -> calls(name)).withClocksOffBy(drift));
            } catch (IllegalArgumentException unusable) {
                problems.add("entente.maps." + name + ".resolver: " + unusable.getMessage());
            }
        });
        if (!problems.isEmpty()) {
            throw new SettingsException(problems);
        }
        return Map.copyOf(definitions);
    }
}
