package io.entente.cluster.http;

import static org.assertj.core.api.Assertions.assertThat;

import akka.http.javadsl.model.HttpRequest;
import akka.http.javadsl.model.HttpResponse;
import akka.http.scaladsl.TimeoutAccess;
import akka.japi.Function;
import com.fasterxml.jackson.databind.JsonNode;
import java.net.http.HttpRequest.BodyPublishers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import scala.Function1;
import scala.concurrent.duration.FiniteDuration;

/** {@code /maps/{map}}: a map's entries in key order, page by page. */
class ListingContractTest {

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
    void aMapNobodyWroteToIsEmpty() {
        JsonNode listing = node.get("/maps/empty").hasStatus(200).json();
        assertThat(listing.path("entries")).isEmpty();
        assertThat(listing.path("next").isNull()).isTrue();
    }

    @Test
    void entriesComeInKeyOrderWithTheirValues() {
        node.put("/maps/order/b", "{\"n\":2}");
        node.put("/maps/order/%C3%A9", "\"last\"");
        node.put("/maps/order/a%2Fb", "text", "Content-Type", "text/plain; charset=UTF-8");
        node.put("/maps/order/gone", "0");
        node.delete("/maps/order/gone");
        JsonNode entries = node.get("/maps/order").hasStatus(200).json().path("entries");
        assertThat(entries.findValuesAsText("key")).containsExactly("a/b", "b", "é");
        assertThat(entries.path(0).path("value").textValue()).isEqualTo("text");
        assertThat(entries.path(1).path("value").path("n").intValue()).isEqualTo(2);
        assertThat(entries.path(1).path("contentType").textValue()).isEqualTo("application/json");
    }

    @Test
    void anEntrysContextIsTheOneItsReadGives() {
        node.put("/maps/contexts/a", "1");
        assertThat(node.get("/maps/contexts")
                        .json()
                        .path("entries")
                        .path(0)
                        .path("context")
                        .textValue())
                .isEqualTo(node.get("/maps/contexts/a").header("Entente-Context"));
    }

    /** Applications' resolvers have a minute here; that of a map of which nobody said anything comes with Entente. */
    @Test
    void aPageHasTheTimeOfItsMapsOwnResolver() {
        assertThat(timeGiven("/maps/plain")).isLessThan(Duration.ofSeconds(60));
        assertThat(timeGiven("/maps/broken")).isGreaterThan(Duration.ofSeconds(60));
    }

    private static Duration timeGiven(String target) {
        GivenTime given = new GivenTime();
        HttpRequest request =
                HttpRequest.GET(target).addHeader(akka.http.javadsl.model.headers.TimeoutAccess.create(given));
        new ListingResource(node.backend(node.replica), new OpenStreams())
                .handle(new Exchange(request, RequestTarget.parse(target)))
                .toCompletableFuture()
                .join();
        return given.time;
    }

    /** What a server is told of how long a request may take. */
    private static final class GivenTime implements TimeoutAccess {

        private Duration time = Duration.ZERO;

        @Override
        public scala.concurrent.duration.Duration timeout() {
            return FiniteDuration.fromNanos(time.toNanos());
        }

        @Override
        public scala.concurrent.duration.Duration getTimeout() {
            return timeout();
        }

        @Override
        public void updateTimeout(scala.concurrent.duration.Duration timeout) {
            time = Duration.ofNanos(timeout.toNanos());
        }

        @Override
        public void updateHandler(
                Function1<akka.http.scaladsl.model.HttpRequest, akka.http.scaladsl.model.HttpResponse> handler) {
            throw new IllegalStateException("the handler is to stay");
        }

        @Override
        public void updateHandler(Function<HttpRequest, HttpResponse> handler) {
            throw new IllegalStateException("the handler is to stay");
        }

        @Override
        public void update(
                scala.concurrent.duration.Duration timeout,
                Function1<akka.http.scaladsl.model.HttpRequest, akka.http.scaladsl.model.HttpResponse> handler) {
            throw new IllegalStateException("the handler is to stay");
        }

        @Override
        public void update(scala.concurrent.duration.Duration timeout, Function<HttpRequest, HttpResponse> handler) {
            throw new IllegalStateException("the handler is to stay");
        }
    }

    @Test
    void pagesFollowEachOtherWithoutGapOrRepetition() {
        List<String> written = new ArrayList<>();
        for (int i = 0; i < 25; i++) {
            String key = "k" + (char) ('a' + i);
            written.add(key);
            node.put("/maps/pages/" + key, Integer.toString(i));
        }
        List<String> read = new ArrayList<>();
        String after = "";
        while (after != null) {
            JsonNode page = node.get("/maps/pages?limit=10" + (after.isEmpty() ? "" : "&after=" + after))
                    .hasStatus(200)
                    .json();
            read.addAll(page.path("entries").findValuesAsText("key"));
            after = page.path("next").textValue();
        }
        assertThat(read).isEqualTo(written);
    }

    @Test
    void aPrefixAndAKeyToGoOnAfterAreDecoded() {
        node.put("/maps/prefixes/a%20b%2F1", "1");
        node.put("/maps/prefixes/a%20b%2F2", "2");
        node.put("/maps/prefixes/c", "3");
        assertThat(keys("/maps/prefixes?prefix=a+b%2F")).containsExactly("a b/1", "a b/2");
        assertThat(keys("/maps/prefixes?prefix=a%20b/&after=a%20b%2F1")).containsExactly("a b/2");
        assertThat(keys("/maps/prefixes?prefix=&after=b")).containsExactly("c");
    }

    @Test
    void severalVersionsAreListedWhereTheMapKeepsAll() {
        String nothing = node.get("/maps/choices/a").header("Entente-Context");
        node.put("/maps/choices/a", "1", "Entente-Context", nothing);
        node.put("/maps/choices/a", "2", "Entente-Context", nothing);
        JsonNode entry = node.get("/maps/choices").json().path("entries").path(0);
        assertThat(entry.path("siblings").findValuesAsText("value")).containsExactlyInAnyOrder("1", "2");
        assertThat(entry.has("value")).isFalse();
    }

    @Test
    void anUnresolvedEntrySaysSo() {
        String nothing = node.get("/maps/broken/a").header("Entente-Context");
        node.put("/maps/broken/a", "1", "Entente-Context", nothing);
        node.put("/maps/broken/a", "2", "Entente-Context", nothing);
        JsonNode entry = node.get("/maps/broken").json().path("entries").path(0);
        assertThat(entry.path("value").intValue()).isEqualTo(2);
        assertThat(entry.path("unresolved").textValue()).contains("a bug");
    }

    @Test
    void aHeadOfAListingHasNoBody() {
        assertThat(node.send("HEAD", "/maps/order", BodyPublishers.noBody())
                        .hasStatus(200)
                        .text())
                .isEmpty();
    }

    @Test
    void aListingIsNotWritten() {
        assertThat(node.put("/maps/order", "{}")
                        .isProblem(405, "method-not-allowed")
                        .header("Allow"))
                .isEqualTo("GET, HEAD");
    }

    private static List<String> keys(String target) {
        return node.get(target).hasStatus(200).json().path("entries").findValuesAsText("key");
    }
}
