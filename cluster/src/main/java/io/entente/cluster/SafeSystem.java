package io.entente.cluster;

import akka.actor.typed.ActorSystem;
import com.typesafe.config.Config;
import io.entente.cluster.settings.EntenteSettings;
import io.entente.cluster.settings.HttpSettings;
import io.entente.cluster.settings.SettingsException;
import io.entente.cluster.tls.NodeTls;
import java.util.ArrayList;
import java.util.List;

/** What an actor system must be for a node to live in it. */
final class SafeSystem {

    private static final String SHORT_FORMS_OF_ACTORS = "akka.remote.artery.advanced.compression.actor-refs.max";
    private static final String TRANSPORT = "akka.remote.artery.transport";
    private static final String TLS_TRANSPORT = "tls-tcp";
    private static final String ENGINES = "akka.remote.artery.ssl.ssl-engine-provider";
    private static final String BOUND_TO = "akka.remote.artery.bind.hostname";
    private static final String CANONICAL = "akka.remote.artery.canonical.hostname";
    private static final String REMEDY = ", or start the actor system with EntenteSettings.akkaConfig()";

    private SafeSystem() {}

    /** An application's own actor system may be configured otherwise than {@code akkaConfig()} has it. */
    static void require(EntenteSettings settings, ActorSystem<?> system) {
        Config config = system.settings().config();
        List<String> problems = new ArrayList<>();
        if (config.getBoolean("akka.actor.allow-java-serialization")) {
            problems.add(
                    "akka.actor.allow-java-serialization is on, which lets whoever reaches the port run code in this"
                            + " process: set it off");
        } else {
            problems.addAll(new ClosedSerialization(system).problems());
        }
        if (!config.getBoolean("akka.remote.deployment.enable-allow-list")) {
            problems.add(
                    "akka.remote.deployment.enable-allow-list is off, which lets whoever reaches the port start any actor in this"
                            + " process: set it on" + REMEDY);
        }
        if (!config.getString("akka.actor.provider").contains("cluster")) {
            problems.add("akka.actor.provider = " + config.getString("akka.actor.provider")
                    + " makes no cluster: set it to cluster" + REMEDY);
        }
        if (!config.getString(SHORT_FORMS_OF_ACTORS).equals("off")) {
            problems.add(SHORT_FORMS_OF_ACTORS + " = " + config.getString(SHORT_FORMS_OF_ACTORS)
                    + " makes a node that was started again deaf to the others after a minute: set it to off" + REMEDY);
        }
        requireTls(settings, config, problems);
        if (!problems.isEmpty()) {
            throw new SettingsException(problems);
        }
    }

    private static void requireTls(EntenteSettings settings, Config config, List<String> problems) {
        boolean encrypted = config.getString(TRANSPORT).equals(TLS_TRANSPORT);
        boolean ours = encrypted && config.getString(ENGINES).equals(NodeTls.class.getName());
        if (settings.security().tls().isPresent() && !ours) {
            problems.add("entente.tls is on and the actor system speaks " + config.getString(TRANSPORT)
                    + (encrypted ? " by " + config.getString(ENGINES) : "") + ": set " + TRANSPORT + " to "
                    + TLS_TRANSPORT
                    + " and " + ENGINES + " to " + NodeTls.class.getName() + REMEDY);
        }
        String bound = config.getString(BOUND_TO).isEmpty() ? config.getString(CANONICAL) : config.getString(BOUND_TO);
        if (!encrypted
                && !HttpSettings.isLoopback(bound)
                && !settings.security().trustedNetwork()) {
            problems.add("the actor system listens on " + bound
                    + " without TLS, and lets everybody who reaches that address act as a node: switch on entente.tls, bind it to"
                    + " 127.0.0.1, or say with entente.trusted-network = on that nobody else reaches it");
        }
    }
}
