package io.entente.cluster.http;

import akka.NotUsed;
import akka.http.javadsl.model.HttpEntities;
import akka.http.javadsl.model.HttpRequest;
import akka.http.javadsl.model.HttpResponse;
import akka.http.javadsl.model.MediaTypes;
import akka.stream.javadsl.JavaFlowSupport;
import akka.stream.javadsl.Source;
import akka.util.ByteString;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.entente.cluster.conflict.ConflictEvent;
import io.entente.cluster.conflict.ConflictFilter;
import io.entente.cluster.conflict.Conflicts;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * Conflicts as server-sent events, one an event {@code conflict}, whose identifier is where to go on: a client that comes back with
 * {@code Last-Event-ID} gets what it missed. What the journal has dropped meanwhile, or an identifier of another node, is told by an event
 * {@code reset}. Comments keep a silent connection alive.
 *
 * <p>A slow client is served from the journal as fast as it reads; nothing is queued for it beyond what its connection holds.
 */
final class ConflictStream {

    private static final String LAST_EVENT_ID = "Last-Event-ID";
    private static final Duration HEARTBEAT = Duration.ofSeconds(15);
    private static final int RETRY_MILLIS = 2_000;
    private static final ByteString COMMENT = ByteString.fromString(":\n\n");
    private static final ByteString OPENING = ByteString.fromString("retry: " + RETRY_MILLIS + "\n:\n\n");

    private final Conflicts conflicts;
    private final ConflictJson json;
    private final OpenStreams streams;

    ConflictStream(Conflicts conflicts, ConflictJson json, OpenStreams streams) {
        this.conflicts = conflicts;
        this.json = json;
        this.streams = streams;
    }

    /**
     * Opens a stream, from where the client was, from where it asks, or from now.
     *
     * @param after the query parameter of that name
     */
    CompletionStage<HttpResponse> open(HttpRequest request, ConflictFilter filter, Optional<String> after) {
        Optional<String> last = Headers.single(request, LAST_EVENT_ID).filter(id -> !id.isEmpty());
        if (last.isPresent()) {
            return follow(filter, last.get())
                    .<CompletionStage<HttpResponse>>map(
                            events -> CompletableFuture.completedStage(response(OPENING, events)))
                    .orElseGet(() -> fromNow(filter, true));
        }
        if (after.isPresent()) {
            return CompletableFuture.completedStage(response(
                    OPENING,
                    follow(filter, after.get())
                            .orElseThrow(() -> ConflictsResource.malformed(
                                    "after", after.get(), "take a position from an answer of this node"))));
        }
        return fromNow(filter, false);
    }

    private Optional<Source<ByteString, NotUsed>> follow(ConflictFilter filter, String position) {
        try {
            return Optional.of(JavaFlowSupport.Source.fromPublisher(conflicts.follow(filter, position))
                    .map(this::event));
        } catch (IllegalArgumentException foreign) {
            return Optional.empty();
        }
    }

    /** The position is taken before the client hears anything: what it does next is not missed. */
    private CompletionStage<HttpResponse> fromNow(ConflictFilter filter, boolean reset) {
        return conflicts.end().thenApply(end -> {
            ByteString opening =
                    reset ? OPENING.concat(reset(end, "the identifier is of no event of this node")) : OPENING;
            return response(opening, follow(filter, end).orElseThrow());
        });
    }

    private HttpResponse response(ByteString opening, Source<ByteString, NotUsed> events) {
        if (streams.isFull()) {
            throw Problem.of(
                            ProblemKind.OVERLOADED,
                            OpenStreams.MOST + " streams of events are open at this node, which is the limit: try again"
                                    + " later, or ask for pages")
                    .retryAfter(RETRY_MILLIS / 1_000)
                    .asException();
        }
        Source<ByteString, NotUsed> frames =
                Source.single(opening).concat(events).keepAlive(HEARTBEAT, () -> COMMENT);
        return HttpResponse.create()
                .withEntity(HttpEntities.createChunked(
                        MediaTypes.TEXT_EVENT_STREAM.toContentType(),
                        Source.fromMaterializer((materializer, attributes) -> counted(frames))));
    }

    /** Counted once it runs: an answer whose client is gone before is never run. */
    private Source<ByteString, NotUsed> counted(Source<ByteString, NotUsed> frames) {
        streams.enter();
        return frames.watchTermination((used, ended) -> {
            ended.whenComplete((done, failure) -> streams.leave());
            return used;
        });
    }

    private ByteString event(ConflictEvent event) {
        if (event instanceof ConflictEvent.Seen seen) {
            ObjectNode body = Json.object();
            json.put(body, seen.conflict());
            return event("conflict", event.position(), body);
        }
        return reset(event.position(), "the journal has dropped conflicts after the last event");
    }

    private static ByteString reset(String position, String reason) {
        return event("reset", position, Json.object().put("reason", reason));
    }

    private static ByteString event(String name, String position, JsonNode data) {
        String head = "event: " + name + "\nid: " + position + "\ndata: ";
        return ByteString.fromString(head)
                .concat(ByteString.fromArrayUnsafe(Json.bytes(data)))
                .concat(ByteString.fromString("\n\n"));
    }
}
