package io.entente.cluster;

import com.fasterxml.jackson.databind.JsonNode;
import io.entente.conflict.Conflict;
import io.entente.conflict.ConflictResolver;
import io.entente.conflict.Resolution;

/** A resolver that never ends and doesn't mind being interrupted, until a test lets go of it. */
public final class LoopingResolver implements ConflictResolver<JsonNode> {

    static volatile boolean released;

    @Override
    public Resolution<JsonNode> resolve(Conflict<JsonNode> conflict) {
        while (!released) {
            Thread.onSpinWait();
        }
        return Resolution.pick(conflict.lastWritten());
    }
}
