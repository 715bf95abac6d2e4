package io.entente.cluster.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.entente.cluster.settings.Address;
import io.entente.cluster.settings.HttpSettings;
import io.entente.core.message.NodeId;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** How a server begins and ends. */
class HttpServerTest {

    private HttpNode node;

    @BeforeEach
    void start() {
        node = new HttpNode();
    }

    @AfterEach
    void stop() {
        node.close();
    }

    @Test
    void aServerListensOnLoopbackAlone() {
        assertThat(node.address().getAddress().isLoopbackAddress()).isTrue();
        assertThat(node.address().getPort()).isPositive();
    }

    @Test
    void aPortInUseIsNamedInOneSentence() throws IOException {
        try (ServerSocket taken = new ServerSocket(0, 1, java.net.InetAddress.getLoopbackAddress())) {
            assertThatThrownBy(() -> bind("127.0.0.1", taken.getLocalPort()))
                    .isInstanceOf(BindFailedException.class)
                    .hasMessage(
                            "The HTTP server can't listen on 127.0.0.1:%d: the port is in use by another process; "
                                    + "stop that one, or choose another port with entente.http.port.",
                            taken.getLocalPort());
        }
    }

    @Test
    void anotherServersPortIsInUseToo() {
        int port = node.address().getPort();
        assertThatThrownBy(() -> bind("127.0.0.1", port))
                .isInstanceOf(BindFailedException.class)
                .hasMessageContaining(Integer.toString(port));
        node.get("/health/live").hasStatus(200);
    }

    @Test
    void anAddressOfAnotherMachineIsNamed() {
        assertThatThrownBy(() -> bind("192.0.2.1", 0))
                .isInstanceOf(BindFailedException.class)
                .hasMessageContaining("192.0.2.1")
                .hasMessageContaining("entente.http.host");
        assertThatThrownBy(() -> bind("no-such-host.invalid", 0))
                .isInstanceOf(BindFailedException.class)
                .hasMessageContaining("no-such-host.invalid")
                .hasMessageContaining("entente.http.host");
    }

    @Test
    void aPortThatWasFreedCanBeTakenAgain() {
        HttpServer first = node.bind(node.replica);
        int port = first.address().getPort();
        first.terminate(Duration.ofSeconds(1)).toCompletableFuture().join();
        HttpServer second = bind("127.0.0.1", port);
        assertThat(second.address().getPort()).isEqualTo(port);
        second.terminate(Duration.ofSeconds(1)).toCompletableFuture().join();
    }

    @Test
    void anUnboundServerTakesNoNewConnections() {
        node.server.unbind().toCompletableFuture().join();
        assertThatThrownBy(() ->
                        new Socket(node.address().getAddress(), node.address().getPort()).close())
                .isInstanceOf(IOException.class);
    }

    @Test
    void anOpenRequestIsFinishedBeforeTheEnd() throws IOException {
        node.replica.hasSilentPeer(new NodeId("us", "us-1"));
        try (RawConnection connection = new RawConnection(node.address())) {
            String request = "PUT /maps/m/k?write=2&timeout=300ms HTTP/1.1\r\nHost: a\r\nContent-Length: 1\r\n\r\n1";
            connection.send(request.getBytes(StandardCharsets.US_ASCII));
            node.awaitWrite("m", "k");
            node.server.terminate(Duration.ofSeconds(10)).toCompletableFuture().join();
            assertThat(connection.readToEnd()).startsWith("HTTP/1.1 504 ").contains("write-concern-timeout");
        }
    }

    private HttpServer bind(String host, int port) {
        try {
            return HttpServer.bind(
                            node.kit.system(),
                            new HttpSettings(true, new Address(host, port)),
                            node.backend(node.replica))
                    .toCompletableFuture()
                    .join();
        } catch (CompletionException failed) {
            throw (RuntimeException) failed.getCause();
        }
    }
}
