package io.entente.cluster.http;

import static org.assertj.core.api.Assertions.assertThat;

import akka.http.javadsl.model.HttpRequest;
import akka.http.javadsl.model.headers.RawHeader;
import io.entente.cluster.settings.Address;
import io.entente.cluster.settings.HttpSettings;
import java.io.IOException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What keeps stored values and pages of other sites from acting through the browser of somebody who may reach the node. */
class BrowserSafetyTest {

    private static HttpNode node;

    @BeforeAll
    static void start() {
        node = new HttpNode();
    }

    @AfterAll
    static void stop() {
        node.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"/", "/cluster", "/health/live", "/maps/m", "/maps/m/absent", "/nowhere", "/cluster?x=1"})
    void everyAnswerForbidsGuessingItsTypeAndKeepingIt(String target) {
        Answer answer = node.get(target);
        assertThat(answer.header("X-Content-Type-Options")).isEqualTo("nosniff");
        assertThat(answer.header("Cache-Control")).isEqualTo("no-store");
        assertThat(answer.header("Cross-Origin-Resource-Policy")).isEqualTo("same-origin");
        assertThat(answer.has("Server")).isFalse();
        assertThat(answer.response().headers().allValues("X-Content-Type-Options"))
                .hasSize(1);
    }

    @ParameterizedTest
    @CsvSource({
        "text/html, true",
        "TEXT/HTML;charset=utf-8, true",
        "application/xhtml+xml, true",
        "image/svg+xml, true",
        "text/xml, true",
        "application/javascript, true",
        "application/json, false",
        "text/plain, false",
        "image/png, false"
    })
    void aValueIsServedInASandboxAndNotShownWhereItCouldRun(String type, boolean active) {
        String target = "/maps/pages/" + Integer.toHexString(type.hashCode());
        node.put(target, "1", "Content-Type", type).hasStatus(204);
        Answer got = node.get(target).hasStatus(200);
        assertThat(got.header("Content-Security-Policy")).isEqualTo("sandbox");
        assertThat(got.has("Content-Disposition")).isEqualTo(active);
        if (active) {
            assertThat(got.header("Content-Disposition")).isEqualTo("attachment");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://evil.example",
                "null",
                "https://127.0.0.1",
                "http://127.0.0.1.evil.example",
                "",
                "http://"
            })
    void aPageOfAnotherSiteChangesNothing(String origin) throws IOException {
        String request = String.join(
                "\r\n",
                "DELETE /maps/m/k HTTP/1.1",
                "Host: 127.0.0.1:8081",
                "Origin: " + origin,
                "Connection: close",
                "",
                "");
        assertThat(RawConnection.exchange(node.address(), request))
                .startsWith("HTTP/1.1 403 ")
                .contains("cross-origin");
    }

    @ParameterizedTest
    @CsvSource({
        "http://localhost:8081, localhost:8081",
        "http://LOCALHOST:8081, localhost:8081",
        "http://node.example, node.example",
        "http://node.example:80, node.example",
        "https://node.example, node.example:443",
        "http://[::1]:8081, [::1]:8081"
    })
    void aPageOfThisNodeMayChangeThings(String origin, String host) throws IOException {
        String request = String.join(
                "\r\n", "DELETE /maps/m/k HTTP/1.1", "Host: " + host, "Origin: " + origin, "Connection: close", "", "");
        assertThat(RawConnection.exchange(node.address(), request)).startsWith("HTTP/1.1 204 ");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "evil.example",
                "evil.example:8081",
                "127.evil.example",
                "localhost.evil.example:80",
                "[::2]:8081",
                "10.0.0.1"
            })
    void aNameThatSomebodyMadePointHereIsRefused(String host) throws IOException {
        String request = String.join("\r\n", "GET /cluster HTTP/1.1", "Host: " + host, "Connection: close", "", "");
        assertThat(RawConnection.exchange(node.address(), request))
                .startsWith("HTTP/1.1 421 ")
                .contains("misdirected", "entente.http.names");
    }

    @ParameterizedTest
    @ValueSource(strings = {"localhost", "LOCALHOST:8081", "127.0.0.1", "127.0.0.1:8081", "[::1]:8081", "node.example"})
    void aNameOfThisMachineIsNot(String host) throws IOException {
        String request = String.join("\r\n", "GET /cluster HTTP/1.1", "Host: " + host, "Connection: close", "", "");
        assertThat(RawConnection.exchange(node.address(), request)).startsWith("HTTP/1.1 200 ");
    }

    @Test
    void aServerForOtherMachinesIsCalledWhatTheyCallIt() {
        HostNames open = new HostNames(new HttpSettings(true, new Address("0.0.0.0", 8081)));
        assertThat(open.objection(HttpRequest.create().addHeader(RawHeader.create("Host", "evil.example"))))
                .isEmpty();
    }

    @Test
    void readingIsNotStoppedByAnOrigin() {
        node.get("/cluster", "Origin", "http://elsewhere.example").hasStatus(200);
    }
}
