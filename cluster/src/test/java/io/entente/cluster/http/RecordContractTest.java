package io.entente.cluster.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.http.HttpRequest.BodyPublishers;
import java.time.Instant;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code /maps/{map}/{key}}: what a client writes it reads, with the headers to go on. */
class RecordContractTest {

    private static final String JSON = "application/json";

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
    void aPutAnswersWithTheWritesNames() {
        Answer put = node.put("/maps/users/alice", "{\"name\":\"Alice\"}", "Content-Type", JSON)
                .hasStatus(204);
        assertThat(put.header("ETag")).isEqualTo('"' + put.header("Entente-Context") + '"');
        assertThat(put.header("Entente-Session")).isNotEmpty();
        assertThat(put.header("Entente-Dot")).matches("eu/eu-1/[0-9a-f]{28}#[0-9]+");
        assertThat(put.text()).isEmpty();
    }

    @Test
    void aGetAnswersWithTheValueItsTypeAndItsContext() {
        Answer put = node.put("/maps/users/bob", "{\"name\":\"Bob\"}", "Content-Type", JSON);
        Answer got = node.get("/maps/users/bob").hasStatus(200);
        assertThat(got.text()).isEqualTo("{\"name\":\"Bob\"}");
        assertThat(got.header("Content-Type")).isEqualTo(JSON);
        assertThat(got.header("Entente-Context")).isEqualTo(put.header("Entente-Context"));
        assertThat(got.header("ETag")).isEqualTo(put.header("ETag"));
        assertThat(got.header("Entente-Session")).isNotEmpty();
        assertThat(got.header("Entente-Siblings")).isEqualTo("1");
        assertThat(got.has("Entente-Unresolved")).isFalse();
    }

    @Test
    void anAbsentKeyIsNotFoundAndStillHasItsContext() {
        Answer got = node.get("/maps/users/nobody").isProblem(404, "absent");
        assertThat(got.detail()).contains("'nobody'", "users");
        assertThat(got.header("ETag")).isEqualTo('"' + got.header("Entente-Context") + '"');
        assertThat(got.header("Entente-Siblings")).isEqualTo("0");
        assertThat(got.has("Entente-Session")).isTrue();
    }

    @Test
    void aDeletedKeyIsAbsent() {
        node.put("/maps/users/carol", "1");
        Answer deleted = node.delete("/maps/users/carol").hasStatus(204);
        assertThat(deleted.has("ETag")).isTrue();
        assertThat(deleted.has("Entente-Context")).isTrue();
        assertThat(deleted.has("Entente-Session")).isTrue();
        assertThat(deleted.header("Entente-Dot")).startsWith("eu/eu-1/");
        node.get("/maps/users/carol").isProblem(404, "absent");
    }

    @Test
    void aDeletionOfAnAbsentKeyIsFine() {
        node.delete("/maps/users/nobody-either").hasStatus(204);
    }

    @Test
    void aHeadIsAGetWithoutItsBody() {
        node.put("/maps/users/dave", "\"Dave\"");
        Answer head =
                node.send("HEAD", "/maps/users/dave", BodyPublishers.noBody()).hasStatus(200);
        assertThat(head.text()).isEmpty();
        assertThat(head.header("Content-Type")).isEqualTo(JSON);
        assertThat(head.header("ETag")).isEqualTo(node.get("/maps/users/dave").header("ETag"));
        node.send("HEAD", "/maps/users/nobody", BodyPublishers.noBody()).hasStatus(404);
    }

    @Test
    void severalVersionsAreOfferedWhereTheMapKeepsAll() {
        concurrently("/maps/choices/colour", "\"red\"", "\"blue\"");
        Answer got = node.get("/maps/choices/colour").hasStatus(300);
        assertThat(got.header("Entente-Siblings")).isEqualTo("2");
        assertThat(got.header("Content-Type")).isEqualTo(JSON);
        JsonNode siblings = got.json().path("siblings");
        assertThat(siblings).hasSize(2);
        assertThat(siblings.findValuesAsText("value")).containsExactlyInAnyOrder("red", "blue");
        JsonNode first = siblings.path(0);
        assertThat(first.path("dot").textValue()).startsWith("eu/eu-1/");
        assertThat(Instant.parse(first.path("timestamp").textValue())).isAfter(Instant.EPOCH);
        assertThat(first.path("dataCenter").textValue()).isEqualTo("eu");
        assertThat(first.path("deleted").booleanValue()).isFalse();
        assertThat(first.path("contentType").textValue()).isEqualTo(JSON);
    }

    @Test
    void theLastWriterWinsWhereNothingElseIsSaid() {
        concurrently("/maps/users/eve", "1", "2");
        Answer got = node.get("/maps/users/eve").hasStatus(200);
        assertThat(got.text()).isEqualTo("2");
        assertThat(got.header("Entente-Siblings")).isEqualTo("2");
    }

    @Test
    void siblingsAreShownToWhoeverAsks() {
        concurrently("/maps/users/frank", "1", "2");
        JsonNode siblings = node.get("/maps/users/frank?siblings=true")
                .hasStatus(200)
                .json()
                .path("siblings");
        assertThat(siblings.findValuesAsText("value")).containsExactlyInAnyOrder("1", "2");
        assertThat(node.get("/maps/users/nobody?siblings=true")
                        .hasStatus(200)
                        .json()
                        .path("siblings"))
                .isEmpty();
        assertThat(node.get("/maps/users/frank?siblings=false").hasStatus(200).text())
                .isEqualTo("2");
    }

    @Test
    void aDeletionAmongSiblingsHasNoValue() {
        node.put("/maps/choices/shape", "\"round\"");
        String nothingSeen = node.get("/maps/choices/other-shape").header("Entente-Context");
        assertThat(nothingSeen).isNotEmpty();
        String seen = node.get("/maps/choices/shape").header("Entente-Context");
        node.put("/maps/choices/shape", "\"square\"");
        node.delete("/maps/choices/shape", "Entente-Context", seen).hasStatus(204);
        JsonNode siblings =
                node.get("/maps/choices/shape").hasStatus(300).json().path("siblings");
        assertThat(siblings.findValuesAsText("deleted")).containsExactlyInAnyOrder("false", "true");
        for (JsonNode sibling : siblings) {
            assertThat(sibling.path("value").isNull())
                    .isEqualTo(sibling.path("deleted").booleanValue());
        }
    }

    @Test
    void aWriteWithTheContextOfSeveralReplacesThem() {
        concurrently("/maps/choices/size", "1", "2");
        String seen = node.get("/maps/choices/size").header("Entente-Context");
        node.put("/maps/choices/size", "3", "Entente-Context", seen).hasStatus(204);
        assertThat(node.get("/maps/choices/size").hasStatus(200).text()).isEqualTo("3");
    }

    @Test
    void aConflictThatCantBeResolvedIsAnsweredWithAFallbackAndSaysSo() {
        concurrently("/maps/broken/key", "1", "2");
        Answer got = node.get("/maps/broken/key").hasStatus(200);
        assertThat(got.text()).isEqualTo("2");
        assertThat(got.header("Entente-Unresolved")).isEqualTo("true");
        assertThat(node.get("/maps/broken/key?siblings=true")
                        .json()
                        .path("unresolved")
                        .textValue())
                .contains("a bug");
    }

    @Test
    void anUnresolvedKeyIsWrittenOnlyByThoseWhoHaveSeenIt() {
        concurrently("/maps/broken/guarded", "1", "2");
        Answer refused = node.put("/maps/broken/guarded", "3").isProblem(409, "unresolved");
        assertThat(refused.detail()).contains("broken/guarded", "context");
        node.delete("/maps/broken/guarded").isProblem(409, "unresolved");
        String seen = node.get("/maps/broken/guarded").header("ETag");
        node.put("/maps/broken/guarded", "3", "If-Match", seen).hasStatus(204);
        assertThat(node.get("/maps/broken/guarded").has("Entente-Unresolved")).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "a%2Fb",
                "a%2fb",
                "%00",
                "%E2%82%AC%F0%9F%90%9D",
                "..%2F..",
                "%25",
                "a+b",
                "{user1}x",
                "%3F%23&;=",
                "a%20b"
            })
    void aKeyMayBeAnyText(String encoded) {
        node.put("/maps/any/" + encoded.replace("{", "%7B").replace("}", "%7D"), "\"" + encoded.hashCode() + "\"")
                .hasStatus(204);
        assertThat(node.get("/maps/any/" + encoded.replace("{", "%7B").replace("}", "%7D"))
                        .text())
                .isEqualTo("\"" + encoded.hashCode() + "\"");
    }

    @Test
    void anEncodedSlashIsPartOfTheKey() {
        node.put("/maps/paths/a%2Fb", "1");
        assertThat(node.get("/maps/paths")
                        .json()
                        .path("entries")
                        .path(0)
                        .path("key")
                        .textValue())
                .isEqualTo("a/b");
        node.get("/maps/paths/a/b").isProblem(404, "no-such-path");
    }

    @Test
    void bytesComeBackAsTheyWere() {
        byte[] bytes = new byte[256];
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] = (byte) i;
        }
        node.send("PUT", "/maps/files/all", BodyPublishers.ofByteArray(bytes), "Content-Type", "image/x-test; level=3")
                .hasStatus(204);
        Answer got = node.get("/maps/files/all");
        assertThat(got.response().body()).isEqualTo(bytes);
        assertThat(got.header("Content-Type")).isEqualTo("image/x-test; level=3");
        JsonNode sibling = node.get("/maps/files/all?siblings=true")
                .json()
                .path("siblings")
                .path(0);
        assertThat(sibling.path("encoding").textValue()).isEqualTo("base64");
        assertThat(java.util.Base64.getDecoder().decode(sibling.path("value").textValue()))
                .isEqualTo(bytes);
    }

    @Test
    void aValueWithoutATypeIsJsonIfItIsAndTextIfItIsThat() {
        node.put("/maps/untyped/json", "{\"a\": 1.50}");
        assertThat(node.get("/maps/untyped/json").header("Content-Type")).isEqualTo(JSON);
        assertThat(node.get("/maps/untyped/json?siblings=true").text()).contains("{\"a\": 1.50}");
        node.put("/maps/untyped/text", "grüße");
        assertThat(node.get("/maps/untyped/text").header("Content-Type"))
                .isEqualToIgnoringCase("text/plain; charset=utf-8");
        assertThat(node.get("/maps/untyped/text").text()).isEqualTo("grüße");
        node.put("/maps/untyped/form", "{\"a\":1}", "Content-Type", "application/x-www-form-urlencoded");
        assertThat(node.get("/maps/untyped/form").header("Content-Type")).isEqualTo(JSON);
        node.send("PUT", "/maps/untyped/bytes", BodyPublishers.ofByteArray(new byte[] {0, (byte) 0xFF}));
        assertThat(node.get("/maps/untyped/bytes").header("Content-Type")).isEqualTo("application/octet-stream");
        node.put("/maps/untyped/nothing", "").hasStatus(204);
        assertThat(node.get("/maps/untyped/nothing").hasStatus(200).text()).isEmpty();
    }

    @Test
    void theLargestValueIsTaken() {
        String largest = "x".repeat(HttpNode.LIMITS.valueBytes());
        node.put("/maps/sizes/largest", largest).hasStatus(204);
        assertThat(node.get("/maps/sizes/largest").text()).isEqualTo(largest);
        node.send(
                        "PUT",
                        "/maps/sizes/chunked",
                        BodyPublishers.ofInputStream(() -> new java.io.ByteArrayInputStream(
                                largest.getBytes(java.nio.charset.StandardCharsets.UTF_8))))
                .hasStatus(204);
    }

    @Test
    void theLongestKeyIsTaken() {
        String longest = "%C3%A9".repeat(HttpNode.LIMITS.keyBytes() / 2);
        node.put("/maps/sizes/" + longest, "1").hasStatus(204);
        assertThat(node.get("/maps/sizes/" + longest).text()).isEqualTo("1");
    }

    @Test
    void aRegisterHasNoOperations() {
        Answer refused = node.post("/maps/users/alice", "{\"increment\":3}").isProblem(405, "method-not-allowed");
        assertThat(refused.header("Allow")).isEqualTo("GET, HEAD, PUT, DELETE");
        assertThat(refused.detail()).contains("POST", "entente.maps.users.type");
    }

    /** Two writes that have not seen each other. */
    private static void concurrently(String target, String first, String second) {
        String nothing = node.get(target).header("Entente-Context");
        node.put(target, first, "Entente-Context", nothing).hasStatus(204);
        node.put(target, second, "Entente-Context", nothing).hasStatus(204);
    }
}
