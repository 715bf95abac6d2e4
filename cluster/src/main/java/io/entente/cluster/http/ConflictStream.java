package io.entente.cluster.http;

import akka.NotUsed;
import akka.http.javadsl.model.HttpRequest;
import akka.http.javadsl.model.HttpResponse;
import akka.stream.javadsl.JavaFlowSupport;
import akka.stream.javadsl.Source;
import akka.util.ByteString;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.entente.cluster.conflict.ConflictEvent;
import io.entente.cluster.conflict.ConflictFilter;
import io.entente.cluster.conflict.Conflicts;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * Conflicts as server-sent events, one an event {@code conflict}, whose identifier is where to go on: a client that comes back with
 * {@code Last-Event-ID} gets what it missed. What the journal has dropped meanwhile, or an identifier of another node, is told by an event
 * {@code reset}. A stream from now on begins with an identifier without an event. Comments keep a silent connection alive.
 *
 * <p>A slow client is served from the journal as fast as it reads; nothing is queued for it beyond what its connection holds.
 */
final class ConflictStream {

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
        Optional<String> last = EventStreams.lastEventId(request);
        if (last.isPresent()) {
            return follow(filter, last.get())
                    .<CompletionStage<HttpResponse>>map(events -> CompletableFuture.completedStage(
                            EventStreams.answer(streams, ByteString.emptyByteString(), events)))
                    .orElseGet(() -> fromNow(filter, true));
        }
        if (after.isPresent()) {
            return CompletableFuture.completedStage(EventStreams.answer(
                    streams,
                    ByteString.emptyByteString(),
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
            ByteString first =
                    reset ? reset(end, "the identifier is of no event of this node") : EventStreams.position(end);
            return EventStreams.answer(streams, first, follow(filter, end).orElseThrow());
        });
    }

    private ByteString event(ConflictEvent event) {
        if (event instanceof ConflictEvent.Seen seen) {
            ObjectNode body = Json.object();
            json.put(body, seen.conflict());
            return EventStreams.event("conflict", event.position(), body);
        }
        return reset(event.position(), "the journal has dropped conflicts after the last event");
    }

    private static ByteString reset(String position, String reason) {
        return EventStreams.event("reset", position, Json.object().put("reason", reason));
    }
}
