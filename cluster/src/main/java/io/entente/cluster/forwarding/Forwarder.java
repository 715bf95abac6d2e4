package io.entente.cluster.forwarding;

import akka.Done;
import akka.actor.typed.ActorRef;
import akka.actor.typed.Behavior;
import io.entente.cluster.replica.Partitions;
import io.entente.cluster.routing.Forwarding;
import io.entente.cluster.routing.Outcome;
import io.entente.cluster.routing.RequestFailedException;
import io.entente.cluster.routing.Router;
import io.entente.core.bytes.Bytes;
import io.entente.core.effect.Reply;
import io.entente.core.message.NodeId;
import io.entente.core.message.ReplicationMode;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Sends requests to other nodes through this node's {@link ForwardActor}, and gives them back with their answers. Thread-safe. */
public final class Forwarder implements Forwarding {

    /** Beyond a request's own time, for its way there and back: the other node ends it before. */
    private static final Duration TRAVEL = Duration.ofSeconds(1);

    /** How long a page may take. */
    private static final Duration LISTING = Duration.ofSeconds(10);

    /** How long an operator's question may take. */
    private static final Duration ENQUIRY = Duration.ofSeconds(3);

    private final ActorRef<Object> actor;
    private final OpenForwards open;

    private Forwarder(ActorRef<Object> actor, OpenForwards open) {
        this.actor = actor;
        this.open = open;
    }

    /**
     * Starts this node's actor for forwards.
     *
     * @param setup what the actor works with
     * @param spawn starts an actor under the well-known name
     */
    public static Forwarder start(ForwardSetup setup, Function<Behavior<Object>, ActorRef<Object>> spawn) {
        OpenForwards open = new OpenForwards();
        return new Forwarder(spawn.apply(ForwardActor.behavior(setup, open)), open);
    }

    /** Ends the actor: nothing is sent or answered any more. */
    public void stop() {
        actor.tell(new ForwardActor.Stop());
    }

    @Override
    public CompletionStage<Reply> write(NodeId to, Router.Write request) {
        ForwardMessage message = new ForwardMessage.Write(open.nextId(), request);
        return ask(to, message, request.timeout(), Outcome.UNKNOWN).thenApply(Forwarder::reply);
    }

    @Override
    public CompletionStage<Reply> read(NodeId to, Router.Read request) {
        ForwardMessage message = new ForwardMessage.Read(open.nextId(), request);
        return ask(to, message, request.terms().timeout(), Outcome.NOT_APPLIED).thenApply(Forwarder::reply);
    }

    @Override
    public CompletionStage<Reply> parts(NodeId to, Router.PartsRead request) {
        ForwardMessage message = new ForwardMessage.ReadParts(open.nextId(), request);
        return ask(to, message, request.terms().timeout(), Outcome.NOT_APPLIED).thenApply(Forwarder::reply);
    }

    @Override
    public CompletionStage<Router.Listing> list(NodeId to, Router.ListRequest request, Partitions of) {
        ForwardMessage message = new ForwardMessage.List(open.nextId(), request, of);
        return ask(to, message, LISTING, Outcome.NOT_APPLIED).thenApply(Forwarder::page);
    }

    /** The cluster as another node, of whichever data center, sees it: JSON in UTF-8. Fails with {@link RequestFailedException}. */
    public CompletionStage<Bytes> view(NodeId of) {
        return ask(of, new ForwardMessage.Look(open.nextId()), ENQUIRY, Outcome.NOT_APPLIED)
                .thenApply(answer -> {
                    if (answer instanceof ForwardMessage.Seen seen) {
                        return seen.json();
                    }
                    throw refusal(answer);
                });
    }

    /** Has another node cut or mend its use of a link. Fails with {@link RequestFailedException}. */
    public CompletionStage<Done> link(NodeId at, String from, String to, boolean cut) {
        ForwardMessage message = new ForwardMessage.SetLink(open.nextId(), from, to, cut);
        return ask(at, message, ENQUIRY, Outcome.UNKNOWN).thenApply(Forwarder::done);
    }

    /**
     * Has replicas of another node begin an epoch.
     *
     * @param of of which partitions
     * @param mode the new mode; empty for the present one, led by that node
     * @param timeout how long the others may take to agree
     * @return completes when all have begun; fails with {@link RequestFailedException}
     */
    public CompletionStage<Done> begin(NodeId at, Partitions of, Optional<ReplicationMode> mode, Duration timeout) {
        ForwardMessage message = new ForwardMessage.Begin(open.nextId(), of, mode, timeout);
        return ask(at, message, timeout, Outcome.UNKNOWN).thenApply(Forwarder::done);
    }

    /**
     * Has replicas of another node change who votes.
     *
     * @param of of which partitions
     * @param voters the names of all who are to vote
     * @param timeout how long it may take
     * @return completes when these vote; fails with {@link RequestFailedException}
     */
    public CompletionStage<Done> vote(NodeId at, Partitions of, Set<String> voters, Duration timeout) {
        ForwardMessage message = new ForwardMessage.Vote(open.nextId(), of, new TreeSet<>(voters), timeout);
        return ask(at, message, timeout, Outcome.UNKNOWN).thenApply(Forwarder::done);
    }

    private static Done done(ForwardMessage answer) {
        if (answer instanceof ForwardMessage.Done) {
            return Done.getInstance();
        }
        throw refusal(answer);
    }

    private CompletionStage<ForwardMessage> ask(
            NodeId to, ForwardMessage message, Duration timeout, Outcome withoutAnswer) {
        var answer = open.open(message.id(), to, timeout.plus(TRAVEL));
        actor.tell(new ForwardActor.Send(to, message.id(), ForwardCodec.encode(message)));
        return answer.handle((said, failure) -> {
            if (said != null) {
                return said;
            }
            throw failure(to, failure, withoutAnswer);
        });
    }

    private static RuntimeException failure(NodeId to, @Nullable Throwable failure, Outcome withoutAnswer) {
        Throwable cause =
                failure instanceof CompletionException && failure.getCause() != null ? failure.getCause() : failure;
        if (cause instanceof RequestFailedException notSent) {
            return notSent;
        }
        if (cause instanceof TimeoutException) {
            return new RequestFailedException(
                    withoutAnswer,
                    RequestFailedException.Cause.UNREACHABLE,
                    "node " + to + ", to which the request was forwarded, gave no answer in time: "
                            + (withoutAnswer == Outcome.UNKNOWN ? "read before writing again" : "try again"));
        }
        return new IllegalStateException("a forwarded request failed in an unforeseen way", cause);
    }

    private static Reply reply(ForwardMessage answer) {
        if (answer instanceof ForwardMessage.Replied replied) {
            return replied.reply();
        }
        throw refusal(answer);
    }

    private static Router.Listing page(ForwardMessage answer) {
        if (answer instanceof ForwardMessage.Listed listed) {
            return listed.page();
        }
        throw refusal(answer);
    }

    private static RuntimeException refusal(ForwardMessage answer) {
        if (answer instanceof ForwardMessage.Failed failed) {
            return new RequestFailedException(failed.outcome(), failed.kind(), failed.why());
        }
        return new IllegalStateException("another node gave an answer to another question: " + answer.getClass());
    }
}
