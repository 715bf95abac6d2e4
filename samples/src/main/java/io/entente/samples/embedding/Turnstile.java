package io.entente.samples.embedding;

import akka.actor.typed.ActorRef;
import akka.actor.typed.Behavior;
import akka.actor.typed.javadsl.ActorContext;
import akka.actor.typed.javadsl.Behaviors;
import io.entente.cluster.map.EntenteException;
import io.entente.cluster.map.MergeableMap;
import java.util.concurrent.CompletionException;

/**
 * An actor of an application's: counts who enters by which door, at whatever data center. The counts are Entente's, so they outlive the actor, and two turnstiles of one door that
 * can't hear each other lose nobody.
 */
final class Turnstile {

    private final ActorContext<Command> context;
    private final MergeableMap.Counters visitors;

    private Turnstile(ActorContext<Command> context, MergeableMap.Counters visitors) {
        this.context = context;
        this.visitors = visitors;
    }

    /** What it is told. */
    sealed interface Command {}

    /**
     * Somebody enters.
     *
     * @param door by which door
     * @param replyTo is told how many entered there so far
     */
    record Enter(String door, ActorRef<Answer> replyTo) implements Command {}

    private record Done(ActorRef<Answer> replyTo, Answer answer) implements Command {}

    /** What it answers. */
    sealed interface Answer {}

    /**
     * So many have entered there.
     *
     * @param visitors how many
     */
    record Counted(long visitors) implements Answer {}

    /**
     * The visitor was not counted, or it isn't known.
     *
     * @param why a sentence
     */
    record NotCounted(String why) implements Answer {}

    /** One over the counters of the node. */
    static Behavior<Command> over(MergeableMap.Counters visitors) {
        return Behaviors.setup(context -> {
            Turnstile turnstile = new Turnstile(context, visitors);
            return Behaviors.receive(Command.class)
                    .onMessage(Enter.class, turnstile::enter)
                    .onMessage(Done.class, turnstile::answer)
                    .build();
        });
    }

    /** Entente's stages complete on its threads: the actor hears of it by a message, as of anything. */
    private Behavior<Command> enter(Enter enter) {
        context.pipeToSelf(
                visitors.increment(enter.door(), 1).thenCompose(written -> visitors.get(enter.door())),
                (found, failure) -> new Done(
                        enter.replyTo(),
                        failure == null
                                ? new Counted(found.asOptional().orElse(0L))
                                : new NotCounted(sentence(failure))));
        return Behaviors.same();
    }

    private Behavior<Command> answer(Done done) {
        done.replyTo().tell(done.answer());
        return Behaviors.same();
    }

    private static String sentence(Throwable failure) {
        Throwable cause =
                failure instanceof CompletionException && failure.getCause() != null ? failure.getCause() : failure;
        return cause instanceof EntenteException ? String.valueOf(cause.getMessage()) : cause.toString();
    }
}
