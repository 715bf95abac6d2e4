package io.entente.cluster.tls;

import akka.actor.AbstractExtensionId;
import akka.actor.Address;
import akka.actor.AddressFromURIString;
import akka.actor.ClassicActorSystemProvider;
import akka.actor.ExtendedActorSystem;
import akka.actor.Extension;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import scala.Option;

/**
 * Which nodes the certificates have named that were shown at an address, when this node connected to it last. What a node says of itself comes over
 * a connection that it has made, whose certificate Akka doesn't hand on with the message; what is sent to it goes over one that this node has made.
 * So a node is believed to be where it says once this node has connected there and been shown a certificate of that name.
 *
 * <p>One an actor system. Thread-safe. Bounded: of more than {@value #MOST} addresses it forgets the one heard of first, which is then asked again.
 */
public final class PeerCertificates implements Extension {

    private static final int MOST = 4_096;

    private final Map<String, Set<String>> shown = new LinkedHashMap<>() {
        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Set<String>> eldest) {
            return size() > MOST;
        }
    };

    private boolean required;

    PeerCertificates() {}

    /** Those of an actor system. */
    public static PeerCertificates of(ClassicActorSystemProvider system) {
        return Id.INSTANCE.get(system);
    }

    /** How a node has proved its name. */
    public enum Proof {
        /** Nobody asks for certificates here. */
        NOT_ASKED_FOR,
        /** It has not been connected to yet: say something to it. */
        NOT_YET,
        /** What listens at its address has shown a certificate of its name. */
        GIVEN,
        /** What listens at its address has shown a certificate, of another name. */
        ANOTHERS
    }

    /** From now on names need proofs. */
    synchronized void require() {
        required = true;
    }

    /** Notes what was shown to this node at an address. */
    synchronized void noteAt(String host, int port, Set<String> nodes) {
        shown.put(key(host, port), new TreeSet<>(nodes));
    }

    /**
     * Whether a node has proved its name.
     *
     * @param node the name
     * @param address the node's Akka address, {@code akka://system@host:port}
     */
    public synchronized Proof proofOf(String node, String address) {
        if (!required) {
            return Proof.NOT_ASKED_FOR;
        }
        Set<String> nodes = shown.get(keyOf(address));
        if (nodes == null) {
            return Proof.NOT_YET;
        }
        return nodes.contains(node) ? Proof.GIVEN : Proof.ANOTHERS;
    }

    /** The names that were shown at an address; none where nothing was. */
    public synchronized Set<String> shownAt(String address) {
        return Set.copyOf(shown.getOrDefault(keyOf(address), Set.of()));
    }

    private static String keyOf(String address) {
        Option<Address> parsed = AddressFromURIString.unapply(address);
        return parsed.isEmpty() || !parsed.get().hasGlobalScope()
                ? ""
                : key(parsed.get().getHost().orElse(""), parsed.get().getPort().orElse(0));
    }

    private static String key(String host, int port) {
        return host + ":" + port;
    }

    private static final class Id extends AbstractExtensionId<PeerCertificates> {

        private static final Id INSTANCE = new Id();

        @Override
        public PeerCertificates createExtension(ExtendedActorSystem system) {
            return new PeerCertificates();
        }
    }
}
