package io.entente.cluster.replica;

import io.entente.core.effect.Reply;
import io.entente.core.event.RequestId;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

/** The requests a replica has not answered yet. Confined to its actor. */
final class OpenReplies {

    private final Map<RequestId, CompletableFuture<Reply>> open = new HashMap<>();
    private long last;

    RequestId open(CompletableFuture<Reply> reply) {
        RequestId id = new RequestId(++last);
        open.put(id, reply);
        return id;
    }

    void answer(RequestId id, Reply reply) {
        CompletableFuture<Reply> asked = open.remove(id);
        if (asked != null) {
            asked.complete(reply);
        }
    }

    void failAll(ReplicaFailure failure) {
        open.values().forEach(reply -> reply.completeExceptionally(failure));
        open.clear();
    }
}
