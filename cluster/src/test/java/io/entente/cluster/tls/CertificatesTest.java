package io.entente.cluster.tls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import akka.actor.setup.ActorSystemSetup;
import com.typesafe.config.ConfigFactory;
import io.entente.cluster.settings.EntenteSettings;
import io.entente.cluster.settings.SecuritySettings;
import io.entente.cluster.settings.SettingsException;
import io.entente.cluster.settings.TlsSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is read of certificates, and which a node refuses to start with: others would refuse it. */
class CertificatesTest {

    private static final Duration MONTH = Duration.ofDays(30);

    private final Path directory;

    private final TestAuthority authority;

    CertificatesTest(@TempDir Path directory) {
        this.directory = directory;
        this.authority = new TestAuthority(directory, "ca");
    }

    @Test
    void aCertificateNamesItsNodesAndHosts() {
        TlsSettings files = authority.issue(
                "several", List.of("eu-1", "eu-2"), List.of("*.eu.example", "eu.example", "10.0.0.1"), MONTH);
        X509Certificate certificate = PemFiles.certificates(files.certificate()).get(0);
        assertThat(NodeCertificates.nodes(certificate)).containsExactly("eu-1", "eu-2");
        for (String host : List.of("n1.eu.example", "N2.EU.example", "eu.example", "10.0.0.1")) {
            assertThat(NodeCertificates.isOfHost(certificate, host)).as(host).isTrue();
        }
        for (String host :
                List.of("a.b.eu.example", "us.example", "10.0.0.2", "::1", "eu.example.evil", ".eu.example")) {
            assertThat(NodeCertificates.isOfHost(certificate, host)).as(host).isFalse();
        }
    }

    @Test
    void aNodeStartsWithItsOwnCertificateAlone() {
        TlsSettings own = authority.node("eu-1");
        assertThat(setup("eu-1", own)).isNotNull();
        refused("us-1", own, "is of the node eu-1, and this one is us-1", "urn:entente:node:us-1");
        refused("eu-1", authority.issue("nobody", List.of(), List.of("127.0.0.1"), MONTH), "is of no node");
        refused(
                "eu-1",
                authority.issue("host", List.of("eu-1"), List.of("eu-1.example"), MONTH),
                "is not of the host 127.0.0.1");
        refused(
                "eu-1",
                authority.issue("old", List.of("eu-1"), List.of("127.0.0.1"), Duration.ofDays(-1)),
                "would be refused by other nodes",
                "NotAfter");
        TlsSettings strange = new TestAuthority(directory, "stranger").node("eu-1");
        refused(
                "eu-1",
                new TlsSettings(strange.certificate(), strange.key(), own.trust()),
                "issued by somebody in entente.tls.trust");
    }

    @Test
    void filesThatDontFitOrCantBeReadAreNamed() throws IOException {
        TlsSettings own = authority.node("eu-1");
        TlsSettings other = authority.node("us-1");
        refused("eu-1", new TlsSettings(own.certificate(), other.key(), own.trust()), "is not that of the certificate");
        Path missing = directory.resolve("missing.pem");
        refused("eu-1", new TlsSettings(missing, own.key(), own.trust()), missing + " can't be read");
        Path garbage = Files.writeString(directory.resolve("garbage"), "-----BEGIN CERTIFICATE-----\nAAAA\n");
        refused(
                "eu-1",
                new TlsSettings(garbage, own.key(), own.trust()),
                garbage + " has something that is no certificate");
        refused("eu-1", new TlsSettings(own.certificate(), own.certificate(), own.trust()), "has no private key");
        Path older = Files.writeString(
                directory.resolve("older"), "-----BEGIN EC PRIVATE KEY-----\nAAAA\n-----END EC PRIVATE KEY-----\n");
        refused("eu-1", new TlsSettings(own.certificate(), older, own.trust()), "openssl pkcs8 -topk8 -nocrypt");
        Path broken = Files.writeString(
                directory.resolve("broken"), "-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----\n");
        refused("eu-1", new TlsSettings(own.certificate(), broken, own.trust()), "of the certificate's kind, EC");
        Path empty = Files.writeString(directory.resolve("empty"), "");
        refused(
                "eu-1",
                new TlsSettings(own.certificate(), own.key(), Optional.of(empty)),
                empty + " has no certificate");
    }

    @Test
    void aCertificateIsReplacedWithoutARestartAndABrokenOneIsNot() throws IOException {
        AtomicLong nanos = new AtomicLong();
        TlsSettings files = authority.node("eu-1");
        LiveCredentials live = LiveCredentials.open("entente.tls", files, nanos::get);
        X509Certificate first = live.current().own();

        TlsSettings next = authority.issue("next", List.of("eu-1"), List.of("127.0.0.1"), MONTH);
        replace(next.certificate(), files.certificate());
        nanos.addAndGet(Duration.ofSeconds(5).toNanos());
        assertThat(live.current().own()).as("its key isn't there yet").isEqualTo(first);
        replace(next.key(), files.key());
        assertThat(live.current().own()).as("not looked at yet").isEqualTo(first);
        nanos.addAndGet(Duration.ofSeconds(5).toNanos());
        assertThat(live.current().own())
                .isEqualTo(PemFiles.certificates(next.certificate()).get(0))
                .isNotEqualTo(first);
    }

    @Test
    void aNodeIsBelievedToBeWhereItsCertificateWasShown() {
        PeerCertificates peers = new PeerCertificates();
        String address = "akka://entente@10.0.0.1:25520";
        assertThat(peers.proofOf("eu-1", address)).isEqualTo(PeerCertificates.Proof.NOT_ASKED_FOR);
        peers.require();
        assertThat(peers.proofOf("eu-1", address)).isEqualTo(PeerCertificates.Proof.NOT_YET);
        peers.noteAt("10.0.0.1", 25520, NodeCertificates.nodes(certificateOf("eu-1")));
        assertThat(peers.proofOf("eu-1", address)).isEqualTo(PeerCertificates.Proof.GIVEN);
        assertThat(peers.proofOf("us-1", address)).isEqualTo(PeerCertificates.Proof.ANOTHERS);
        assertThat(peers.shownAt(address)).containsExactly("eu-1");
        assertThat(peers.proofOf("eu-1", "akka://entente@10.0.0.1:25521")).isEqualTo(PeerCertificates.Proof.NOT_YET);
        assertThat(peers.proofOf("eu-1", "garbage")).isEqualTo(PeerCertificates.Proof.NOT_YET);
        peers.noteAt("10.0.0.1", 25520, NodeCertificates.nodes(certificateOf("us-1")));
        assertThat(peers.proofOf("eu-1", address))
                .as("another one listens there now")
                .isEqualTo(PeerCertificates.Proof.ANOTHERS);
    }

    private X509Certificate certificateOf(String node) {
        return PemFiles.certificates(authority.node(node).certificate()).get(0);
    }

    private static void replace(Path from, Path to) throws IOException {
        FileTime before = Files.getLastModifiedTime(to);
        Files.copy(from, to, StandardCopyOption.REPLACE_EXISTING);
        Files.setLastModifiedTime(to, FileTime.fromMillis(before.toMillis() + 1_000));
    }

    private static ActorSystemSetup setup(String node, TlsSettings files) {
        EntenteSettings settings = EntenteSettings.from(ConfigFactory.empty())
                .withName(node)
                .withSecurity(new SecuritySettings(Optional.of(files), false));
        return NodeTls.setup(ActorSystemSetup.empty(), settings);
    }

    private static void refused(String node, TlsSettings files, String... why) {
        assertThatThrownBy(() -> setup(node, files))
                .isInstanceOf(SettingsException.class)
                .hasMessageContainingAll(why)
                .hasMessageContaining("entente.tls");
    }
}
