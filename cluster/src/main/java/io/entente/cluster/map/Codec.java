package io.entente.cluster.map;

import com.fasterxml.jackson.core.type.TypeReference;

/**
 * Between an application's values and bytes of one content type.
 *
 * <p>Must be thread-safe, must not block, and must be deterministic: equal values have equal bytes on every node. It must neither
 * keep nor change the arrays it is handed.
 *
 * @param <V> the type of values
 */
public interface Codec<V> {

    /** The media type of the bytes, such as {@code application/json}. */
    String contentType();

    /**
     * The bytes of a value.
     *
     * @throws CodecException when the value has none
     */
    byte[] encode(V value);

    /**
     * The value of bytes.
     *
     * @throws CodecException when the bytes are not of this codec's form
     */
    V decode(byte[] content);

    /**
     * JSON of a class's values by Jackson: records, beans, {@code Optional} and {@code java.time} (as text). Properties and map
     * keys are written in order; unknown properties are refused, for an update would drop them.
     */
    static <V> Codec<V> json(Class<V> type) {
        return new JsonCodec<>(type);
    }

    /** JSON as by {@link #json(Class)}, of a type with parameters, such as {@code new TypeReference<List<Item>>() {}}. */
    static <V> Codec<V> json(TypeReference<V> type) {
        return new JsonCodec<>(type.getType());
    }

    /** Text in UTF-8; malformed text is refused both ways. */
    static Codec<String> utf8() {
        return TextCodec.INSTANCE;
    }

    /** Bytes as they are, whatever their content type: {@code application/octet-stream} when written. */
    static Codec<byte[]> bytes() {
        return BytesCodec.INSTANCE;
    }
}
