package io.entente.samples.demo.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.entente.samples.terminal.FailureException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DemoDirectoryTest {

    private static final List<String> NODES = List.of("eu-1", "us-1");

    @TempDir
    Path parent;

    @Test
    void theTemporaryDirectoryIsGoneAfterwards() throws IOException {
        DemoDirectory directory = DemoDirectory.temporary();
        Files.createDirectories(directory.node("eu-1").resolve("store"));
        Files.writeString(directory.log(), "a line");
        directory.close();
        assertThat(directory.path()).doesNotExist();
    }

    @Test
    void aDirectoryOfTheUsersStays() throws IOException {
        DemoDirectory directory = DemoDirectory.at(parent.resolve("mine"));
        Files.createDirectories(directory.node("eu-1"));
        directory.close();
        assertThat(directory.node("eu-1")).exists();
    }

    @Test
    void aDirectoryServesOneDemoAtATime() {
        Path path = parent.resolve("mine");
        try (DemoDirectory first = DemoDirectory.at(path)) {
            assertThatThrownBy(() -> DemoDirectory.at(first.path()))
                    .isInstanceOf(FailureException.class)
                    .hasMessageContaining(path.toString())
                    .hasMessageContaining("--data");
        }
        DemoDirectory.at(path).close();
    }

    @Test
    void thePortsOfTheFirstStartAreThoseOfTheNext() {
        Path path = parent.resolve("mine");
        DemoPorts first;
        try (DemoDirectory directory = DemoDirectory.at(path)) {
            first = directory.ports(NODES);
            assertThat(first.byNode().values()).doesNotHaveDuplicates();
        }
        try (DemoDirectory directory = DemoDirectory.at(path)) {
            assertThat(directory.ports(NODES)).isEqualTo(first);
        }
    }

    @Test
    void aPortThatIsTakenSinceIsNamedWithItsNode() throws IOException {
        try (DemoDirectory directory = DemoDirectory.at(parent.resolve("mine"))) {
            int port = directory.ports(NODES).of("us-1");
            try (ServerSocket taken = new ServerSocket(port, 1, InetAddress.getByAddress(new byte[] {127, 0, 0, 1}))) {
                assertThatThrownBy(() -> directory.ports(NODES))
                        .isInstanceOf(FailureException.class)
                        .hasMessageContaining("port " + taken.getLocalPort())
                        .hasMessageContaining("us-1");
            }
        }
    }

    @Test
    void aWipedNodeHasNoData() throws IOException {
        try (DemoDirectory directory = DemoDirectory.at(parent.resolve("mine"))) {
            Files.createDirectories(directory.node("eu-1").resolve("store"));
            directory.wipe("eu-1");
            directory.wipe("us-1");
            assertThat(directory.node("eu-1")).doesNotExist();
        }
    }
}
