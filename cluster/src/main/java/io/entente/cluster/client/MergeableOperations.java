package io.entente.cluster.client;

import com.fasterxml.jackson.databind.JsonNode;
import io.entente.cluster.map.Session;
import io.entente.cluster.map.StoredValue;
import io.entente.cluster.map.WriteOptions;
import io.entente.cluster.map.Written;
import io.entente.core.bytes.Bytes;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletionStage;

/**
 * Operations on the values of one mergeable map: counters, sets, flags and so on. An operation that is sent twice, because an answer was lost, takes
 * effect once; where that can't be known it fails as unknown. Thread-safe; stages fail with {@link io.entente.cluster.map.EntenteException}.
 */
public final class MergeableOperations {

    private final MapCalls calls;
    private final Session session;

    MergeableOperations(MapCalls calls, Session session) {
        this.calls = calls;
        this.session = session;
    }

    /** {@link #apply(String, JsonNode, WriteOptions)} with the concern that the map is configured with. */
    public CompletionStage<Applied> apply(String key, JsonNode operation) {
        return apply(key, operation, WriteOptions.async());
    }

    /**
     * Does to a value what a JSON object says, such as {@code {"increment": 3}} to a counter.
     *
     * @param options concern and timeout; operations have no condition
     */
    public CompletionStage<Applied> apply(String key, JsonNode operation, WriteOptions options) {
        WriteOptions mine = options.inSession(options.session().merge(session.token()));
        return calls.deliver(() -> operation(key, operation, mine), answer -> {
            if (answer.status() >= 300) {
                throw Refusals.ofWrite(answer, () -> seen(calls.written(key, answer, mine.session())));
            }
            Optional<JsonNode> value = answer.body().length() == 0 ? Optional.empty() : Optional.of(answer.json());
            return new Applied(seen(calls.written(key, answer, mine.session())), value);
        });
    }

    private Call operation(String key, JsonNode operation, WriteOptions options) {
        return calls.writing("POST", key, options).body(StoredValue.JSON, Bytes.utf8(operation.toString()));
    }

    private Written seen(Written written) {
        session.saw(written.session());
        return written;
    }

    /**
     * An operation that is durable, its concern met.
     *
     * @param written its write
     * @param value what the key then read as; empty where that is large
     */
    public record Applied(Written written, Optional<JsonNode> value) {

        public Applied {
            Objects.requireNonNull(written, "written");
            Objects.requireNonNull(value, "value");
        }
    }
}
