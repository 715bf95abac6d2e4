package io.entente.cluster.http;

import com.fasterxml.jackson.databind.JsonNode;
import io.entente.conflict.Conflict;
import io.entente.conflict.ConflictResolver;
import io.entente.conflict.Resolution;

/** A resolver of an application that has a bug. */
public final class ThrowingResolver implements ConflictResolver<JsonNode> {

    @Override
    public Resolution<JsonNode> resolve(Conflict<JsonNode> conflict) {
        throw new IllegalStateException("a bug");
    }
}
