package io.entente.cluster.http;

import akka.http.javadsl.model.HttpMethod;
import akka.http.javadsl.model.HttpMethods;
import akka.http.javadsl.model.HttpResponse;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.entente.cluster.map.StoredValue;
import io.entente.cluster.retirement.LostWrite;
import io.entente.cluster.retirement.LostWrites;
import io.entente.cluster.retirement.LostWritesPage;
import io.entente.cluster.retirement.SalvageOutcome;
import io.entente.cluster.retirement.SalvageScope;
import io.entente.core.record.Payload;
import io.entente.core.record.Salvageable;
import io.entente.core.store.StoreException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;

/** {@code /admin/salvage}: lists the writes that only this node had when it was retired, and writes them back as new ones. */
final class SalvageResource implements Resource {

    private static final int LIMIT_BYTES = 16 << 10;
    private static final int DEFAULT_LIMIT = 100;
    private static final String LIMIT = "limit";
    private static final String MAP = "map";
    private static final String KEY = "key";
    private static final String OF = "of";
    private static final String PARTITION = "partition";
    private static final String FORM =
            "{}, {\"map\": \"m\"}, or {\"map\": \"m\", \"key\": \"k\"}; and \"of\" for what another node had accepted";

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
            QueryParameters query = exchange.query(List.of(LIMIT, MAP, KEY, OF));
            int limit = query.number(LIMIT, DEFAULT_LIMIT, 1, LostWrites.MOST);
            return told(writes.list(scope(query::text), limit)).thenApply(page -> Json.response(200, json(page)));
        }
        exchange.query(List.of());
        return bodies.object(exchange.request(), LIMIT_BYTES, List.of(MAP, KEY, OF), FORM)
                .thenCompose(asked -> told(writes.writeBack(scope(asked::optionalText)))
                        .thenApply(outcome -> Json.response(200, json(outcome))));
    }

    private static SalvageScope scope(Function<String, Optional<String>> asked) {
        try {
            return new SalvageScope(asked.apply(MAP), asked.apply(KEY), asked.apply(OF));
        } catch (IllegalArgumentException keyAlone) {
            throw AdminBody.problem("\"key\" has a meaning beside \"map\" alone: write " + FORM);
        }
    }

    private static <T> CompletionStage<T> told(CompletionStage<T> answer) {
        return RetireResource.told(answer.exceptionally(failure -> {
            throw refusal(Failures.cause(failure));
        }));
    }

    /** What is put aside and can't be read isn't the fault of nobody knows what: the sentence has the directory and the remedy. */
    static RuntimeException refusal(Throwable cause) {
        if (cause instanceof IllegalArgumentException unknown) {
            return AdminBody.problem(String.valueOf(unknown.getMessage()));
        }
        if (cause instanceof StoreException failed) {
            return Problem.of(ProblemKind.STORE_FAILED, String.valueOf(failed.getMessage()))
                    .asException();
        }
        return cause instanceof RuntimeException unchecked ? unchecked : new CompletionException(cause);
    }

    private static ObjectNode json(LostWritesPage page) {
        ObjectNode body = Json.object();
        ArrayNode all = body.putArray("writes");
        page.writes().forEach(lost -> put(all.addObject(), lost));
        body.put("more", page.more());
        return body;
    }

    private static void put(ObjectNode target, LostWrite lost) {
        Salvageable write = lost.write();
        target.put("map", write.key().map());
        target.put("key", write.key().key());
        target.put(PARTITION, lost.partition());
        target.put("dot", write.dot().toString());
        target.put(OF, write.dot().origin().node());
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
                .forEach(each -> written.addObject()
                        .put(PARTITION, each.partition())
                        .put("dot", each.lost().toString())
                        .put("as", each.now().toString()));
        ArrayNode refused = body.putArray("refused");
        outcome.refused()
                .forEach(each -> refused.addObject()
                        .put(PARTITION, each.partition())
                        .put("dot", each.lost().toString())
                        .put("why", each.why()));
        body.put("left", outcome.left());
        return body;
    }
}
