package io.entente.cluster.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.entente.cluster.map.StoredValue;
import io.entente.cluster.routing.Router;
import io.entente.conflict.clock.HybridTimestamp;
import io.entente.conflict.version.Dot;
import io.entente.conflict.version.Lineage;
import io.entente.conflict.version.Origin;
import io.entente.conflict.version.VersionVector;
import io.entente.core.effect.Reply;
import io.entente.core.record.Ancestry;
import io.entente.core.record.Payload;
import io.entente.core.record.Sibling;
import io.entente.core.record.Siblings;
import java.net.http.HttpRequest.BodyPublishers;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** A three-way merge as HTTP shows it. */
class AncestorContractTest {

    private static final Sibling BASE = version("eu", 1, 1, "{\"a\":1,\"b\":1}");
    private static final Sibling LEFT = version("eu", 1, 2, "{\"a\":2,\"b\":1}");
    private static final Sibling RIGHT = version("us", 2, 1, "{\"a\":1,\"b\":3}");

    private static HttpNode node;
    private static HttpServer server;

    @BeforeAll
    static void start() {
        node = new HttpNode();
        Map<Dot, List<Dot>> replaced =
                Map.of(BASE.dot(), List.of(), LEFT.dot(), List.of(BASE.dot()), RIGHT.dot(), List.of(BASE.dot()));
        Siblings conflict = Siblings.of(LEFT, RIGHT).with(new Ancestry(List.of(BASE), Lineage.of(replaced)));
        server = node.bind(holding(conflict));
    }

    @AfterAll
    static void stop() {
        server.terminate(Duration.ofSeconds(1)).toCompletableFuture().join();
        node.close();
    }

    @Test
    void bothSidesChangesAreInTheMergedValue() {
        assertThat(get("/maps/merged/k").hasStatus(200).json()).isEqualTo(tree("{'a':2,'b':3}"));
    }

    @Test
    void theSiblingsComeWithWhatTheyDescendFrom() {
        JsonNode ancestor =
                get("/maps/merged/k?siblings=true").hasStatus(200).json().path("ancestor");
        assertThat(ancestor.path("dot").textValue()).isEqualTo(BASE.dot().toString());
        assertThat(ancestor.path("value")).isEqualTo(tree("{'a':1,'b':1}"));
        assertThat(ancestor.path("deleted").booleanValue()).isFalse();
    }

    @Test
    void aMapWhoseResolverDoesntAskShowsNone() {
        assertThat(get("/maps/choices/k").hasStatus(300).json().has("ancestor")).isFalse();
    }

    private static Answer get(String target) {
        return node.send(server, "GET", target, BodyPublishers.noBody());
    }

    private static Sibling version(String dataCenter, long start, long sequence, String json) {
        Origin origin = new Origin(dataCenter, dataCenter + "-1", start, 0);
        Payload value = Payload.value(StoredValue.json(json).envelope());
        return new Sibling(new Dot(origin, sequence), new HybridTimestamp(sequence, 0), value);
    }

    private static JsonNode tree(String json) {
        try {
            return Json.tree(json.replace('\'', '"').getBytes(java.nio.charset.StandardCharsets.UTF_8));
        } catch (com.fasterxml.jackson.core.JsonProcessingException e) {
            throw new AssertionError(e);
        }
    }

    private static Router holding(Siblings record) {
        return new Router() {
            @Override
            public int partitions() {
                return 1;
            }

            @Override
            public int partitionOf(String key) {
                return 0;
            }

            @Override
            public CompletionStage<Reply> write(Write request) {
                return new CompletableFuture<>();
            }

            @Override
            public CompletionStage<Reply> read(Read request) {
                return CompletableFuture.completedFuture(new Reply.Found(record, VersionVector.empty()));
            }

            @Override
            public CompletionStage<Reply> parts(PartsRead request) {
                return new CompletableFuture<>();
            }

            @Override
            public CompletionStage<Listing> list(ListRequest request) {
                return new CompletableFuture<>();
            }
        };
    }
}
