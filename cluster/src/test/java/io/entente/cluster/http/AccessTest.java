package io.entente.cluster.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.entente.cluster.client.EntenteClient;
import io.entente.cluster.client.Site;
import io.entente.cluster.http.auth.AccessToken;
import io.entente.cluster.http.auth.Role;
import io.entente.cluster.http.auth.TokenGrant;
import io.entente.cluster.map.Codec;
import io.entente.cluster.map.Found;
import io.entente.cluster.map.NotAppliedException;
import io.entente.cluster.map.ReplicatedMap;
import io.entente.cluster.settings.HttpSecurity;
import java.io.IOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.LoggerFactory;

/** Who may do what where tokens are asked for, and what is written down of it. */
class AccessTest {

    private static final Map<Role, AccessToken> TOKENS = new EnumMap<>(Role.class);

    @TempDir
    private static Path directory;

    private static HttpNode node;
    private static HttpServer server;

    private final Logger audit = (Logger) LoggerFactory.getLogger(AuditLog.LOGGER);
    private final ListAppender<ILoggingEvent> lines = new ListAppender<>();

    @BeforeAll
    static void start() throws IOException {
        List<String> grants = new ArrayList<>();
        for (Role role : Role.values()) {
            AccessToken token = AccessToken.make();
            TOKENS.put(role, token);
            grants.add(new TokenGrant("the-" + role.word(), role, token.hash()).line());
        }
        Path file = Files.write(directory.resolve("tokens"), grants);
        node = new HttpNode();
        server = node.bind(HttpNode.ANY_PORT.with(new HttpSecurity(Optional.of(file), Optional.empty())));
    }

    @AfterAll
    static void stop() {
        server.terminate(Duration.ofSeconds(1)).toCompletableFuture().join();
        node.close();
    }

    @BeforeEach
    void listen() {
        lines.start();
        audit.addAppender(lines);
    }

    @AfterEach
    void listenNoMore() {
        audit.detachAppender(lines);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            GET    | /                        | READER
            GET    | /dashboard/app.js        | READER
            GET    | /maps/m                  | READER
            GET    | /maps/m/k                | READER
            HEAD   | /maps/m/k                | READER
            GET    | /at/us/maps/m/k          | READER
            GET    | /cluster                 | READER
            GET    | /conflicts               | READER
            GET    | /conflicts/test          | READER
            GET    | /verify                  | READER
            GET    | /metrics                 | READER
            GET    | /no/such/path            | READER
            PUT    | /maps/m/k                | WRITER
            POST   | /maps/m/k                | WRITER
            DELETE | /maps/m/k                | WRITER
            PUT    | /at/us/maps/m/k          | WRITER
            GET    | /admin/salvage           | OPERATOR
            POST   | /admin/links             | OPERATOR
            POST   | /admin/retire            | OPERATOR
            POST   | /admin/leader            | OPERATOR
            POST   | /admin/mode              | OPERATOR
            POST   | /admin/voters            | OPERATOR
            POST   | /admin/topology          | OPERATOR
            POST   | /admin/verify            | OPERATOR
            POST   | /admin/backup            | OPERATOR
            POST   | /admin/salvage           | OPERATOR
            GET    | /admin/no-such-thing     | OPERATOR
            PUT    | /no/such/path            | OPERATOR
            POST   | /verify                  | OPERATOR
            """)
    void eachRequestNeedsItsRole(String method, String path, Role needed) {
        for (Role role : Role.values()) {
            Answer answer = send(method, path, bearer(role));
            if (role.includes(needed)) {
                assertThat(answer.status()).as("%s as %s", path, role).isNotIn(401, 403);
            } else {
                answer.isProblem(403, "forbidden");
                assertThat(answer.detail())
                        .contains("the-" + role.word(), "has the role " + role.word(), "needs " + needed.word());
            }
        }
        Answer stranger = send(method, path);
        stranger.hasStatus(401);
        assertThat(stranger.response().headers().allValues("WWW-Authenticate"))
                .containsExactly("Bearer realm=\"entente\"", "Basic realm=\"entente\", charset=\"UTF-8\"");
    }

    @Test
    void everyResourceOfOperatorsIsAmongThoseAbove() {
        assertThat(node.get("/").text().lines().filter(line -> line.contains("/admin/")))
                .allMatch(line ->
                        line.matches(".*/admin/(links|verify|leader|mode|voters|topology|retire|salvage|backup) .*"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Bearer",
                "Bearer ",
                "Bearer entente_AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA",
                "Bearer sha256:00",
                "Basic ",
                "Basic !!!",
                "Basic bm9jb2xvbg==",
                "Digest username=\"x\"",
                "entente_AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"
            })
    void whatIsNoTokenHereOpensNothing(String authorization) {
        Answer answer = send("GET", "/cluster", "Authorization", authorization);
        answer.isProblem(401, "unauthenticated");
        assertThat(answer.detail())
                .contains("is no token that this node knows", "samples/token")
                .doesNotContain("AAAA");
    }

    @Test
    void aHashIsNoToken() {
        send(
                        "GET",
                        "/cluster",
                        "Authorization",
                        "Bearer " + token(Role.OPERATOR).hash())
                .isProblem(401, "unauthenticated");
    }

    @Test
    void twoTokensAreNone() {
        String header = "Bearer " + token(Role.OPERATOR).secret();
        Answer answer = send("GET", "/cluster", "Authorization", header, "Authorization", header);
        answer.isProblem(401, "unauthenticated");
        assertThat(answer.detail()).contains("shows 2 tokens");
    }

    @Test
    void aBrowserShowsTheTokenAsAPassword() {
        send("GET", "/cluster", "Authorization", basic(Role.READER)).hasStatus(200);
        send("DELETE", "/maps/m/k", "Authorization", basic(Role.READER)).isProblem(403, "forbidden");
    }

    @Test
    void aPageOfAnotherSiteDoesNothingWithTheTokenThatABrowserAdds() {
        send("POST", "/admin/links", "Authorization", basic(Role.OPERATOR), "Origin", "http://elsewhere.example")
                .isProblem(403, "cross-origin");
        send("DELETE", "/maps/m/k", "Authorization", basic(Role.WRITER), "Origin", "http://elsewhere.example")
                .isProblem(403, "cross-origin");
        assertThat(messages()).hasSize(1).first().asString().endsWith(": 403 cross-origin");
    }

    @Test
    void aProbeNeedsNoTokenAndIsToldNoReasons() {
        node.node.obstacles = List.of("the cluster is not met: eu-7 is away");
        try {
            Answer probe = send("GET", "/health/ready");
            probe.hasStatus(503);
            assertThat(probe.text()).contains("not-ready").doesNotContain("eu-7");
            assertThat(send("GET", "/health/ready", bearer(Role.READER)).text()).contains("eu-7");
        } finally {
            node.node.obstacles = List.of();
        }
        send("GET", "/health/live").hasStatus(200);
    }

    @Test
    void aClientShowsItsToken() {
        EntenteClient stranger = EntenteClient.of(Site.of("eu", "http://127.0.0.1:" + port()));
        ReplicatedMap<String> map =
                stranger.withToken(token(Role.WRITER).secret()).map("m", Codec.utf8());
        map.put("client", "v").toCompletableFuture().join();
        assertThat(map.get("client").toCompletableFuture().join()).isInstanceOf(Found.Value.class);
        EntenteClient reader = stranger.withToken(() -> token(Role.READER).secret() + "\n");
        assertThat(reader.map("m", Codec.utf8())
                        .get("client")
                        .toCompletableFuture()
                        .join())
                .isInstanceOf(Found.Value.class);
        for (EntenteClient refused : List.of(stranger, reader, stranger.withToken("x y"), stranger.withToken(() -> {
            throw new IllegalStateException("the vault is shut");
        }))) {
            assertThatThrownBy(() -> refused.map("m", Codec.utf8())
                            .put("k", "v")
                            .toCompletableFuture()
                            .join())
                    .isInstanceOf(CompletionException.class)
                    .cause()
                    .isInstanceOfSatisfying(
                            NotAppliedException.class,
                            failed -> assertThat(failed.reason()).isEqualTo(NotAppliedException.Reason.NOT_PERMITTED));
        }
    }

    @Test
    void whatOperatorsDoIsWrittenDown() {
        post("/admin/links", "{\"from\": \"eu\", \"to\": \"us\", \"state\": \"cut\"}", bearer(Role.OPERATOR))
                .hasStatus(204);
        assertThat(lastLine())
                .matches("the-operator from 127\\.0\\.0\\.1:[0-9]+: POST /admin/links"
                        + " \\{\"from\": \"eu\", \"to\": \"us\", \"state\": \"cut\"}: 204");
        post("/admin/links", "{\"from\": \"eu\"}", bearer(Role.OPERATOR)).hasStatus(400);
        assertThat(lastLine()).endsWith("POST /admin/links {\"from\": \"eu\"}: 400 malformed-body");
        post("/admin/retire", "{\"node\": \"us-1\"}", bearer(Role.WRITER)).hasStatus(403);
        assertThat(lastLine()).startsWith("the-writer from ").endsWith(": 403 forbidden");
        send("PUT", "/maps/m/k", bearer(Role.WRITER));
        assertThat(messages()).as("what clients do is not").hasSize(3);
    }

    @Test
    void nobodyWritesLinesOfTheirOwn() {
        post("/admin/retire", "{\"node\": \"x\"}\nthe-operator from 10.0.0.1: all is well", bearer(Role.OPERATOR));
        post("/admin/retire", "{\"node\": \"" + token(Role.READER).secret() + "\"}", bearer(Role.OPERATOR));
        String chunked =
                "POST /admin/retire HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\nConnection: close\r\nAuthorization: "
                        + bearer(Role.OPERATOR)[1] + "\r\n\r\n5\r\n{\"in\"\r\n7\r\n:\"bits\"\r\n1\r\n}\r\n0\r\n\r\n";
        raw(chunked);
        post("/admin/retire", "x".repeat(20_000), bearer(Role.OPERATOR)).hasStatus(413);
        assertThat(messages())
                .hasSize(4)
                .noneMatch(line ->
                        line.contains("\n") || line.contains(token(Role.READER).secret()));
        assertThat(messages().get(2)).contains("{\"in\":\"bits\"}");
    }

    @Test
    void noTokenIsEverLogged() {
        Logger root = (Logger) LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
        Level before = root.getLevel();
        ListAppender<ILoggingEvent> all = new ListAppender<>();
        all.start();
        root.addAppender(all);
        root.setLevel(Level.TRACE);
        try {
            send("GET", "/maps/broken/k", bearer(Role.READER));
            send("GET", "/cluster?token=" + token(Role.READER).secret(), bearer(Role.READER))
                    .hasStatus(400);
            post("/admin/retire", "{", bearer(Role.OPERATOR));
            raw("GET /cluster HTTP/1.1\r\nHost: a\r\nAuthorization: " + bearer(Role.READER)[1]
                    + "\r\nbroken header\r\n\r\n");
        } finally {
            root.setLevel(before);
            root.detachAppender(all);
        }
        for (AccessToken token : TOKENS.values()) {
            assertThat(all.list).noneMatch(event -> event.getFormattedMessage().contains(token.secret()));
        }
    }

    private List<String> messages() {
        return lines.list.stream().map(ILoggingEvent::getFormattedMessage).toList();
    }

    private String lastLine() {
        return messages().get(messages().size() - 1);
    }

    private static String[] bearer(Role role) {
        return new String[] {"Authorization", "Bearer " + token(role).secret()};
    }

    private static String basic(Role role) {
        String pair = "anybody:" + token(role).secret();
        return "Basic " + Base64.getEncoder().encodeToString(pair.getBytes(StandardCharsets.UTF_8));
    }

    private static AccessToken token(Role role) {
        return Objects.requireNonNull(TOKENS.get(role));
    }

    private static int port() {
        return server.address().getPort();
    }

    private static void raw(String request) {
        try {
            RawConnection.exchange(server.address(), request);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private static Answer post(String path, String body, String... headers) {
        return node.send(server, "POST", path, BodyPublishers.ofString(body), headers);
    }

    private static Answer send(String method, String path, String... headers) {
        return node.send(server, method, path, BodyPublishers.noBody(), headers);
    }
}
