package io.entente.cluster.map;

import com.fasterxml.jackson.databind.JsonNode;
import io.entente.conflict.Conflict;
import io.entente.conflict.ConflictResolver;
import io.entente.conflict.Resolution;
import io.entente.conflict.Resolvers;
import io.entente.core.bytes.Bytes;

/**
 * A resolver of an application's values as one of JSON documents: what configuration can name by its class. A document that is none of the codec's leaves
 * the conflict unresolved. Thread-safe as far as codec and resolver are.
 *
 * <pre>{@code
 * public final class CartMergeOfJson extends JsonResolver<Cart> {
 *     public CartMergeOfJson() {
 *         super(Codec.json(Cart.class), new CartMerge());
 *     }
 * }
 * }</pre>
 *
 * @param <V> the type of values
 */
public abstract class JsonResolver<V> implements ConflictResolver<JsonNode> {

    private final ConflictResolver<JsonNode> seen;

    /**
     * With the codec of the values, whose content type is JSON, and what resolves them.
     *
     * @throws IllegalArgumentException when the codec's content type is not JSON
     */
    protected JsonResolver(Codec<V> codec, ConflictResolver<V> resolver) {
        TypedResolvers.requireJson(codec);
        seen = Resolvers.through(
                document -> codec.decode(
                        JsonView.INSTANCE.encode(document).content().toArray()),
                value -> JsonView.INSTANCE.decode(new StoredValue(StoredValue.JSON, Bytes.wrap(codec.encode(value)))),
                resolver);
    }

    @Override
    public final Resolution<JsonNode> resolve(Conflict<JsonNode> conflict) {
        return seen.resolve(conflict);
    }

    /** The name of the values' resolver: nodes that have it by code and nodes that have it by configuration agree. */
    @Override
    public final String name() {
        return seen.name();
    }

    @Override
    public final int version() {
        return seen.version();
    }

    @Override
    public final boolean needsAncestor() {
        return seen.needsAncestor();
    }
}
