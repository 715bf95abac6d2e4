package io.entente.cluster.http;

import akka.NotUsed;
import akka.http.javadsl.model.HttpResponse;
import akka.stream.Attributes;
import akka.stream.javadsl.JavaFlowSupport;
import akka.stream.javadsl.Source;
import akka.util.ByteString;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.entente.cluster.map.ChangeForm;
import io.entente.cluster.map.ChangesRequest;
import io.entente.cluster.map.FollowedMap;
import io.entente.cluster.map.Reading;
import io.entente.core.record.RecordKey;
import java.util.List;
import java.util.Optional;

/**
 * A map's changes as server-sent events, one an event {@code change}, whose identifier is where to go on: a client that comes back with
 * {@code Last-Event-ID} gets what it missed, or {@code 410} where the node doesn't remember that. A client that is too slow is told so by an event
 * {@code reset}, and gets what comes after it. Events without data only say how far the client is; a stream from now on begins with one, so that a
 * client which is cut off before the first change misses nothing either.
 *
 * <p>Nothing is queued for a client but the few values that are on their way to it.
 */
final class ChangeStream {

    private static final String PREFIX = "prefix";

    private final EntryJson json;
    private final OpenStreams streams;

    ChangeStream(EntryJson json, OpenStreams streams) {
        this.json = json;
        this.streams = streams;
    }

    /** Opens a stream, from where the client was or from now. */
    HttpResponse open(Exchange exchange, FollowedMap map) {
        ChangesRequest all = ChangesRequest.all()
                .prefix(exchange.query(List.of(PREFIX)).text(PREFIX).orElse(""));
        Optional<String> last = EventStreams.lastEventId(exchange.request());
        String from = last.orElseGet(map::end);
        // A stream that fails ends: the client comes back, and goes on from its last event.
        Source<ByteString, NotUsed> events = JavaFlowSupport.Source.fromPublisher(
                        map.follow(all.after(from), new Frames(map.name())))
                .withAttributes(Attributes.inputBuffer(1, 1))
                .onErrorComplete();
        ByteString first = last.isPresent() ? ByteString.emptyByteString() : EventStreams.position(from);
        return EventStreams.answer(streams, first, events);
    }

    private final class Frames implements ChangeForm<ByteString> {

        private final String map;

        private Frames(String map) {
            this.map = map;
        }

        @Override
        public ByteString changed(String key, Optional<Reading> reading, String position) {
            ObjectNode body = Json.object();
            reading.ifPresentOrElse(
                    found -> json.put(body, new RecordKey(map, key), found),
                    () -> body.put("key", key).put("omitted", "The value is too large to be told: read it."));
            return EventStreams.event("change", position, body);
        }

        @Override
        public ByteString missed(String position) {
            return EventStreams.event(
                    "reset",
                    position,
                    Json.object()
                            .put(
                                    "reason",
                                    "changes were forgotten before this client took them: read the map's pages"));
        }

        @Override
        public ByteString passed(String position) {
            return EventStreams.position(position);
        }
    }
}
