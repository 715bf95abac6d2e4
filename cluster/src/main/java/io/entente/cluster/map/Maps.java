package io.entente.cluster.map;

import io.entente.cluster.feed.ChangeFeed;
import io.entente.conflict.ConflictResolver;
import io.entente.conflict.merge.MergeableType;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/** All maps of a node, typed for applications and as stored for other surfaces. Thread-safe. */
public final class Maps {

    private final MapAccess access;
    private final MapCatalog catalog;
    private final Optional<ChangeFeed> changes;

    /** The maps that are reached this way and resolved as the catalog says; they can't be followed. */
    public Maps(MapAccess access, MapCatalog catalog) {
        this(access, catalog, Optional.empty());
    }

    /** The same, followed by these changes. */
    public Maps(MapAccess access, MapCatalog catalog, ChangeFeed changes) {
        this(access, catalog, Optional.of(changes));
    }

    private Maps(MapAccess access, MapCatalog catalog, Optional<ChangeFeed> changes) {
        this.changes = changes;
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
        return new RoutedMap<>(stored, ValueView.of(codec), new FollowedMap(stored, changes));
    }

    /** A map whose conflicts are resolved as configuration, or the code that opened it with a resolver, says. */
    public <V> ReplicatedMap<V> map(String name, Codec<V> codec) {
        return new RoutedMap<>(stored(name), ValueView.of(codec), followed(name));
    }

    /**
     * A map as it is stored.
     *
     * @throws NotAppliedException when the name is malformed
     */
    public StoredMap stored(String name) {
        return new StoredMap(access, name, () -> catalog.definition(name), () -> catalog.type(name));
    }

    /** Whether maps can be followed at all: those of other data centers can't from here. */
    public boolean canBeFollowed() {
        return changes.isPresent();
    }

    /**
     * A map as its followers see it.
     *
     * @throws NotAppliedException when the name is malformed
     */
    public FollowedMap followed(String name) {
        return new FollowedMap(stored(name), changes);
    }

    /** A map of counters; all nodes must open it alike. Throws as {@link #set} does. */
    public MergeableMap.Counters counter(String name) {
        return new MergingMaps.CounterMap(merging(name, MergeableType.COUNTER));
    }

    /**
     * A map of flags; throws as {@link #set} does.
     *
     * @param type {@link MergeableType#FLAG} or {@link MergeableType#DISABLE_WINS_FLAG}
     */
    public MergeableMap.Flags flag(String name, MergeableType type) {
        return new MergingMaps.FlagMap(merging(name, oneOf(type, MergeableType.FLAG, MergeableType.DISABLE_WINS_FLAG)));
    }

    /**
     * A map of sets.
     *
     * @param codec the elements'; of JSON or text
     * @param type {@link MergeableType#ADD_WINS_SET} or {@link MergeableType#REMOVE_WINS_SET}
     * @throws NotAppliedException when the name is malformed
     * @throws IllegalStateException when the map has another type, or a resolver, by configuration or code
     */
    public <E> MergeableMap.Sets<E> set(String name, Codec<E> codec, MergeableType type) {
        return new MergingMaps.SetMap<>(
                merging(name, oneOf(type, MergeableType.ADD_WINS_SET, MergeableType.REMOVE_WINS_SET)), codec);
    }

    /** A map of multi-value registers; throws as {@link #set} does. */
    public <V> MergeableMap.Registers<V> multiValueRegister(String name, Codec<V> codec) {
        return new MergingMaps.RegisterMap<>(merging(name, MergeableType.MULTI_VALUE_REGISTER), codec);
    }

    /** A map of maps of fields; throws as {@link #set} does. */
    public MergeableMap.Documents fields(String name) {
        return new MergingMaps.DocumentMap(merging(name, MergeableType.MAP));
    }

    private MergeableValues merging(String name, MergeableType type) {
        MergeableValues values = new MergeableValues(access, name, type);
        catalog.register(name, type);
        return values;
    }

    private static MergeableType oneOf(MergeableType type, MergeableType... offered) {
        if (!List.of(offered).contains(type)) {
            throw new IllegalArgumentException("the type " + type.label() + " is not one of " + List.of(offered));
        }
        return type;
    }

    /** How maps are resolved. */
    public MapCatalog catalog() {
        return catalog;
    }
}
