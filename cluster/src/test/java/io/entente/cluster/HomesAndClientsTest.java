package io.entente.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.entente.cluster.settings.HomeSettings;
import io.entente.cluster.settings.HomeSettings.Unreachable;
import io.entente.cluster.settings.MapSettings;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** Keys with a home, and programs that are not members: three real nodes, one a data center. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class HomesAndClientsTest {

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    @TempDir
    static Path directory;

    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private ThreeNodes nodes;

    @BeforeAll
    void start() {
        nodes = new ThreeNodes(
                directory,
                settings -> settings.withMap("strict", home("us", Unreachable.REFUSE))
                        .withMap("lenient", home("us", Unreachable.ACCEPT))
                        .withMap("prefixed", home(HomeSettings.BY_KEY_PREFIX, Unreachable.REFUSE)));
    }

    private static MapSettings home(String where, Unreachable unreachable) {
        return MapSettings.defaults().with(new HomeSettings(where, unreachable));
    }

    @AfterAll
    void stop() {
        nodes.close();
    }

    @Test
    void aWriteGoesToItsKeysHomeWhereverItIsAskedFor() {
        for (String at : ThreeNodes.NAMES) {
            HttpResponse<String> written = send(at, "PUT", "/maps/strict/" + at, "1");
            assertThat(written.statusCode()).as(written.body()).isEqualTo(204);
            assertThat(header(written, "Entente-Dot")).startsWith("us/us-1/");
            assertThat(header(written, "Entente-Home")).isEqualTo("us");
        }
        HttpResponse<String> elsewhere = send("eu", "PUT", "/at/ap/maps/strict/elsewhere", "1");
        assertThat(header(elsewhere, "Entente-Dot")).startsWith("us/us-1/");
        assertThat(header(send("us", "GET", "/maps/strict/us", ""), "Entente-Home"))
                .isEqualTo("us");
        assertThat(send("us", "GET", "/maps/other/us", "").headers().firstValue("Entente-Home"))
                .isEmpty();
    }

    @Test
    void aConditionIsJudgedAtHomeSoTwoDataCentersCannotBothCreateAKey() {
        assertThat(send("eu", "PUT", "/maps/strict/once", "1", "If-None-Match", "*")
                        .statusCode())
                .isEqualTo(204);
        assertThat(send("ap", "PUT", "/maps/strict/once", "2", "If-None-Match", "*")
                        .statusCode())
                .isEqualTo(412);
    }

    @Test
    void aClientIsRedirectedToTheHome() {
        HttpResponse<String> redirected = send("eu", "PUT", "/maps/strict/redirected?routing=redirect", "1");
        assertThat(redirected.statusCode()).isEqualTo(307);
        assertThat(header(redirected, "Location")).isEqualTo(url("us") + "/maps/strict/redirected?routing=redirect");
    }

    @Test
    void aKeyThatNamesNoHomeIsRefused() {
        HttpResponse<String> named = send("eu", "PUT", "/maps/prefixed/ap%2Falice", "1");
        assertThat(header(named, "Entente-Dot")).startsWith("ap/");
        HttpResponse<String> refused = send("eu", "PUT", "/maps/prefixed/alice", "1");
        assertThat(refused.statusCode()).isEqualTo(400);
        assertThat(refused.body()).contains("invalid-argument", "The key 'alice' names no home", "by-key-prefix");
    }

    @Test
    void withoutItsHomeAWriteIsRefusedOrTakenElsewhereAsConfigured() {
        nodes.link("eu", "us", true);
        try {
            HttpResponse<String> refused = send("eu", "PUT", "/maps/strict/cut", "1");
            assertThat(refused.statusCode()).isEqualTo(503);
            assertThat(refused.body())
                    .contains("home-unreachable", "The home of strict/cut is data center us", "not-applied");
            HttpResponse<String> taken = send("eu", "PUT", "/maps/lenient/cut", "\"eu\"");
            assertThat(header(taken, "Entente-Dot")).startsWith("eu/");
            assertThat(header(taken, "Entente-Home")).isEqualTo("us; unreachable");
            assertThat(header(send("us", "PUT", "/maps/lenient/cut", "\"us\""), "Entente-Home"))
                    .isEqualTo("us");
        } finally {
            nodes.link("eu", "us", false);
        }
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(send("ap", "GET", "/maps/lenient/cut?siblings=true", "")
                                .body())
                        .as("what was written on both sides competes")
                        .contains("\"eu\"", "\"us\""));
    }

    private String url(String at) {
        return "http://127.0.0.1:" + nodes.node(at).httpAddress().orElseThrow().getPort();
    }

    private HttpResponse<String> send(String at, String method, String path, String body, String... headers) {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(url(at) + path))
                .timeout(PATIENCE)
                .header("Content-Type", "application/json")
                .method(method, BodyPublishers.ofString(body));
        if (headers.length > 0) {
            request.headers(headers);
        }
        return http.sendAsync(request.build(), BodyHandlers.ofString()).join();
    }

    private static String header(HttpResponse<String> response, String name) {
        return response.headers()
                .firstValue(name)
                .orElseThrow(() -> new AssertionError(response.statusCode() + " " + response.body()));
    }
}
