package io.entente.cluster.map;

import io.entente.conflict.Version;
import java.util.List;

/**
 * How stored values look to whoever handles them: to an application through its codec, to a resolver as JSON, or as they are.
 *
 * @param <V> the type of values
 */
interface ValueView<V> {

    /**
     * The value behind a stored one.
     *
     * @throws CodecException when there is none
     */
    V decode(StoredValue stored);

    /**
     * The stored form of a value.
     *
     * @throws CodecException when there is none
     */
    StoredValue encode(V value);

    /**
     * The stored form of a value that was made of several versions.
     *
     * @throws CodecException when there is none
     */
    default StoredValue encodeMerged(V value, List<Version<StoredValue>> versions) {
        return encode(value);
    }

    /** Stored values as they are. */
    static ValueView<StoredValue> stored() {
        return AsStored.INSTANCE;
    }

    /** Any stored value as a JSON tree: JSON as what it says, text as a string. */
    static JsonView json() {
        return JsonView.INSTANCE;
    }

    /** Through a codec. */
    static <V> ValueView<V> of(Codec<V> codec) {
        return new CodecView<>(codec);
    }

    /** See {@link #stored()}. */
    enum AsStored implements ValueView<StoredValue> {
        INSTANCE;

        @Override
        public StoredValue decode(StoredValue stored) {
            return stored;
        }

        @Override
        public StoredValue encode(StoredValue value) {
            return value;
        }
    }
}
