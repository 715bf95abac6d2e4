package io.entente.cluster.map;

import io.entente.conflict.ConflictResolver;
import java.util.Objects;

/** All maps of a node, typed for applications and as stored for other surfaces. Thread-safe. */
public final class Maps {

    private final MapAccess access;
    private final MapCatalog catalog;

    /** The maps that are reached this way and resolved as the catalog says. */
    public Maps(MapAccess access, MapCatalog catalog) {
        this.access = Objects.requireNonNull(access, "access");
        this.catalog = Objects.requireNonNull(catalog, "catalog");
    }

    /**
     * A map whose conflicts the given resolver resolves, on every surface of this node; all nodes must open it alike.
     *
     * @throws NotAppliedException when the name is malformed
     * @throws IllegalStateException when the map was opened with another resolver
     * @throws IllegalArgumentException when the codec's content type is malformed
     */
    public <V> ReplicatedMap<V> map(String name, Codec<V> codec, ConflictResolver<V> resolver) {
        StoredMap stored = stored(name);
        catalog.register(name, codec, resolver);
        return new RoutedMap<>(stored, ValueView.of(codec));
    }

    /** A map whose conflicts are resolved as configuration, or the code that opened it with a resolver, says. */
    public <V> ReplicatedMap<V> map(String name, Codec<V> codec) {
        return new RoutedMap<>(stored(name), ValueView.of(codec));
    }

    /**
     * A map as it is stored.
     *
     * @throws NotAppliedException when the name is malformed
     */
    public StoredMap stored(String name) {
        return new StoredMap(access, name, () -> catalog.definition(name));
    }

    /** How maps are resolved. */
    public MapCatalog catalog() {
        return catalog;
    }
}
