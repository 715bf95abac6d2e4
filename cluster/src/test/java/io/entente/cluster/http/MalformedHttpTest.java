package io.entente.cluster.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.util.Random;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What no HTTP client sends, byte by byte: refused in the form of every other refusal, and the node goes on. */
class MalformedHttpTest {

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
    @CsvSource(
            delimiter = '|',
            ignoreLeadingAndTrailingWhitespace = true,
            value = {
                "400 | malformed-request   | 'z'                | GET /maps/m/%zz HTTP/1.1~Host: a~~",
                "400 | malformed-request   | line 1, column 9   | GET /maps/m/\u00e9 HTTP/1.1~Host: a~~",
                "400 | malformed-request   | Host               | GET / HTTP/1.1~~",
                "400 | malformed-request   | Host               | GET / HTTP/1.1~Host: a~Host: b~~",
                "400 | malformed-request   | CONNECT            | CONNECT a:1 HTTP/1.1~Host: a:1~~",
                "400 | malformed-request   | header name        | GET / HTTP/1.1~Host: a~X y: 1~~",
                "400 | malformed-request   | Content-Length     | PUT /maps/m/k HTTP/1.1~Host: a~Content-Length: -1~~",
                "400 | malformed-request   | Content-Length     | PUT /maps/m/k HTTP/1.1~Host: a~Content-Length: 1~Content-Length: 2~~",
                "400 | malformed-request   | Content-Length     | PUT /maps/m/k HTTP/1.1~Host: a~Content-Length: 1~Transfer-Encoding: chunked~~",
                "400 | malformed-request   | gzip               | PUT /maps/m/k HTTP/1.1~Host: a~Transfer-Encoding: gzip~~",
                "400 | malformed-request   | Content-Type       | PUT /maps/m/k HTTP/1.1~Host: a~Content-Type: a/b~Content-Type: c/d~~",
                "400 | malformed-body      | 'Z'                | PUT /maps/m/k HTTP/1.1~Host: a~Transfer-Encoding: chunked~~ZZ~",
                "400 | malformed-body      | truncation         | PUT /maps/m/k HTTP/1.1~Host: a~Content-Length: 10~~12345",
                "501 | unsupported-method  | FETCH              | FETCH / HTTP/1.1~Host: a~~",
                "505 | unsupported-version | version            | GET / HTTP/3.1~Host: a~~"
            })
    void aMalformedRequestIsRefusedByName(int status, String code, String named, String request) throws IOException {
        String answer = RawConnection.exchange(node.address(), request.replace("~", "\r\n"));
        assertThat(answer)
                .startsWith("HTTP/1.1 " + status + " ")
                .contains("application/problem+json", "\"code\":\"" + code + "\"", named, "nosniff");
        node.get("/maps/m/k").isProblem(404, "absent");
    }

    @Test
    void whatIsTooLongIsRefused() throws IOException {
        assertThat(RawConnection.exchange(
                        node.address(), "GET /" + "x".repeat(100_000) + " HTTP/1.1\r\nHost: a\r\n\r\n"))
                .startsWith("HTTP/1.1 414 ")
                .contains("target-too-long");
        assertThat(RawConnection.exchange(
                        node.address(), "GET / HTTP/1.1\r\nHost: a\r\nX: " + "x".repeat(100_000) + "\r\n\r\n"))
                .startsWith("HTTP/1.1 431 ")
                .contains("headers-too-large");
        assertThat(RawConnection.exchange(
                        node.address(), "GET / HTTP/1.1\r\nHost: a\r\n" + "X: 1\r\n".repeat(100) + "\r\n"))
                .startsWith("HTTP/1.1 400 ")
                .contains("64 headers");
    }

    /** What the parser takes is wide enough for all that this surface allows, so that whatever it refuses of that is refused by name. */
    @Test
    void theLongestThatIsLegalIsTaken() {
        String map = "m".repeat(HttpNode.LIMITS.mapNameLength());
        String key = "%C3%A9".repeat(HttpNode.LIMITS.keyBytes() / 2);
        String path = "/maps/" + map + "/" + key;
        String session = node.put(path + "?write=1&timeout=1s&routing=forward", "1")
                .hasStatus(204)
                .header("Entente-Session");
        node.get(path, "Entente-Session", session).hasStatus(200);
        node.get("/maps/" + map + "?prefix=" + key + "&after=" + key + "&limit=1000")
                .hasStatus(200);
        String longest = "A".repeat(HttpNode.LIMITS.tokenBytes());
        node.get(path, "Entente-Session", longest).isProblem(400, "malformed-session");
        node.send("DELETE", path, BodyPublishers.noBody(), "If-Match", '"' + longest + '"', "Entente-Session", session)
                .isProblem(400, "malformed-context");
        node.get("/maps/" + map + "/" + key + "%C3%A9").isProblem(400, "malformed-key");
    }

    @Test
    void aHugeBodyIsRefusedBeforeItIsSent() throws IOException {
        String head = "PUT /maps/m/k HTTP/1.1\r\nHost: a\r\nContent-Length: 999999999999\r\n";
        assertThat(RawConnection.exchange(node.address(), head + "Expect: 100-continue\r\n\r\n"))
                .startsWith("HTTP/1.1 413 ")
                .contains("999999999999 bytes")
                .doesNotContain("100 Continue");
        assertThat(RawConnection.exchange(node.address(), head + "\r\n")).startsWith("HTTP/1.1 413 ");
    }

    @Test
    void aBodyThatIsTooLargeIsReadNoFurtherThanItsLimit() throws IOException {
        String chunk = "400\r\n" + "x".repeat(1_024) + "\r\n";
        String request = "PUT /maps/m/k HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n" + chunk.repeat(5);
        assertThat(RawConnection.exchange(node.address(), request))
                .startsWith("HTTP/1.1 413 ")
                .contains("too-large");
    }

    @Test
    void bracesAndOtherCharactersThatClientsLeaveUnencodedAreTaken() throws IOException {
        String request =
                "PUT /maps/plain/{user}|1 HTTP/1.1\r\nHost: a\r\nContent-Length: 1\r\nConnection: close\r\n\r\n1";
        assertThat(RawConnection.exchange(node.address(), request)).startsWith("HTTP/1.1 204 ");
        assertThat(node.get("/maps/plain/%7Buser%7D%7C1").hasStatus(200).text()).isEqualTo("1");
    }

    @Test
    void anAbsoluteTargetIsTakenLikeItsPath() throws IOException {
        String request = "GET http://a/health/live HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n";
        assertThat(RawConnection.exchange(node.address(), request)).startsWith("HTTP/1.1 200 ");
    }

    @Test
    void anOldProbeWithoutAHostIsAnswered() throws IOException {
        assertThat(RawConnection.exchange(node.address(), "GET /health/live HTTP/1.0\r\n\r\n"))
                .contains(" 200 ");
    }

    @Test
    void headersCantPretendToBeTheServersOwn() throws IOException {
        String request = String.join(
                "\r\n",
                "GET /maps/m/k HTTP/1.1",
                "Host: a",
                "Raw-Request-URI: /health/live",
                "Timeout-Access: x",
                "Connection: close",
                "",
                "");
        assertThat(RawConnection.exchange(node.address(), request))
                .startsWith("HTTP/1.1 404 ")
                .contains("absent");
    }

    @Test
    void randomBytesNeverStopTheNode() throws IOException {
        long seed = Long.getLong("seed", 4711L);
        Random random = new Random(seed);
        for (int i = 0; i < 200; i++) {
            byte[] bytes = random.nextInt(2) == 0 ? noise(random) : mutant(random);
            String answer = RawConnection.exchange(node.address(), bytes);
            assertThat(answer).as("seed %d, round %d", seed, i).doesNotContain("HTTP/1.1 500", "internal-error");
        }
        node.get("/health/live").hasStatus(200);
        node.put("/maps/after/noise", "1").hasStatus(204);
    }

    private static byte[] noise(Random random) {
        byte[] bytes = new byte[1 + random.nextInt(2_000)];
        random.nextBytes(bytes);
        return bytes;
    }

    /** A request with some of its bytes changed, which gets further than noise. */
    private static byte[] mutant(Random random) {
        String request = String.join(
                "\r\n",
                "PUT /maps/fuzz/k%2Fx?write=1dc&timeout=10ms HTTP/1.1",
                "Host: localhost",
                "Entente-Context: EQAA",
                "Content-Type: application/json",
                "Content-Length: 11",
                "",
                "{\"a\":[1,2]}");
        byte[] bytes = request.getBytes(StandardCharsets.ISO_8859_1);
        for (int changes = 1 + random.nextInt(4); changes > 0; changes--) {
            bytes[random.nextInt(bytes.length)] = (byte) random.nextInt(256);
        }
        return bytes;
    }
}
