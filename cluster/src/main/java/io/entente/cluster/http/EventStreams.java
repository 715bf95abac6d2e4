package io.entente.cluster.http;

import akka.NotUsed;
import akka.http.javadsl.model.HttpEntities;
import akka.http.javadsl.model.HttpRequest;
import akka.http.javadsl.model.HttpResponse;
import akka.http.javadsl.model.MediaTypes;
import akka.stream.javadsl.Source;
import akka.util.ByteString;
import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Server-sent events: who would take nothing else, and how they are sent. A stream begins with how soon to come back; comments keep a silent
 * connection alive.
 */
final class EventStreams {

    private static final String EVENTS = "text/event-stream";
    private static final String LAST_EVENT_ID = "Last-Event-ID";

    private static final Duration HEARTBEAT = Duration.ofSeconds(15);
    private static final int RETRY_MILLIS = 2_000;
    private static final ByteString COMMENT = ByteString.fromString(":\n\n");
    private static final ByteString OPENING = ByteString.fromString("retry: " + RETRY_MILLIS + "\n:\n\n");

    private EventStreams() {}

    /**
     * The answer that is a stream; throws the problem that too many are open.
     *
     * @param open counts them
     * @param first what is sent at once; empty for nothing
     * @param events the frames, each as {@link #event} makes it
     */
    static HttpResponse answer(OpenStreams open, ByteString first, Source<ByteString, NotUsed> events) {
        if (open.isFull()) {
            throw Problem.of(
                            ProblemKind.OVERLOADED,
                            OpenStreams.MOST + " streams of events are open at this node, which is the limit: try again"
                                    + " later, or ask for pages")
                    .retryAfter(RETRY_MILLIS / 1_000)
                    .asException();
        }
        Source<ByteString, NotUsed> frames =
                Source.single(OPENING.concat(first)).concat(events).keepAlive(HEARTBEAT, () -> COMMENT);
        return HttpResponse.create()
                .withEntity(HttpEntities.createChunked(
                        MediaTypes.TEXT_EVENT_STREAM.toContentType(),
                        Source.fromMaterializer((materializer, attributes) -> counted(open, frames))));
    }

    /** Counted once it runs: an answer whose client is gone before is never run. */
    private static Source<ByteString, NotUsed> counted(OpenStreams open, Source<ByteString, NotUsed> frames) {
        open.enter();
        return frames.watchTermination((used, ended) -> {
            ended.whenComplete((done, failure) -> open.leave());
            return used;
        });
    }

    /** One event, after which a client that comes back names that position. */
    static ByteString event(String name, String position, JsonNode data) {
        return frame("event: " + name + "\nid: " + position + "\ndata: ", data);
    }

    /** One event that isn't resumed after. */
    static ByteString event(String name, JsonNode data) {
        return frame("event: " + name + "\ndata: ", data);
    }

    /** No event: where a client that comes back goes on. */
    static ByteString position(String position) {
        return ByteString.fromString("id: " + position + "\n\n");
    }

    /** The last event that a client which comes back has got. */
    static Optional<String> lastEventId(HttpRequest request) {
        return Headers.single(request, LAST_EVENT_ID).filter(id -> !id.isEmpty());
    }

    private static ByteString frame(String head, JsonNode data) {
        return ByteString.fromString(head)
                .concat(ByteString.fromArrayUnsafe(oneLine(Json.bytes(data))))
                .concat(ByteString.fromString("\n\n"));
    }

    /** Stored JSON stands in a document as it was written, with its line breaks; inside strings there are none, so a space says the same. */
    private static byte[] oneLine(byte[] json) {
        for (int i = 0; i < json.length; i++) {
            if (json[i] == '\n' || json[i] == '\r') {
                json[i] = ' ';
            }
        }
        return json;
    }

    /** Whether the request accepts events and no other form. */
    static boolean isWanted(Exchange exchange) {
        List<String> accepted = Headers.all(exchange.request(), "Accept").stream()
                .flatMap(value -> Arrays.stream(value.split(",")))
                .map(range -> range.split(";", 2)[0].strip().toLowerCase(Locale.ROOT))
                .toList();
        return accepted.contains(EVENTS) && accepted.stream().allMatch(EVENTS::equals);
    }

    /** Throws a problem when the request accepts events and no other form, at a path that has none. */
    static void refuse(Exchange exchange) {
        if (isWanted(exchange)) {
            throw Problem.of(
                            ProblemKind.NOT_ACCEPTABLE,
                            "A stream of events ('" + EVENTS + "') is not offered here: read "
                                    + Quote.of(exchange.target().path())
                                    + " again from time to time, with Accept: application/json")
                    .asException();
        }
    }
}
