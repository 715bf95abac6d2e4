package io.entente.cluster;

import akka.actor.typed.ActorSystem;
import akka.actor.typed.Extension;
import akka.actor.typed.ExtensionId;
import io.entente.cluster.settings.EntenteSettings;

/** One node of Entente in an actor system. */
final class EntenteExtension implements Extension {

    private final Entente entente;

    private EntenteExtension(Entente entente) {
        this.entente = entente;
    }

    static Entente of(ActorSystem<?> system) {
        return system.registerExtension(Id.INSTANCE).entente;
    }

    private static final class Id extends ExtensionId<EntenteExtension> {

        private static final Id INSTANCE = new Id();

        @Override
        public EntenteExtension createExtension(ActorSystem<?> system) {
            EntenteSettings settings =
                    EntenteSettings.from(system.settings().config()).checked();
            return new EntenteExtension(Entente.on(system, settings));
        }
    }
}
