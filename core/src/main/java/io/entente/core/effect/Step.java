package io.entente.core.effect;

import io.entente.core.store.WriteBatch;
import java.util.List;
import java.util.Objects;

/**
 * What a step of the replica asks for: first make this durable, then do that. The order is the type (invariant I4).
 *
 * @param durable what must be committed, at the configured durability, before anything in {@code then} is done; may be empty
 * @param then the effects, in order
 */
public record Step(WriteBatch durable, List<Effect> then) {

    public Step {
        Objects.requireNonNull(durable, "durable");
        then = List.copyOf(then);
    }
}
