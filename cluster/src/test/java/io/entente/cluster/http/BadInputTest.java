package io.entente.cluster.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpRequest.BodyPublishers;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Whatever is wrong with a request, its refusal names the value and the remedy, nothing is written, and the node goes on. What no
 * HTTP client would send is in {@link MalformedHttpTest}.
 */
class BadInputTest {

    private static final String CONTEXT_OF_OTHER_KEY = "the context of another key";
    private static final String DAMAGED_CONTEXT = "a damaged context";

    private static HttpNode node;
    private static String contextOfOtherKey = "";

    @BeforeAll
    static void start() {
        node = new HttpNode();
        contextOfOtherKey = node.put("/maps/m/other", "1").header("Entente-Context");
    }

    @AfterAll
    static void stop() {
        node.close();
    }

    /** One malformed request, and what its refusal must say. */
    private record Case(
            String method, String target, String body, List<String> headers, int status, String code, String named) {

        Case with(String name, String value) {
            List<String> more = new ArrayList<>(headers);
            more.addAll(List.of(name, value));
            return new Case(method, target, body, more, status, code, named);
        }

        @Override
        public String toString() {
            return status + " " + code + ": " + method + " "
                    + (target.length() > 60 ? target.substring(0, 60) + "…" : target) + " " + headers + " "
                    + (body.length() > 30 ? body.length() + " characters" : body);
        }
    }

    private static Case get(String target, int status, String code, String named) {
        return new Case("GET", target, "", List.of(), status, code, named);
    }

    private static Case put(String target, String body, int status, String code, String named) {
        return new Case("PUT", target, body, List.of(), status, code, named);
    }

    private static Case links(String body, String named) {
        return new Case("POST", "/admin/links", body, List.of(), 400, "malformed-body", named);
    }

    static Stream<Case> cases() {
        return Stream.of(paths(), parameters(), conditions(), bodies(), methods())
                .flatMap(cases -> cases);
    }

    private static Stream<Case> paths() {
        return Stream.of(
                get("/nowhere", 404, "no-such-path", "/nowhere"),
                get("/cluster/", 404, "no-such-path", "/cluster/"),
                get("/maps", 404, "no-such-path", "/maps"),
                get("/maps/m/a/b", 404, "no-such-path", "%2F"),
                get("/maps//k", 400, "malformed-map", "''"),
                get("/maps/a%20b/k", 400, "malformed-map", "'a b'"),
                get("/maps/a%2Fb", 400, "malformed-map", "'a/b'"),
                get("/maps/%FF/k", 400, "malformed-map", "%FF"),
                put("/maps/" + "m".repeat(33) + "/k", "1", 400, "malformed-map", "1 to 32"),
                get("/maps/m/", 400, "malformed-key", "''"),
                get("/maps/m/%C3", 400, "malformed-key", "%C3"),
                get("/maps/m/%ED%A0%80", 400, "malformed-key", "%ED%A0%80"),
                get("/maps/m/%C0%80", 400, "malformed-key", "%C0%80"),
                put("/maps/m/" + "k".repeat(65), "1", 400, "malformed-key", "65 bytes"),
                put("/maps/m/" + "%E2%82%AC".repeat(22), "1", 400, "malformed-key", "66 bytes"));
    }

    private static Stream<Case> parameters() {
        return Stream.of(
                get("/maps/m/k?reed=local", 400, "unknown-parameter", "'reed'"),
                get("/maps/m/k?reed=local", 400, "unknown-parameter", "siblings, read, n, timeout"),
                put("/maps/m/k?read=local", "1", 400, "unknown-parameter", "'read'"),
                put("/maps/m/k?routing=around", "1", 400, "malformed-parameter", "'around'"),
                get("/maps/m/k?routing=redirect", 400, "unknown-parameter", "'routing'"),
                get("/cluster?x=1", 400, "unknown-parameter", "takes no query parameters"),
                get("/maps/m/k?read=local&read=local", 400, "malformed-parameter", "twice"),
                get("/maps/m/k?read=nearest", 400, "malformed-parameter", "'nearest'"),
                get("/maps/m/k?n=0", 400, "malformed-parameter", "from 1 to 1000"),
                get("/maps/m/k?read=leaders", 400, "malformed-parameter", "'leaders'"),
                get("/maps/m/k?read=leader", 503, "no-leader", "there is no leader to read from"),
                get("/maps/m/k?read=0", 400, "malformed-parameter", "'0'"),
                get("/maps/m/k?read=1001", 400, "malformed-parameter", "from 1 to 1000"),
                get("/maps/m/k?read=2", 400, "invalid-argument", "read of 2 copies"),
                get("/maps/m/k?siblings=yes", 400, "malformed-parameter", "'yes'"),
                get("/maps/m/k?timeout=5", 400, "malformed-parameter", "'5'"),
                get("/maps/m/k?timeout=0s", 400, "malformed-parameter", "'0s'"),
                get("/maps/m/k?timeout=-1s", 400, "malformed-parameter", "'-1s'"),
                get("/maps/m/k?timeout=61s", 400, "malformed-parameter", "'61s'"),
                get("/maps/m/k?timeout=99999999999999ms", 400, "malformed-parameter", "'99999999999999ms'"),
                put("/maps/m/k?write=0", "1", 400, "malformed-parameter", "'0'"),
                put("/maps/m/k?write=-1", "1", 400, "malformed-parameter", "'-1'"),
                put("/maps/m/k?write=1001", "1", 400, "malformed-parameter", "'1001'"),
                put("/maps/m/k?write=2DC", "1", 400, "malformed-parameter", "'2DC'"),
                put("/maps/m/k?write=", "1", 400, "malformed-parameter", "''"),
                put("/maps/m/k?write=semi-synch", "1", 400, "malformed-parameter", "'semi-synch'"),
                put("/maps/m/k?write=majority", "1", 400, "malformed-parameter", "'majority'"),
                get("/maps/m?limit=0", 400, "malformed-parameter", "'0'"),
                get("/maps/m?limit=1001", 400, "malformed-parameter", "'1001'"),
                get("/maps/m?limit=ten", 400, "malformed-parameter", "'ten'"),
                get("/maps/m?after=" + "k".repeat(65), 400, "invalid-argument", "65 bytes"),
                get("/maps/m?prefix=%FF", 400, "malformed-target", "%FF"));
    }

    private static Stream<Case> conditions() {
        Case write = put("/maps/m/k", "1", 400, "malformed-header", "'*'");
        Case badContext = put("/maps/m/k", "1", 400, "malformed-context", "Entente-Context");
        return Stream.of(
                write.with("If-Match", "*"),
                put("/maps/m/k", "1", 400, "malformed-header", "'abc'").with("If-Match", "abc"),
                put("/maps/m/k", "1", 400, "malformed-header", "'W/\"abc\"'").with("If-Match", "W/\"abc\""),
                put("/maps/m/k", "1", 400, "malformed-header", "\"a\", \"b\"").with("If-Match", "\"a\", \"b\""),
                put("/maps/m/k", "1", 400, "malformed-header", "'\"abc\"'").with("If-None-Match", "\"abc\""),
                new Case("DELETE", "/maps/m/k", "", List.of("If-None-Match", "*"), 400, "malformed-header", "'*'"),
                put("/maps/m/k", "1", 400, "malformed-context", "'zzzz'").with("If-Match", "\"zzzz\""),
                badContext.with("Entente-Context", "not base64!"),
                badContext.with("Entente-Context", DAMAGED_CONTEXT),
                put("/maps/m/k", "1", 400, "malformed-context", "another key")
                        .with("Entente-Context", CONTEXT_OF_OTHER_KEY),
                put("/maps/m/k", "1", 400, "malformed-header", "2 times")
                        .with("Entente-Context", "a")
                        .with("Entente-Context", "b"),
                put("/maps/m/k", "1", 400, "conflicting-conditions", "Entente-Context and If-Match")
                        .with("Entente-Context", "a")
                        .with("If-Match", "\"a\""),
                put("/maps/m/k", "1", 400, "conflicting-conditions", "If-Match and If-None-Match")
                        .with("If-Match", "\"a\"")
                        .with("If-None-Match", "*"),
                get("/maps/m/k", 400, "malformed-session", "'abc'").with("Entente-Session", "abc"),
                put("/maps/m/k", "1", 400, "malformed-session", "Entente-Session")
                        .with("Entente-Session", "x".repeat(5_000)),
                get("/maps/m/k", 406, "not-acceptable", "text/event-stream").with("Accept", "text/event-stream"));
    }

    private static Stream<Case> bodies() {
        String json = "application/json";
        return Stream.of(
                put("/maps/m/k", "{\"a\":\n  x}", 400, "malformed-body", "line 2, column")
                        .with("Content-Type", json),
                put("/maps/m/k", "{\"a\":", 400, "malformed-body", "line 1, column")
                        .with("Content-Type", json),
                put("/maps/m/k", "{} {}", 400, "malformed-body", "line 1, column 4")
                        .with("Content-Type", json),
                put("/maps/m/k", "", 400, "malformed-body", "empty").with("Content-Type", json),
                put("/maps/m/k", "[".repeat(2_000), 400, "malformed-body", "depth")
                        .with("Content-Type", json),
                put("/maps/m/k", "{", 400, "malformed-body", "application/vnd.x+json")
                        .with("Content-Type", "application/vnd.x+json"),
                put("/maps/m/k", "1", 415, "unsupported-content", "'nonsense'").with("Content-Type", "nonsense"),
                put("/maps/m/k", "1", 415, "unsupported-content", "'text/'").with("Content-Type", "text/"),
                put("/maps/m/k", "1", 415, "unsupported-content", "'gzip'").with("Content-Encoding", "gzip"),
                put("/maps/m/k", "1", 400, "malformed-header", "'bytes 0-1/2'").with("Content-Range", "bytes 0-1/2"),
                put("/maps/m/k", "x".repeat(4_097), 413, "too-large", "4097 bytes"),
                put("/maps/m/k", "x".repeat(1 << 20), 413, "too-large", "1048576 bytes"),
                links("", "empty"),
                links("{\"from\":", "line 1, column"),
                links("[]", "no JSON object"),
                links("{\"from\":\"eu\",\"to\":\"us\"}", "\"state\""),
                links("{\"from\":1,\"to\":\"us\",\"state\":\"up\"}", "\"from\""),
                links("{\"from\":\"eu\",\"to\":\"us\",\"state\":\"down\"}", "'down'"),
                links("{\"from\":\"eu\",\"to\":\"mars\",\"state\":\"cut\"}", "'mars'"),
                links("{\"from\":\"eu\",\"to\":\"us\",\"state\":\"cut\",\"for\":\"1h\"}", "'for'"));
    }

    private static Stream<Case> methods() {
        return Stream.of(
                new Case("POST", "/maps/m/k", "{}", List.of(), 405, "method-not-allowed", "POST"),
                new Case("PATCH", "/maps/m/k", "{}", List.of(), 405, "method-not-allowed", "PATCH"),
                new Case("OPTIONS", "/maps/m/k", "", List.of(), 405, "method-not-allowed", "OPTIONS"),
                new Case("DELETE", "/maps/m", "", List.of(), 405, "method-not-allowed", "DELETE"),
                new Case("DELETE", "/cluster", "", List.of(), 405, "method-not-allowed", "DELETE"),
                new Case("GET", "/admin/links", "", List.of(), 405, "method-not-allowed", "GET"),
                put("/health/live", "1", 405, "method-not-allowed", "PUT"),
                put("/maps/m/k", "1", 403, "cross-origin", "'http://evil.example'")
                        .with("Origin", "http://evil.example"));
    }

    @ParameterizedTest
    @MethodSource("cases")
    void aBadRequestIsRefusedByNameAndChangesNothing(Case bad) {
        String[] headers = bad.headers().stream().map(BadInputTest::made).toArray(String[]::new);
        Answer refused = node.send(bad.method(), bad.target(), BodyPublishers.ofString(bad.body()), headers)
                .isProblem(bad.status(), bad.code());
        assertThat(refused.detail()).contains(bad.named());
        assertThat(refused.has("Allow")).isEqualTo(bad.status() == 405);
        node.get("/maps/m/k").isProblem(404, "absent");
        assertThat(node.node.links).isEmpty();
    }

    /** Stands contexts that only a running node can make in for their names. */
    private static String made(String header) {
        return switch (header) {
            case CONTEXT_OF_OTHER_KEY -> contextOfOtherKey;
            case DAMAGED_CONTEXT -> (contextOfOtherKey.startsWith("A") ? "B" : "A") + contextOfOtherKey.substring(1);
            default -> header;
        };
    }
}
