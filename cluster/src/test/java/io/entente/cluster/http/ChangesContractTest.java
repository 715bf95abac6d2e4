package io.entente.cluster.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.entente.cluster.http.ServerSentEvents.Event;
import io.entente.conflict.version.VersionVector;
import io.entente.core.record.RecordKey;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** {@code /maps/{map}} with {@code Accept: text/event-stream}: a map's changes as they come. */
@Timeout(120)
class ChangesContractTest {

    private static HttpNode node;

    @BeforeAll
    static void start() {
        node = new HttpNode();
    }

    @AfterAll
    static void stop() {
        node.close();
    }

    @Test
    void eachWriteIsOneEventWithWhatAListingWouldShow() {
        node.put("/maps/live/before", "0");
        try (ServerSentEvents events = node.follow("/maps/live")) {
            node.put("/maps/other/a", "0");
            node.put("/maps/live/a%2Fb", "{\"n\":1}");
            assertThat(events.await(1).get(0).name()).isEqualTo("change");
            assertThat(events.await(1).get(0).data())
                    .isEqualTo(node.get("/maps/live?prefix=a").json().at("/entries/0"));
            node.delete("/maps/live/a%2Fb");
            Event gone = events.await(2).get(1);
            assertThat(gone.key()).isEqualTo("a/b");
            assertThat(gone.data().path("deleted").booleanValue()).isTrue();
            assertThat(gone.data().has("value")).isFalse();
        }
    }

    @Test
    void onlyKeysThatBeginSoAreToldWhereAPrefixIsAskedFor() {
        try (ServerSentEvents events = node.follow("/maps/prefixed?prefix=a%20")) {
            node.put("/maps/prefixed/b", "1");
            node.put("/maps/prefixed/a%201", "2");
            assertThat(events.await(1)).extracting(Event::key).containsExactly("a 1");
        }
        node.get("/maps/prefixed?after=b", "Accept", "text/event-stream").isProblem(400, "unknown-parameter");
    }

    @Test
    void aConflictThatIsNotResolvedIsToldWithItsSiblings() {
        String nothing = node.get("/maps/choices/told").header("Entente-Context");
        try (ServerSentEvents events = node.follow("/maps/choices?prefix=told")) {
            node.put("/maps/choices/told", "1", "Entente-Context", nothing);
            assertThat(events.await(1).get(0).data().path("value").intValue()).isEqualTo(1);
            node.put("/maps/choices/told", "2", "Entente-Context", nothing);
            assertThat(events.await(2).get(1).data().path("siblings").findValuesAsText("value"))
                    .containsExactlyInAnyOrder("1", "2");
        }
    }

    @Test
    void anUnresolvedKeySaysSo() {
        String nothing = node.get("/maps/broken/told").header("Entente-Context");
        node.put("/maps/broken/told", "1", "Entente-Context", nothing);
        try (ServerSentEvents events = node.follow("/maps/broken?prefix=told")) {
            node.put("/maps/broken/told", "2", "Entente-Context", nothing);
            assertThat(events.await(1).get(0).data().path("unresolved").textValue())
                    .contains("a bug");
        }
    }

    @Test
    void aMergeableValueIsToldAsItIsAfterEachOperation() {
        try (ServerSentEvents events = node.follow("/maps/counters?prefix=told")) {
            node.post("/maps/counters/told", "{\"increment\":3}");
            node.post("/maps/counters/told", "{\"increment\":4}");
            List<Event> told = events.await(2);
            assertThat(told.get(1).data().path("value").intValue()).isEqualTo(7);
        }
    }

    @Test
    void aValueOfSeveralLinesIsOneEvent() {
        try (ServerSentEvents events = node.follow("/maps/lines")) {
            node.put("/maps/lines/a", "{\r\n\n  \"n\":\n1\r}", "Content-Type", "application/json");
            assertThat(events.await(1).get(0).data().at("/value/n").intValue()).isEqualTo(1);
        }
    }

    @Test
    void aClientThatComesBackGetsWhatItMissed() {
        String last;
        try (ServerSentEvents events = node.follow("/maps/back")) {
            node.put("/maps/back/a", "1");
            last = events.await(1).get(0).id();
        }
        node.put("/maps/back/b", "2");
        node.put("/maps/back/c", "3");
        try (ServerSentEvents events = node.follow("/maps/back", "Last-Event-ID", last)) {
            assertThat(events.await(2)).extracting(Event::key).containsExactly("b", "c");
        }
    }

    @Test
    void aClientThatIsCutOffBeforeTheFirstChangeMissesNothing() {
        String beginning;
        try (ServerSentEvents events = node.follow("/maps/early")) {
            beginning = events.awaitPosition();
        }
        node.put("/maps/early/a", "1");
        try (ServerSentEvents events = node.follow("/maps/early", "Last-Event-ID", beginning)) {
            assertThat(events.await(1)).extracting(Event::key).containsExactly("a");
        }
    }

    @Test
    void anIdentifierThatCanNotBeGoneOnFromIsGone() {
        node.put("/maps/gone/a", "1");
        for (String last : List.of("of-another-node", "1-0", "x", node.changes.end() + "0")) {
            Answer gone = node.get("/maps/gone", "Accept", "text/event-stream", "Last-Event-ID", last)
                    .isProblem(410, "gone");
            assertThat(gone.detail()).contains("read its pages");
        }
        node.get("/maps/gone", "Accept", "text/event-stream, application/json;q=0.5")
                .hasStatus(200);
    }

    @Test
    void aClientThatStaysAwayForTooLongIsToldToReadAnew() {
        List<RecordKey> many = IntStream.rangeClosed(0, 1 << 16)
                .mapToObj(number -> new RecordKey("elsewhere", "k" + number))
                .toList();
        String last;
        try (ServerSentEvents events = node.follow("/maps/slow")) {
            node.put("/maps/slow/a", "1");
            last = events.await(1).get(0).id();
            node.changes.changed(0, many, VersionVector.empty());
        }
        node.get("/maps/slow", "Accept", "text/event-stream", "Last-Event-ID", last)
                .isProblem(410, "gone");
    }
}
