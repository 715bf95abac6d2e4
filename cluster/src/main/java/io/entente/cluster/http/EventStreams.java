package io.entente.cluster.http;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** Refuses those who would take nothing but a stream of events, which this version has none of. */
final class EventStreams {

    private static final String EVENTS = "text/event-stream";

    private EventStreams() {}

    /** Throws a problem when the request accepts events and no other form. */
    static void refuse(Exchange exchange) {
        List<String> accepted = Headers.all(exchange.request(), "Accept").stream()
                .flatMap(value -> Arrays.stream(value.split(",")))
                .map(range -> range.split(";", 2)[0].strip().toLowerCase(Locale.ROOT))
                .toList();
        if (accepted.contains(EVENTS) && accepted.stream().allMatch(EVENTS::equals)) {
            throw Problem.of(
                            ProblemKind.NOT_ACCEPTABLE,
                            "Streams of events ('" + EVENTS + "') are not offered by this version yet: read "
                                    + Quote.of(exchange.target().path())
                                    + " again from time to time, with Accept: application/json")
                    .asException();
        }
    }
}
