package io.entente.cluster.http;

import akka.http.javadsl.model.HttpMethod;
import akka.http.javadsl.model.HttpMethods;
import akka.http.javadsl.model.HttpResponse;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.entente.cluster.map.StoredValue;
import io.entente.cluster.retirement.LostWrite;
import io.entente.cluster.retirement.LostWrites;
import io.entente.cluster.retirement.SalvageOutcome;
import io.entente.core.record.Payload;
import io.entente.core.record.Salvageable;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;

/** {@code /admin/salvage}: lists the writes that only this node had when it was retired, and writes them back as new ones. */
final class SalvageResource implements Resource {

    private static final int LIMIT_BYTES = 16 << 10;
    private static final int DEFAULT_LIMIT = 100;
    private static final String LIMIT = "limit";
    private static final String MAP = "map";
    private static final String KEY = "key";
    private static final String FORM = "{}, {\"map\": \"m\"}, or {\"map\": \"m\", \"key\": \"k\"}";

    private final LostWrites writes;
    private final RequestBody bodies;

    SalvageResource(LostWrites writes, RequestBody bodies) {
        this.writes = writes;
        this.bodies = bodies;
    }

    @Override
    public List<HttpMethod> methods() {
        return List.of(HttpMethods.GET, HttpMethods.POST);
    }

    @Override
    public CompletionStage<HttpResponse> handle(Exchange exchange) {
        if (exchange.method().equals(HttpMethods.GET)) {
            int limit = exchange.query(List.of(LIMIT)).number(LIMIT, DEFAULT_LIMIT, 1, LostWrites.MOST - 1);
            return RetireResource.told(writes.list(limit + 1))
                    .thenApply(found -> Json.response(200, json(found, limit)));
        }
        exchange.query(List.of());
        return bodies.object(exchange.request(), LIMIT_BYTES, List.of(MAP, KEY), FORM)
                .thenCompose(asked -> {
                    Optional<String> map = asked.optionalText(MAP);
                    Optional<String> key = asked.optionalText(KEY);
                    if (key.isPresent() && map.isEmpty()) {
                        throw asked.malformed("\"key\" has a meaning beside \"map\" alone");
                    }
                    return RetireResource.told(writes.writeBack(map, key))
                            .thenApply(outcome -> Json.response(200, json(outcome)));
                });
    }

    private static ObjectNode json(List<LostWrite> found, int limit) {
        ObjectNode body = Json.object();
        ArrayNode all = body.putArray("writes");
        found.stream().limit(limit).forEach(lost -> put(all.addObject(), lost));
        body.put("more", found.size() > limit);
        return body;
    }

    private static void put(ObjectNode target, LostWrite lost) {
        Salvageable write = lost.write();
        target.put("map", write.key().map());
        target.put("key", write.key().key());
        target.put("dot", write.dot().toString());
        target.put("timestamp", Instant.ofEpochMilli(write.timestamp().millis()).toString());
        target.put("deleted", write.payload().isDeletion());
        ArrayNode replaces = target.putArray("replaces");
        write.seen().forEach(dot -> replaces.add(dot.toString()));
        if (write.payload() instanceof Payload.Value value) {
            ValueJson.put(target, StoredValue.open(value.content()));
        } else if (write.payload() instanceof Payload.Operations operations) {
            target.put("operations", operations.operations().size());
        }
        target.put("aside", lost.aside().toString());
    }

    private static ObjectNode json(SalvageOutcome outcome) {
        ObjectNode body = Json.object();
        ArrayNode written = body.putArray("written");
        outcome.written()
                .forEach((lost, now) ->
                        written.addObject().put("dot", lost.toString()).put("as", now.toString()));
        ArrayNode refused = body.putArray("refused");
        outcome.refused()
                .forEach((lost, why) ->
                        refused.addObject().put("dot", lost.toString()).put("why", why));
        body.put("left", outcome.left());
        return body;
    }
}
