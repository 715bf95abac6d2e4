package io.entente.cluster.tls;

import akka.actor.ActorSystem;
import akka.actor.setup.ActorSystemSetup;
import akka.remote.artery.tcp.SSLEngineProvider;
import akka.remote.artery.tcp.SSLEngineProviderSetup;
import io.entente.cluster.settings.EntenteSettings;
import io.entente.cluster.settings.NodeSettings;
import io.entente.cluster.settings.SettingsException;
import io.entente.cluster.settings.TlsSettings;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLPeerUnverifiedException;
import javax.net.ssl.SSLSession;
import scala.Option;

/**
 * Mutual TLS between nodes: makes the engines that Akka's remoting encrypts with. Both sides show certificates; whoever connects compares the host's
 * name; both ask for the name of a node; and which name was shown where is noted in {@link PeerCertificates}.
 *
 * <p>It keeps strangers out. It doesn't keep nodes of the cluster from lying to each other: whoever has a certificate of the authority in {@code
 * entente.tls.trust} that names a node is trusted with the data.
 *
 * <p>Thread-safe.
 */
public final class NodeTls implements SSLEngineProvider {

    private static final String SECTION = "entente.tls";
    private static final String[] PROTOCOLS = {"TLSv1.3"};

    private final LiveCredentials credentials;
    private final PeerCertificates peers;
    private final RefusalLog refusals = new RefusalLog(System::nanoTime);

    /** For an actor system that an application makes of {@code akkaConfig()}: Akka calls it by its name. */
    public NodeTls(ActorSystem system) {
        this(
                system,
                open(EntenteSettings.from(system.settings().config()))
                        .orElseThrow(
                                () -> new SettingsException(
                                        List.of(
                                                "the actor system speaks TLS as Entente does, and its own entente.tls is off: switch it on"))));
    }

    private NodeTls(ActorSystem system, LiveCredentials credentials) {
        this.credentials = credentials;
        this.peers = PeerCertificates.of(system);
        peers.require();
    }

    /**
     * An actor system's setup with the TLS of a node's settings, or as it was where that is off.
     *
     * @throws SettingsException when the certificate can't be used by this node
     */
    public static ActorSystemSetup setup(ActorSystemSetup setup, EntenteSettings settings) {
        Optional<LiveCredentials> credentials = open(settings);
        return credentials.isPresent()
                ? setup.withSetup(SSLEngineProviderSetup.create(system -> new NodeTls(system, credentials.get())))
                : setup;
    }

    private static Optional<LiveCredentials> open(EntenteSettings settings) {
        Optional<TlsSettings> files = settings.security().tls();
        if (files.isEmpty()) {
            return Optional.empty();
        }
        LiveCredentials credentials = LiveCredentials.open(SECTION, files.get());
        List<String> problems = problems(credentials.current(), files.get(), settings.node());
        if (!problems.isEmpty()) {
            throw new SettingsException(problems);
        }
        return Optional.of(credentials);
    }

    /** Why others wouldn't believe this node; it is better told here than found out there. */
    private static List<String> problems(Credentials credentials, TlsSettings files, NodeSettings node) {
        X509Certificate own = credentials.own();
        String which = SECTION + ".certificate = " + files.certificate();
        List<String> problems = new ArrayList<>();
        Set<String> nodes = NodeCertificates.nodes(own);
        if (!nodes.contains(node.name())) {
            problems.add(which + " is of " + (nodes.isEmpty() ? "no node" : "the node " + String.join(", ", nodes))
                    + ", and this one is " + node.name() + ": name one with the URI " + NodeCertificates.NODE_URI
                    + node.name());
        }
        String host = node.address().host();
        if (!NodeCertificates.isOfHost(own, host)) {
            problems.add(which + " is not of the host " + host
                    + ", by which others reach this node (entente.host): name one with it among its alternative names");
        }
        try {
            X509Certificate[] chain = credentials.chain().toArray(X509Certificate[]::new);
            for (X509Certificate certificate : chain) {
                certificate.checkValidity();
            }
            credentials
                    .believed()
                    .orElseThrow()
                    .checkClientTrusted(chain, own.getPublicKey().getAlgorithm());
        } catch (CertificateException disbelieved) {
            problems.add(which + " would be refused by other nodes (" + disbelieved.getMessage()
                    + "): name one that is valid now, and was issued by somebody in " + SECTION + ".trust");
        }
        return problems;
    }

    @Override
    public SSLEngine createServerSSLEngine(String hostname, int port) {
        SSLEngine engine = engine(hostname, port);
        engine.setUseClientMode(false);
        engine.setNeedClientAuth(true);
        return engine;
    }

    @Override
    public SSLEngine createClientSSLEngine(String hostname, int port) {
        SSLEngine engine = engine(hostname, port);
        engine.setUseClientMode(true);
        SSLParameters parameters = engine.getSSLParameters();
        parameters.setEndpointIdentificationAlgorithm("HTTPS");
        engine.setSSLParameters(parameters);
        return engine;
    }

    private SSLEngine engine(String hostname, int port) {
        SSLEngine engine = credentials.current().context().createSSLEngine(hostname, port);
        engine.setEnabledProtocols(PROTOCOLS);
        return engine;
    }

    /** Asked at the side that has connected, after each handshake. */
    @Override
    public Option<Throwable> verifyClientSession(String hostname, SSLSession session) {
        Set<String> nodes = nodes(session);
        peers.noteAt(hostname, session.getPeerPort(), nodes);
        return verdict(nodes, "whoever listens at " + hostname + ":" + session.getPeerPort());
    }

    /** Asked at the side that was connected to. */
    @Override
    public Option<Throwable> verifyServerSession(String hostname, SSLSession session) {
        return verdict(nodes(session), "somebody who has connected");
    }

    private Option<Throwable> verdict(Set<String> nodes, String who) {
        if (!nodes.isEmpty()) {
            return Option.empty();
        }
        String why = "the certificate of " + who + " names no node: give the other side one with a URI "
                + NodeCertificates.NODE_URI + "<name>";
        refusals.note(why);
        return Option.apply(new SSLPeerUnverifiedException(why));
    }

    private static Set<String> nodes(SSLSession session) {
        try {
            // The first is the peer's own.
            return session.getPeerCertificates()[0] instanceof X509Certificate own
                    ? NodeCertificates.nodes(own)
                    : Set.of();
        } catch (SSLPeerUnverifiedException noneShown) {
            return Set.of();
        }
    }
}
