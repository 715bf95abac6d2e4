package io.entente.cluster.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.entente.cluster.client.EntenteClient;
import io.entente.cluster.client.Site;
import io.entente.cluster.map.Codec;
import io.entente.cluster.map.Found;
import io.entente.cluster.map.ReplicatedMap;
import io.entente.cluster.settings.HttpSecurity;
import io.entente.cluster.settings.TlsSettings;
import io.entente.cluster.tls.TestAuthority;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** HTTP over TLS: who believes whom, and what becomes of bytes that are neither. */
class HttpsTest {

    @TempDir
    private static Path directory;

    private static TestAuthority authority;
    private static HttpNode node;
    private static HttpServer server;

    @BeforeAll
    static void start() {
        authority = new TestAuthority(directory, "ca");
        node = new HttpNode();
        server = bind(authority.node("eu-1"));
    }

    @AfterAll
    static void stop() {
        server.terminate(Duration.ofSeconds(1)).toCompletableFuture().join();
        node.close();
    }

    @Test
    void whoTrustsItsAuthorityIsServed() throws Exception {
        HttpResponse<String> answer = get(server, authority.trust());
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.sslSession().orElseThrow().getProtocol()).isEqualTo("TLSv1.3");
    }

    @Test
    void aServerOfAnotherAuthorityIsNotBelieved() {
        Path other = new TestAuthority(directory, "other").trust();
        assertThatThrownBy(() -> get(server, other))
                .isInstanceOf(SSLException.class)
                .hasMessageContaining("PKIX");
    }

    @Test
    void aServerOfAnotherHostOrOfYesterdayIsNotBelieved() {
        TlsSettings elsewhere =
                authority.issue("elsewhere", List.of("eu-1"), List.of("eu-1.example"), Duration.ofDays(1));
        TlsSettings old = authority.issue("old", List.of("eu-1"), List.of("127.0.0.1"), Duration.ofDays(-1));
        for (TlsSettings bad : List.of(elsewhere, old)) {
            HttpServer wrong = bind(bad);
            assertThatThrownBy(() -> get(wrong, authority.trust())).isInstanceOf(SSLException.class);
            wrong.terminate(Duration.ofSeconds(1)).toCompletableFuture().join();
        }
    }

    @Test
    void aClientBelievesWhomItIsToldTo() {
        Site site = Site.of("eu", "https://127.0.0.1:" + server.address().getPort());
        SSLContext trust = EntenteClient.trusting(authority.trust());
        ReplicatedMap<String> map = EntenteClient.of(trust, List.of(site)).map("m", Codec.utf8());
        map.put("k", "v").toCompletableFuture().join();
        assertThat(map.get("k").toCompletableFuture().join()).isInstanceOf(Found.Value.class);
    }

    @Test
    void aPageThatCameInTheClearChangesNothing() throws Exception {
        assertThat(delete("https").statusCode()).isEqualTo(204);
        HttpResponse<String> refused = delete("http");
        assertThat(refused.statusCode()).isEqualTo(403);
        assertThat(refused.body()).contains("cross-origin");
    }

    @Test
    void plainHttpAndHostileBytesEndTheirConnectionAndNothingElse() throws Exception {
        assertThat(RawConnection.exchange(server.address(), "GET / HTTP/1.1\r\nHost: a\r\n\r\n"))
                .doesNotContain("HTTP/1.1 200");
        Random random = new Random(7);
        for (int i = 0; i < 20; i++) {
            byte[] bytes = new byte[1 + random.nextInt(2_000)];
            random.nextBytes(bytes);
            if (i % 2 == 0) {
                // As a record of a handshake begins.
                System.arraycopy(new byte[] {22, 3, 1}, 0, bytes, 0, Math.min(3, bytes.length));
            }
            assertThat(RawConnection.exchange(server.address(), bytes).getBytes(StandardCharsets.UTF_8))
                    .hasSizeLessThan(500);
        }
        assertThat(get(server, authority.trust()).statusCode()).isEqualTo(200);
    }

    private static HttpServer bind(TlsSettings files) {
        return node.bind(HttpNode.ANY_PORT.with(new HttpSecurity(Optional.empty(), Optional.of(files))));
    }

    private static HttpResponse<String> get(HttpServer from, Path trusted) throws IOException, InterruptedException {
        URI uri = URI.create("https://127.0.0.1:" + from.address().getPort() + "/health/live");
        return client(trusted).send(HttpRequest.newBuilder(uri).build(), BodyHandlers.ofString());
    }

    private static HttpResponse<String> delete(String scheme) throws IOException, InterruptedException {
        String authorityPart = "127.0.0.1:" + server.address().getPort();
        HttpRequest request = HttpRequest.newBuilder(URI.create("https://" + authorityPart + "/maps/m/k"))
                .DELETE()
                .header("Origin", scheme + "://" + authorityPart)
                .build();
        return client(authority.trust()).send(request, BodyHandlers.ofString());
    }

    private static HttpClient client(Path trusted) {
        return HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .sslContext(EntenteClient.trusting(trusted))
                .build();
    }
}
