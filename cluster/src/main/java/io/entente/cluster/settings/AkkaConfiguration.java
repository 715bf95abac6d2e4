package io.entente.cluster.settings;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import java.util.LinkedHashMap;
import java.util.Map;

/** What of Akka's configuration follows from Entente's settings, and is therefore nobody else's to set. */
final class AkkaConfiguration {

    /** Each byte of a key takes three characters, percent-encoded. */
    private static final int ENCODED_BYTE_LENGTH = 3;

    /** The rest of a request's URI: the map's name, parameters and a context. */
    private static final int URI_OVERHEAD_LENGTH = 6 << 10;

    /**
     * Whoever receives proposes short forms for the actors he is sent most to. What reached a node for its replicas before they began, he counts for
     * an actor that doesn't exist, and his proposal, a minute later, would have all that follows go there.
     */
    private static final String SHORT_FORMS_OF_ACTORS = "akka.remote.artery.advanced.compression.actor-refs.max";

    /** Where an application makes the actor system, Akka makes the engines of this class; it knows these settings, and these don't know it. */
    private static final String NODE_TLS = "io.entente.cluster.tls.NodeTls";

    private AkkaConfiguration() {}

    static Config of(EntenteSettings settings) {
        NodeSettings node = settings.node();
        DataLimits limits = settings.limits();
        Map<String, Object> computed = new LinkedHashMap<>();
        computed.put("akka.actor.provider", "cluster");
        computed.put("akka.actor.allow-java-serialization", false);
        computed.put("akka.remote.deployment.enable-allow-list", true);
        computed.put("akka.remote.artery.canonical.hostname", node.address().host());
        computed.put("akka.remote.artery.canonical.port", node.address().port());
        computed.put("akka.remote.artery.bind.hostname", node.listenHost());
        // Akka's three seconds are no time on a machine that starts many nodes at once.
        computed.put("akka.remote.artery.bind.bind-timeout", "30s");
        computed.put(SHORT_FORMS_OF_ACTORS, "off");
        if (settings.security().tls().isPresent()) {
            computed.put("akka.remote.artery.transport", "tls-tcp");
            computed.put("akka.remote.artery.ssl.ssl-engine-provider", NODE_TLS);
        }
        computed.put("akka.cluster.multi-data-center.self-data-center", node.dataCenter());
        computed.put("akka.http.server.parsing.max-content-length", limits.valueBytes());
        computed.put(
                "akka.http.server.parsing.max-uri-length",
                ENCODED_BYTE_LENGTH * limits.keyBytes() + URI_OVERHEAD_LENGTH);
        return ConfigFactory.parseMap(computed, "Entente's settings").withFallback(settings.platform());
    }
}
