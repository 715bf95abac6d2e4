package io.entente.cluster;

import com.typesafe.config.Config;
import io.entente.cluster.settings.SettingsException;
import java.util.ArrayList;
import java.util.List;

/** What an actor system must be for a node to live in it. */
final class SafeSystem {

    private static final String SHORT_FORMS_OF_ACTORS = "akka.remote.artery.advanced.compression.actor-refs.max";

    private SafeSystem() {}

    /** An application's own actor system may be configured otherwise than {@code akkaConfig()} has it. */
    static void require(Config config) {
        List<String> problems = new ArrayList<>();
        if (config.getBoolean("akka.actor.allow-java-serialization")) {
            problems.add(
                    "akka.actor.allow-java-serialization is on, which lets whoever reaches the port run code in this"
                            + " process: set it off");
        }
        if (!config.getString("akka.actor.provider").contains("cluster")) {
            problems.add(
                    "akka.actor.provider = " + config.getString("akka.actor.provider")
                            + " makes no cluster: set it to cluster, or start the actor system with EntenteSettings.akkaConfig()");
        }
        if (!config.getString(SHORT_FORMS_OF_ACTORS).equals("off")) {
            problems.add(
                    SHORT_FORMS_OF_ACTORS + " = " + config.getString(SHORT_FORMS_OF_ACTORS)
                            + " makes a node that was started again deaf to the others after a minute: set it to off, or start the actor system with EntenteSettings.akkaConfig()");
        }
        if (!problems.isEmpty()) {
            throw new SettingsException(problems);
        }
    }
}
