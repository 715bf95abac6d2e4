package io.entente.cluster.http;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** Who would take nothing but a stream of events. */
final class EventStreams {

    private static final String EVENTS = "text/event-stream";

    private EventStreams() {}

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
                            "A stream of events ('" + EVENTS + "') is not offered here by this version yet: read "
                                    + Quote.of(exchange.target().path())
                                    + " again from time to time, with Accept: application/json")
                    .asException();
        }
    }
}
