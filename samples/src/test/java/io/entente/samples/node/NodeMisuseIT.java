package io.entente.samples.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.entente.samples.terminal.ExitCode;
import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What {@code samples/node} says when it can't do what it is told: one sentence, and an exit code. */
class NodeMisuseIT {

    private static final int SIGTERM = 143;

    @TempDir
    Path directory;

    private final List<NodeUnderTest> nodes = new ArrayList<>();
    private final List<Integer> ports = new ArrayList<>();

    @BeforeEach
    void takePorts() {
        ports.addAll(FreePorts.take(4));
    }

    @AfterEach
    void stop() {
        nodes.forEach(NodeUnderTest::stopAtLast);
    }

    @Test
    void malformedOptionsAreMisuse() throws IOException {
        assertMisuse("Unknown option: '--frobnicate'", "--frobnicate");
        assertMisuse("'99999' is no port", "--port", "99999");
        assertMisuse("'nowhere' is no address: write host:port", "--seed", "nowhere");
        assertMisuse(
                "--mode leader is unknown: use one of multi-leader, single-leader, leaderless", "--mode", "leader");
    }

    @Test
    void malformedNamesAndUnknownConfigurationKeysAreMisuse() throws IOException {
        assertMisuse("'eu 1'", "--name", "eu 1");
        Path config = Files.writeString(directory.resolve("node.conf"), "entente.durabilty = os");
        assertMisuse("entente.durabilty", "--config", config.toString());
        NodeUnderTest node = node("environment").withEnvironment("ENTENTE_PORT", "many");
        assertThat(node.start().exitCode()).isEqualTo(ExitCode.MISUSE);
        assertThat(node.lastSentence()).contains("entente.port").contains("many");
    }

    @Test
    void aPortInUseIsNamed() throws IOException {
        try (ServerSocket taken = FreePorts.occupy()) {
            int port = taken.getLocalPort();
            assertFailure("port " + port, node("port", "--port", text(port), "--http-port", text(ports.get(0))));
            assertFailure(text(port), node("http-port", "--port", text(ports.get(0)), "--http-port", text(port)));
        }
    }

    @Test
    void aDirectoryServesOneProcessAndOneNodeAndWhatIsReadySaysWhere() throws IOException {
        String data = directory.resolve("data").toString();
        NodeUnderTest first =
                node("first", options("eu-1", "eu", 0, data)).start().awaitReady(1);
        assertThat(first.output()).matches("node eu-1 is ready: http://127.0.0.1:" + ports.get(1) + ", cluster \\S+\n");

        NodeUnderTest second = node("second", options("eu-1", "eu", 2, data));
        assertFailure(data, second);
        assertThat(second.lastSentence()).contains("in use");

        assertThat(first.terminate()).isEqualTo(SIGTERM);
        assertThat(first.errors())
                .contains("NodeActor this node has founded cluster")
                .doesNotContain("Exception");
        NodeUnderTest other = node("other", options("us-1", "us", 2, data));
        assertFailure(data, other);
        assertThat(other.lastSentence()).contains("eu-1").contains("us-1");

        node("again", options("eu-1", "eu", 0, data)).start().awaitReady(1);
    }

    @Test
    void aNodeOfAnotherClusterIsNotLetIn() throws IOException {
        String data = directory.resolve("data").toString();
        NodeUnderTest stray =
                node("stray", options("us-1", "us", 0, data)).start().awaitReady(1);
        assertThat(stray.terminate()).isEqualTo(SIGTERM);
        node("eu", options("eu-1", "eu", 2, directory.resolve("eu-data").toString()))
                .start()
                .awaitReady(1);
        NodeUnderTest misled = node("misled", options("us-1", "us", 0, data)).with("--seed", seed(2));
        assertFailure("belongs to cluster", misled);
        assertThat(misled.output()).doesNotContain("is ready");
    }

    @Test
    void anUnreachableSeedIsNamedUntilItAnswers() throws IOException {
        NodeUnderTest joining = node(
                        "joining",
                        options("us-1", "us", 2, directory.resolve("us-data").toString()))
                .with("--seed", seed(0))
                .start();
        await().atMost(Duration.ofMinutes(2)).until(() -> joining.errors().contains("not ready yet"));
        assertThat(joining.errors()).contains("127.0.0.1:" + ports.get(0));
        node("eu", options("eu-1", "eu", 0, directory.resolve("eu-data").toString()))
                .start()
                .awaitReady(1);
        joining.awaitReady(1);
    }

    private void assertMisuse(String sentence, String... arguments) throws IOException {
        NodeUnderTest node = node("misuse-" + nodes.size(), arguments);
        assertThat(node.start().exitCode()).as(node::errors).isEqualTo(ExitCode.MISUSE);
        assertThat(node.lastSentence()).contains(sentence);
        assertThat(node.errors()).doesNotContain("\tat ");
    }

    private static void assertFailure(String sentence, NodeUnderTest node) {
        assertThat(node.start().exitCode()).as(node::errors).isEqualTo(ExitCode.FAILURE);
        assertThat(node.lastSentence()).contains(sentence);
        assertThat(node.errors()).doesNotContain("\tat ");
    }

    private NodeUnderTest node(String home, String... arguments) throws IOException {
        NodeUnderTest node = new NodeUnderTest(Files.createDirectory(directory.resolve(home)), arguments);
        nodes.add(node);
        return node;
    }

    private String[] options(String name, String dataCenter, int port, String data) {
        return new String[] {
            "--name",
            name,
            "--dc",
            dataCenter,
            "--host",
            "127.0.0.1",
            "--port",
            text(ports.get(port)),
            "--http-port",
            text(ports.get(port + 1)),
            "--data",
            data
        };
    }

    private String seed(int port) {
        return "127.0.0.1:" + ports.get(port);
    }

    private static String text(int port) {
        return Integer.toString(port);
    }
}
