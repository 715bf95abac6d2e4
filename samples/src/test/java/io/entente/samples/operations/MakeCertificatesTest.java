package io.entente.samples.operations;

import static org.assertj.core.api.Assertions.assertThat;

import akka.actor.setup.ActorSystemSetup;
import com.typesafe.config.ConfigFactory;
import io.entente.cluster.settings.EntenteSettings;
import io.entente.cluster.settings.SecuritySettings;
import io.entente.cluster.settings.TlsSettings;
import io.entente.cluster.tls.NodeTls;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The certificates that the script makes are those that nodes start with. Skipped where there is no openssl. */
class MakeCertificatesTest {

    @TempDir
    Path directory;

    @BeforeEach
    void requireOpenssl() {
        boolean found = List.of(System.getenv("PATH").split(":")).stream()
                .anyMatch(place -> Files.isExecutable(Path.of(place, "openssl")));
        Assumptions.assumeTrue(found, "there is no openssl on the PATH");
    }

    @Test
    void nodesStartWithThem() throws Exception {
        Path made = directory.resolve("pki");
        assertThat(run(made, "eu-1=127.0.0.1,localhost", "us-1=us-1.example,::1"))
                .isEmpty();
        assertThat(run(made, "ap-1=ap-1.example")).as("by the same authority").isEmpty();
        assertAccepted(made, "eu-1", "127.0.0.1");
        assertAccepted(made, "eu-1", "localhost");
        assertAccepted(made, "us-1", "us-1.example");
        assertAccepted(made, "us-1", "::1");
        assertAccepted(made, "ap-1", "ap-1.example");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(made.resolve("eu-1.key"))))
                .isEqualTo("rw-------");
    }

    @Test
    void misuseIsExplained() throws Exception {
        assertThat(run(directory, "eu-1")).contains("'eu-1' is no node with its hosts: write eu-1=");
        assertThat(run(directory)).contains("make-certificates DIRECTORY NODE=HOST");
    }

    private static void assertAccepted(Path made, String node, String host) {
        TlsSettings files = new TlsSettings(
                made.resolve(node + ".pem"), made.resolve(node + ".key"), Optional.of(made.resolve("ca.pem")));
        EntenteSettings settings = EntenteSettings.from(ConfigFactory.empty())
                .withName(node)
                .withHost(host)
                .withSecurity(new SecuritySettings(Optional.of(files), false));
        assertThat(NodeTls.setup(ActorSystemSetup.empty(), settings)).isNotNull();
    }

    /** What it says on standard error. */
    private static String run(Path directory, String... nodes) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of("operations/make-certificates", directory.toString()));
        command.addAll(List.of(nodes));
        Process process = new ProcessBuilder(command)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        String errors = new String(process.getErrorStream().readAllBytes(), java.nio.charset.StandardCharsets.UTF_8);
        assertThat(process.waitFor() == 0).as(errors).isEqualTo(errors.isEmpty());
        return errors;
    }
}
