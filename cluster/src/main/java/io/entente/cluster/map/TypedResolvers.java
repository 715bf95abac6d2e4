package io.entente.cluster.map;

import com.fasterxml.jackson.databind.JsonNode;
import io.entente.conflict.ConflictResolver;
import io.entente.conflict.Resolvers;
import io.entente.core.bytes.Bytes;
import java.util.Objects;

/**
 * Resolvers of JSON documents for maps of typed values. Thread-safe as far as the codec is.
 *
 * <pre>{@code
 * Codec<Profile> codec = Codec.json(Profile.class);
 * entente.map("profiles", codec, TypedResolvers.ofJson(codec, DocumentResolvers.jsonMerge()));
 * }</pre>
 */
public final class TypedResolvers {

    private TypedResolvers() {}

    /**
     * A resolver of a codec's values, of which another one sees the JSON that the codec makes. A merged document that is none of the codec's
     * leaves the conflict unresolved.
     *
     * @throws IllegalArgumentException when the codec's content type is not JSON
     */
    public static <V> ConflictResolver<V> ofJson(Codec<V> codec, ConflictResolver<JsonNode> resolver) {
        Objects.requireNonNull(resolver, "resolver");
        requireJson(codec);
        return Resolvers.through(
                value -> JsonView.INSTANCE.decode(new StoredValue(StoredValue.JSON, Bytes.wrap(codec.encode(value)))),
                document -> codec.decode(
                        JsonView.INSTANCE.encode(document).content().toArray()),
                resolver);
    }

    static void requireJson(Codec<?> codec) {
        if (!MediaType.isJson(codec.contentType())) {
            throw new IllegalArgumentException("the codec writes " + codec.contentType()
                    + ", and a resolver of documents sees JSON: use a codec of JSON, such as Codec.json(Cart.class)");
        }
    }
}
