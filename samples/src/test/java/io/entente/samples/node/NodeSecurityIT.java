package io.entente.samples.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.entente.cluster.client.EntenteClient;
import io.entente.cluster.http.auth.AccessToken;
import io.entente.cluster.http.auth.Role;
import io.entente.cluster.http.auth.TokenGrant;
import io.entente.samples.terminal.ExitCode;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import javax.net.ssl.SSLException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.io.TempDir;

/**
 * Two nodes as processes, with the certificates of {@code samples/operations/make-certificates}, HTTPS and tokens, tried from outside; and nodes that are
 * configured so that they must not start. Skipped where there is no openssl.
 */
@TestInstance(Lifecycle.PER_CLASS)
class NodeSecurityIT {

    private static final Duration PATIENCE = Duration.ofMinutes(2);

    @TempDir
    private static Path directory;

    private final Map<Role, AccessToken> tokens = new EnumMap<>(Role.class);
    private final List<NodeUnderTest> nodes = new ArrayList<>();
    private final List<Integer> ports = FreePorts.take(6);
    private NodeUnderTest eu = new NodeUnderTest(Path.of("."));

    @BeforeAll
    void start() throws Exception {
        Assumptions.assumeTrue(Pki.isPossible(), "there is no openssl on the PATH");
        Pki.make(directory.resolve("pki"), 30, "eu-1", "us-1");
        Pki.make(directory.resolve("ended"), 0, "eu-1");
        Pki.make(directory.resolve("rogue"), 30, "eu-1");
        List<String> grants = new ArrayList<>();
        for (Role role : Role.values()) {
            AccessToken token = AccessToken.make();
            tokens.put(role, token);
            grants.add(new TokenGrant("the-" + role.word(), role, token.hash()).line());
        }
        Files.write(directory.resolve("tokens"), grants);
        eu = secured("eu-1", 0, "pki/eu-1").start();
        NodeUnderTest us = secured("us-1", 2, "pki/us-1").start();
        eu.awaitReady(1);
        us.awaitReady(1);
    }

    @AfterAll
    void stop() {
        nodes.forEach(NodeUnderTest::stopAtLast);
    }

    @Test
    void tokensOpenWhatTheirRolesSayAndTheNodesHearEachOther() throws Exception {
        assertThat(eu.output()).startsWith("node eu-1 is ready: https://127.0.0.1:" + ports.get(1) + ", cluster ");
        assertThat(status(request(1, "/health/ready"))).isEqualTo(200);
        assertThat(status(request(1, "/cluster"))).isEqualTo(401);
        assertThat(status(request(1, "/cluster").header("Authorization", "Bearer entente_" + "A".repeat(43))))
                .isEqualTo(401);
        assertThat(status(put(1, "/maps/m/k").header("Authorization", bearer(Role.READER))))
                .isEqualTo(403);
        assertThat(status(put(1, "/maps/m/k").header("Authorization", bearer(Role.WRITER))))
                .isEqualTo(204);
        await().atMost(PATIENCE)
                .until(() -> status(request(3, "/maps/m/k").header("Authorization", bearer(Role.READER))) == 200);
        assertThat(status(request(1, "/config").header("Authorization", bearer(Role.OPERATOR))))
                .isEqualTo(404);
        HttpRequest.Builder foreign = request(1, "/admin/verify")
                .POST(BodyPublishers.noBody())
                .header("Authorization", bearer(Role.OPERATOR))
                .header("Origin", "https://elsewhere.example");
        assertThat(status(foreign)).as("a post from a page of another origin").isEqualTo(403);
        HttpRequest.Builder known = request(1, "/admin/retire")
                .POST(BodyPublishers.ofString("{\"node\": \"nobody\"}"))
                .header("Content-Type", "application/json")
                .header("Authorization", bearer(Role.OPERATOR));
        assertThat(status(known)).isEqualTo(400);
        await().atMost(PATIENCE).until(() -> eu.errors().contains("POST /admin/retire {\"node\": \"nobody\"}: 400 "));
        assertThat(eu.errors()).contains("the-operator from 127.0.0.1:").contains(": 403 cross-origin");
        assertNoSecretIsTold();
    }

    /** Not in what a node writes, nor in what other users of the machine see of it. */
    private void assertNoSecretIsTold() throws IOException {
        String key = Files.readAllLines(directory.resolve("pki/eu-1.key")).get(1);
        String commandLine = ProcessHandle.allProcesses()
                .map(ProcessHandle::info)
                .map(info -> info.commandLine().orElse(""))
                .filter(line -> line.contains(directory.toString()))
                .reduce("", String::concat);
        assertThat(eu.output() + eu.errors() + commandLine + Files.readString(directory.resolve("tokens")))
                .contains("--data", "the-operator operator sha256:")
                .doesNotContain(key)
                .doesNotContain(
                        tokens.values().stream().map(AccessToken::secret).toArray(String[]::new));
    }

    @Test
    void whoHasNoCertificateOfThisClusterReachesNobody() throws Exception {
        int artery = ports.get(2);
        Path trust = directory.resolve("pki/ca.pem");
        assertThat(Pki.isTurnedAway(artery, EntenteClient.trusting(trust)))
                .as("who shows no certificate")
                .isTrue();
        assertThat(Pki.isTurnedAway(artery, Pki.context(directory.resolve("rogue/eu-1"), trust)))
                .as("who shows another authority's")
                .isTrue();
        assertThat(Pki.isTurnedAway(artery, Pki.context(directory.resolve("ended/eu-1"), trust)))
                .as("who shows one that has ended")
                .isTrue();
        HttpClient credulous = HttpClient.newBuilder()
                .sslContext(EntenteClient.trusting(directory.resolve("rogue/ca.pem")))
                .build();
        assertThatThrownBy(() -> credulous.send(request(1, "/health/live").build(), BodyHandlers.discarding()))
                .isInstanceOf(SSLException.class);
        for (int port : ports.subList(0, 4)) {
            assertThat(Pki.answer(
                            port,
                            "GET /cluster HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n".getBytes(StandardCharsets.US_ASCII)))
                    .as("plain text at port %d", port)
                    .doesNotContain("200 OK");
            Pki.answer(port, new byte[] {'A', 'K', 'K', 'A', 1, -1, -1, -1, -1, 0});
            Pki.answer(port, new byte[] {22, 3, 3, 64, 0, 1, 2, 3});
        }
        assertThat(status(request(1, "/health/ready"))).isEqualTo(200);
        assertThat(status(request(3, "/health/ready"))).isEqualTo(200);
    }

    @Test
    void whatWouldLetOthersInOrShowsAWrongCertificateDoesNotStart() throws Exception {
        NodeUnderTest mixedUp = secured("eu-2", 4, "pki/us-1").start();
        NodeUnderTest ended = secured("eu-1", 4, "ended/eu-1", "ended/ca.pem").start();
        NodeUnderTest open = node("eu-3", 4).with("--bind", "0.0.0.0").start();
        assertRefused(mixedUp, "is of the node us-1, and this one is eu-2");
        assertRefused(ended, "would be refused by other nodes");
        assertRefused(open, "would let everybody who reaches that address act as a node");
    }

    private static void assertRefused(NodeUnderTest node, String sentence) {
        assertThat(node.exitCode()).as(node::errors).isEqualTo(ExitCode.MISUSE);
        assertThat(node.errors()).contains("node: ").contains(sentence).doesNotContain("\tat ");
    }

    private NodeUnderTest secured(String name, int port, String certificate) throws IOException {
        return secured(name, port, certificate, "pki/ca.pem");
    }

    private NodeUnderTest secured(String name, int port, String certificate, String trust) throws IOException {
        return node(name, port)
                .withEnvironment("ENTENTE_TLS", "on")
                .withEnvironment("ENTENTE_TLS_CERTIFICATE", file(certificate + ".pem"))
                .withEnvironment("ENTENTE_TLS_KEY", file(certificate + ".key"))
                .withEnvironment("ENTENTE_TLS_TRUST", file(trust))
                .withEnvironment("ENTENTE_HTTP_TLS", "on")
                .withEnvironment("ENTENTE_HTTP_TOKENS", file("tokens"));
    }

    private NodeUnderTest node(String name, int port) throws IOException {
        Path home = Files.createDirectory(directory.resolve("home-" + nodes.size()));
        NodeUnderTest node = new NodeUnderTest(home)
                .with("--name", name, "--dc", name.substring(0, 2), "--host", "127.0.0.1")
                .with("--port", Integer.toString(ports.get(port)))
                .with("--http-port", Integer.toString(ports.get(port + 1)))
                .with("--data", home.resolve("data").toString())
                .with("--seed", "127.0.0.1:" + ports.get(0));
        nodes.add(node);
        return node;
    }

    private String file(String name) {
        return directory.resolve(name).toString();
    }

    private String bearer(Role role) {
        return "Bearer " + Objects.requireNonNull(tokens.get(role)).secret();
    }

    private HttpRequest.Builder request(int port, String path) {
        return HttpRequest.newBuilder(URI.create("https://127.0.0.1:" + ports.get(port) + path))
                .timeout(PATIENCE);
    }

    private HttpRequest.Builder put(int port, String path) {
        return request(port, path).header("Content-Type", "application/json").PUT(BodyPublishers.ofString("1"));
    }

    private int status(HttpRequest.Builder request) throws IOException, InterruptedException {
        return HttpClient.newBuilder()
                .sslContext(EntenteClient.trusting(directory.resolve("pki/ca.pem")))
                .build()
                .send(request.build(), BodyHandlers.discarding())
                .statusCode();
    }
}
