package io.entente.cluster.settings;

import java.util.ArrayList;
import java.util.List;

/**
 * Finds where a node would take from strangers what it takes from its own: bound beyond loopback without authentication. Whoever reached its port
 * could write as a member of the cluster, or as any client.
 *
 * @param settings the settings
 */
record Exposure(EntenteSettings settings) {

    private static final String OR_TRUST =
            ", or, where a network lets nobody else reach this port, say so with entente.trusted-network = on";

    /** One sentence for each port. */
    List<String> problems() {
        List<String> problems = new ArrayList<>();
        if (settings.security().trustedNetwork()) {
            return problems;
        }
        NodeSettings node = settings.node();
        if (!HttpSettings.isLoopback(node.listenHost())
                && settings.security().tls().isEmpty()) {
            problems.add((node.bindHost().isPresent() ? "entente.bind = " : "entente.host = ") + node.listenHost()
                    + " would let everybody who reaches that address act as a node of this cluster: switch on entente.tls with a"
                    + " certificate, bind to 127.0.0.1" + OR_TRUST);
        }
        HttpSettings http = settings.http();
        if (http.enabled() && !http.isLoopback() && http.security().tokens().isEmpty()) {
            problems.add("entente.http.host = " + http.address().host()
                    + " would let everybody who reaches that address read, write and administer: name a file of tokens with"
                    + " entente.http.tokens (samples/token makes them), bind to 127.0.0.1" + OR_TRUST);
        }
        return problems;
    }
}
