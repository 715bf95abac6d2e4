package io.entente.cluster;

import akka.actor.typed.ActorSystem;
import akka.actor.typed.Extension;
import akka.actor.typed.ExtensionId;
import io.entente.cluster.settings.EntenteSettings;
import org.jspecify.annotations.Nullable;

/** The place for one node of Entente in an actor system; it is started when it is first asked for. Thread-safe. */
final class EntenteExtension implements Extension {

    private final ActorSystem<?> system;
    private @Nullable Entente entente;

    private EntenteExtension(ActorSystem<?> system) {
        this.system = system;
    }

    /** The system's node. What the application brings along counts when that makes it start; where it fails to, the next call tries again. */
    static Entente of(ActorSystem<?> system, Embedding embedding) {
        return system.registerExtension(Id.INSTANCE).node(embedding);
    }

    private synchronized Entente node(Embedding embedding) {
        Entente started = entente;
        if (started == null) {
            EntenteSettings settings =
                    EntenteSettings.from(system.settings().config()).checked();
            started = Entente.on(system, settings, embedding);
            entente = started;
        }
        return started;
    }

    private static final class Id extends ExtensionId<EntenteExtension> {

        private static final Id INSTANCE = new Id();

        @Override
        public EntenteExtension createExtension(ActorSystem<?> system) {
            return new EntenteExtension(system);
        }
    }
}
