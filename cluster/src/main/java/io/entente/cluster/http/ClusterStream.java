package io.entente.cluster.http;

import akka.NotUsed;
import akka.http.javadsl.model.HttpResponse;
import akka.stream.javadsl.Source;
import akka.util.ByteString;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.entente.cluster.membership.NodePort;
import io.entente.core.bytes.Bytes;
import io.entente.core.message.NodeId;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The cluster as all its nodes see it, as server-sent events: one event {@code cluster} a second with {@code views}, what
 * {@code /cluster} of each node answers, and {@code silent}, the nodes that didn't answer, with reasons.
 *
 * <p>All streams share one round of questions a second, and while none is open nobody is asked. A node that takes its time holds up nobody: what it said
 * last is sent until it has answered. Thread-safe.
 */
final class ClusterStream {

    /** How many other nodes are asked; of a larger cluster the first ones by name. */
    static final int MOST_NODES = 64;

    private static final Duration ROUND = Duration.ofSeconds(1);

    private final NodePort node;
    private final Elsewhere elsewhere;
    private final OpenStreams streams;
    private final Map<NodeId, Heard> heard = new ConcurrentHashMap<>();
    private long roundNanos = System.nanoTime() - ROUND.toNanos();
    private CompletionStage<ByteString> round = CompletableFuture.completedFuture(ByteString.emptyByteString());

    ClusterStream(NodePort node, Elsewhere elsewhere, OpenStreams streams) {
        this.node = node;
        this.elsewhere = elsewhere;
        this.streams = streams;
    }

    HttpResponse open() {
        Source<ByteString, NotUsed> events = Source.tick(Duration.ZERO, ROUND, NotUsed.getInstance())
                .mapMaterializedValue(cancellable -> NotUsed.getInstance())
                .mapAsync(1, tick -> round())
                .via(streams.untilStop());
        return EventStreams.answer(streams, ByteString.emptyByteString(), events);
    }

    /** The event of this second; whoever comes first has it made. */
    private synchronized CompletionStage<ByteString> round() {
        long now = System.nanoTime();
        // A little less than a round, since ticks of several streams are not exact.
        if (now - roundNanos >= ROUND.toNanos() * 9 / 10) {
            roundNanos = now;
            round = begin();
        }
        return round;
    }

    private CompletionStage<ByteString> begin() {
        Set<NodeId> asked = elsewhere.nodes().stream().limit(MOST_NODES).collect(Collectors.toSet());
        heard.keySet().retainAll(asked);
        asked.forEach(this::ask);
        return node.view()
                .thenApply(view -> EventStreams.event("cluster", json(ClusterJson.json(view, node.faultInjection()))));
    }

    private void ask(NodeId other) {
        Heard of = heard.computeIfAbsent(other, any -> new Heard());
        if (of.begin()) {
            var unused = elsewhere.view(other).whenComplete(of::end);
        }
    }

    private ObjectNode json(JsonNode own) {
        ObjectNode body = Json.object();
        body.put("node", own.path("node").textValue());
        ArrayNode views = body.putArray("views").add(own);
        ArrayNode silent = body.putArray("silent");
        heard.forEach((other, said) -> said.put(other, views, silent));
        return body;
    }

    private static JsonNode tree(Bytes json) {
        try {
            return Json.tree(json.toArray());
        } catch (JsonProcessingException malformed) {
            throw new IllegalStateException("a node's view is no JSON", malformed);
        }
    }

    /** What another node said last. */
    private static final class Heard {

        private boolean asking;
        private @Nullable JsonNode view;
        private @Nullable String silence;

        private synchronized boolean begin() {
            boolean free = !asking;
            asking = true;
            return free;
        }

        private synchronized void end(@Nullable Bytes said, @Nullable Throwable failure) {
            asking = false;
            view = null;
            try {
                view = said == null ? null : tree(said);
                silence = said == null ? reason(failure) : null;
            } catch (IllegalStateException malformed) {
                silence = malformed.getMessage();
            }
        }

        private static String reason(@Nullable Throwable failure) {
            Throwable cause = failure != null && failure.getCause() != null ? failure.getCause() : failure;
            return cause == null || cause.getMessage() == null ? "it gave no answer" : cause.getMessage();
        }

        private synchronized void put(NodeId node, ArrayNode views, ArrayNode silent) {
            if (view != null) {
                views.add(view);
            } else if (silence != null) {
                silent.addObject()
                        .put("node", node.node())
                        .put("dataCenter", node.dataCenter())
                        .put("why", silence);
            }
        }
    }
}
