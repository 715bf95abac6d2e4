package io.entente.samples.embedding;

import akka.actor.typed.ActorRef;
import akka.actor.typed.ActorSystem;
import akka.actor.typed.Behavior;
import akka.actor.typed.Props;
import akka.actor.typed.SpawnProtocol;
import akka.actor.typed.javadsl.AskPattern;
import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import io.entente.cluster.Entente;
import io.entente.cluster.settings.EntenteSettings;
import java.time.Duration;
import java.util.concurrent.CompletionStage;

/**
 * An Akka application that is there already, with an actor system and actors of its own; the node is an extension of that system and ends with it.
 *
 * <p>The application's {@code application.conf} has its own {@code akka { … }} and an {@code entente { … }}. What the actor system is started with is made of both by {@link
 * EntenteSettings#akkaConfig()}; a system that is started otherwise is refused where it doesn't fit. Actors of one system don't know who else lives in it: a member of the
 * application's cluster needs not have a node, and nodes find each other by their own seeds.
 *
 * <p>Thread-safe.
 */
public final class AkkaApplication implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private final ActorSystem<SpawnProtocol.Command> system;
    private final ActorRef<Turnstile.Command> turnstile;

    /**
     * Starts the actor system, and waits for its node to be ready, at most 20 s.
     *
     * @param configured the application's configuration
     */
    public AkkaApplication(Config configured) {
        Config config = EntenteSettings.from(configured).akkaConfig().withFallback(configured);
        system = ActorSystem.create(SpawnProtocol.create(), "museum", config);
        try {
            Entente entente = Entente.get(system);
            entente.awaitReady(PATIENCE);
            turnstile = spawn(Turnstile.over(entente.counter("visitors")), "turnstile");
        } catch (RuntimeException e) {
            system.terminate();
            throw e;
        }
    }

    private <T> ActorRef<T> spawn(Behavior<T> behavior, String name) {
        return AskPattern.<SpawnProtocol.Command, ActorRef<T>>ask(
                        system,
                        replyTo -> new SpawnProtocol.Spawn<>(behavior, name, Props.empty(), replyTo),
                        PATIENCE,
                        system.scheduler())
                .toCompletableFuture()
                .join();
    }

    /** Somebody enters by a door; how many have entered there so far. */
    public CompletionStage<Long> enter(String door) {
        return AskPattern.<Turnstile.Command, Turnstile.Answer>ask(
                        turnstile, replyTo -> new Turnstile.Enter(door, replyTo), PATIENCE, system.scheduler())
                .thenApply(AkkaApplication::counted);
    }

    private static long counted(Turnstile.Answer answer) {
        if (answer instanceof Turnstile.Counted counted) {
            return counted.visitors();
        }
        throw new IllegalStateException(((Turnstile.NotCounted) answer).why());
    }

    /** The application's actor system. */
    ActorSystem<?> system() {
        return system;
    }

    /** Ends the actor system, and with it the node in good order. */
    @Override
    public void close() {
        system.terminate();
        system.getWhenTerminated().toCompletableFuture().join();
    }

    /** Lets one visitor in by each door that is named. */
    public static void main(String[] doors) {
        try (AkkaApplication application = new AkkaApplication(ConfigFactory.load())) {
            for (String door : doors) {
                System.out.println(door + " "
                        + application.enter(door).toCompletableFuture().join());
            }
        }
    }
}
