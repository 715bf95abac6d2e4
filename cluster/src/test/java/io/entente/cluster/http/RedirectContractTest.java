package io.entente.cluster.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpRequest.BodyPublishers;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code routing=redirect}: the client is told where the leader of a key is, and sends its write there itself. */
class RedirectContractTest {

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
    @ValueSource(strings = {"PUT", "DELETE"})
    void aWriteThatBelongsToAnotherNodeIsSentThereWithItsPathAndQueryAsTheyCame(String method) {
        String target = "/maps/m/led%2Fby%20us?write=quorum&routing=redirect";
        Answer answer = node.send(method, target, BodyPublishers.ofString(method.equals("PUT") ? "1" : ""));
        answer.hasStatus(307);
        assertThat(answer.header("Location")).isEqualTo("http://us.example:8081" + target);
        node.get("/maps/m/led%2Fby%20us").hasStatus(404);
    }

    @Test
    void whatThisNodeLeadsItWrites() {
        node.put("/maps/m/mine?routing=redirect", "1").hasStatus(204);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "?routing=forward"})
    void withoutARedirectTheNodeSeesToItItself(String query) {
        node.put("/maps/m/led-too" + query, "1").hasStatus(204);
    }
}
