package io.entente.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import com.typesafe.config.ConfigFactory;
import io.entente.cluster.client.EntenteClient;
import io.entente.cluster.map.Codec;
import io.entente.cluster.map.Found;
import io.entente.cluster.map.ReplicatedMap;
import io.entente.cluster.settings.EntenteSettings;
import io.entente.cluster.settings.SecuritySettings;
import io.entente.cluster.tls.TestAuthority;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A node lives through whatever is sent to its ports: HTTP in plain text, and Akka's remoting behind TLS, as it has to be where strangers reach it. Without TLS
 * a single frame with a negative length keeps a thread of Akka's remoting busy for ever, and as many as it has threads leave it deaf. A campaign runs in
 * the profile {@code fuzz}; {@code -Dseed} and {@code -Dfuzz.rounds} choose it.
 */
class HostileBytesTest {

    private static final int FEW = 40;
    private static final int READING_MILLIS = 60_000;

    @TempDir
    private static Path directory;

    private static TestAuthority authority;
    private static Entente node;

    @BeforeAll
    static void start() {
        authority = new TestAuthority(directory, "ca");
        node = Entente.start(
                EntenteSettings.from(ConfigFactory.parseString("akka.loglevel = OFF, akka.stdout-loglevel = OFF"))
                        .withName("eu-1")
                        .withPort(0)
                        .withHttpPort(0)
                        .withSecurity(new SecuritySettings(Optional.of(authority.node("eu-1")), false))
                        .withFoundingWait(Duration.ZERO)
                        .withData(directory.resolve("data")));
        assertThat(node.awaitReady(ThreeNodes.PATIENCE)).isTrue();
    }

    @AfterAll
    static void stop() {
        node.close();
    }

    @Test
    void aFewHostileBytesAreLivedThrough() throws Exception {
        attack(1, FEW);
    }

    @Test
    @Tag("fuzz")
    void manyHostileBytesAreLivedThrough() throws Exception {
        attack(Long.getLong("seed", 42), Integer.getInteger("fuzz.rounds", 50_000));
    }

    private static void attack(long seed, int rounds) throws Exception {
        HostileBytes hostile = new HostileBytes(seed);
        InetSocketAddress http = node.httpAddress().orElseThrow();
        InetSocketAddress nodes = new InetSocketAddress(
                InetAddress.getLoopbackAddress(),
                akka.cluster.typed.Cluster.get(node.system())
                        .selfMember()
                        .address()
                        .getPort()
                        .orElseThrow());
        List<Supplier<byte[]>> kinds =
                List.of(hostile::noise, hostile::request, hostile::frames, hostile::handshake, hostile::frames);
        for (int i = 0; i < rounds; i++) {
            byte[] bytes = kinds.get(i % kinds.size()).get();
            exchange(http, bytes);
            throwAt(nodes, bytes);
        }
        assertServes("after seed " + seed);
        assertHears(nodes);
    }

    /** Remoting still does its part of a handshake, up to asking for a certificate that isn't there. */
    private static void assertHears(InetSocketAddress nodes) throws IOException {
        try (SSLSocket socket = (SSLSocket) EntenteClient.trusting(authority.trust())
                .getSocketFactory()
                .createSocket(nodes.getAddress(), nodes.getPort())) {
            socket.setSoTimeout(READING_MILLIS);
            socket.startHandshake();
            assertThat(socket.getSession().getPeerCertificates()).hasSize(1);
        }
    }

    private static void assertServes(String when) throws Exception {
        assertThat(node.whenTerminated().toCompletableFuture()).as(when).isNotDone();
        assertThat(node.node().failures()).as(when).isEmpty();
        ReplicatedMap<String> map = node.map("after", Codec.utf8());
        map.put("k", when).toCompletableFuture().join();
        assertThat(map.get("k").toCompletableFuture().join()).isInstanceOf(Found.Value.class);
        URI live = URI.create(node.httpUrl().orElseThrow() + "/health/live");
        assertThat(HttpClient.newHttpClient()
                        .send(HttpRequest.newBuilder(live).build(), BodyHandlers.discarding())
                        .statusCode())
                .as(when)
                .isEqualTo(200);
    }

    /** Sends, says that no more comes, and reads what is answered until the other side ends it. */
    private static void exchange(InetSocketAddress to, byte[] bytes) {
        try (Socket socket = new Socket(to.getAddress(), to.getPort())) {
            socket.setSoTimeout(READING_MILLIS);
            socket.getOutputStream().write(bytes);
            socket.shutdownOutput();
            socket.getInputStream().transferTo(OutputStream.nullOutputStream());
        } catch (SocketTimeoutException neverEnded) {
            throw new AssertionError(
                    to + " keeps a connection whose other side has ended after "
                            + HexFormat.of().formatHex(bytes),
                    neverEnded);
        } catch (IOException reset) {
            // It may end the connection as it likes.
        }
    }

    /** Sends, and goes: Akka's remoting answers nothing where it is sent to. */
    private static void throwAt(InetSocketAddress to, byte[] bytes) throws IOException {
        try (Socket socket = new Socket()) {
            socket.connect(to, READING_MILLIS);
            socket.getOutputStream().write(bytes);
        } catch (SocketException reset) {
            // Likewise.
        }
    }
}
