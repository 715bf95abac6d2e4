package io.entente.cluster.forwarding;

import akka.actor.typed.ActorRef;
import akka.actor.typed.Behavior;
import akka.actor.typed.javadsl.AbstractBehavior;
import akka.actor.typed.javadsl.ActorContext;
import akka.actor.typed.javadsl.Behaviors;
import akka.actor.typed.javadsl.Receive;
import io.entente.cluster.replica.Pieces;
import io.entente.cluster.replica.Reassembly;
import io.entente.cluster.replica.Sender;
import io.entente.cluster.routing.Outcome;
import io.entente.cluster.routing.RequestFailedException;
import io.entente.cluster.routing.RequestFailedException.Cause;
import io.entente.cluster.serialization.PeerEnvelope;
import io.entente.core.bytes.Bytes;
import io.entente.core.bytes.MalformedBytesException;
import io.entente.core.codec.UnsupportedFormatException;
import io.entente.core.message.NodeId;
import java.util.Optional;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A node's way in and out for forwarded requests, under a well-known path. It sends all that goes to other nodes, so that the pieces of
 * large messages stay in order, and answers what they send from the node's own replicas.
 *
 * <p>Listened to are only nodes that are known to belong to this cluster. Bounded by the local router.
 */
public final class ForwardActor extends AbstractBehavior<Object> {

    private final ForwardSetup setup;
    private final OpenForwards open;
    private final ActorRef<Object> self;
    private final ForwardCodec codec = new ForwardCodec();
    private final Reassembly reassembly = new Reassembly();

    /** Begins anywhere, so that a piece of this process is never taken for one of the process before it. */
    private long messages = ThreadLocalRandom.current().nextLong();

    private ForwardActor(ActorContext<Object> context, ForwardSetup setup, OpenForwards open) {
        super(context);
        this.setup = setup;
        this.open = open;
        this.self = context.getSelf();
    }

    /**
     * The actor's behavior.
     *
     * @param setup what it works with
     * @param open the requests it gives answers to
     */
    static Behavior<Object> behavior(ForwardSetup setup, OpenForwards open) {
        return Behaviors.setup(context -> new ForwardActor(context, setup, open));
    }

    @Override
    public Receive<Object> createReceive() {
        return newReceiveBuilder()
                .onMessage(Send.class, this::onSend)
                .onMessage(PeerEnvelope.class, this::onEnvelope)
                .onMessage(Stop.class, stop -> Behaviors.stopped())
                .build();
    }

    private Behavior<Object> onSend(Send send) {
        Optional<ActorRef<PeerEnvelope>> to = setup.addresses().forwarding(send.to);
        Optional<Long> cluster = fingerprint();
        if (to.isEmpty() || cluster.isEmpty()) {
            open.notSent(
                    send.id,
                    failure(Cause.UNREACHABLE, "it is not known where node " + send.to + " is: try again in a moment"));
        } else {
            Pieces.of(cluster.get(), setup.self(), ++messages, send.message)
                    .forEach(piece -> to.get().tell(piece));
        }
        return this;
    }

    private Behavior<Object> onEnvelope(PeerEnvelope envelope) {
        NodeId from = envelope.from();
        boolean welcome = Optional.of(envelope.cluster()).equals(fingerprint())
                && setup.addresses().knows(from);
        if (welcome) {
            reassembly.add(envelope).ifPresent(message -> onMessage(from, message));
        }
        return this;
    }

    private void onMessage(NodeId from, Bytes message) {
        try {
            codec.decode(message).dispatch(new From(from));
        } catch (MalformedBytesException | UnsupportedFormatException e) {
            getContext().getLog().warn("dropped a request of {} that can't be read: {}", from, e.getMessage());
        }
    }

    private Optional<Long> fingerprint() {
        return setup.cluster().get().map(id -> Sender.of(setup.self(), 0, id).cluster());
    }

    private static RequestFailedException failure(Cause kind, String why) {
        return new RequestFailedException(Outcome.NOT_APPLIED, kind, why);
    }

    /** Handles what a node says. */
    private final class From implements ForwardMessage.Handler {

        private final NodeId node;

        private From(NodeId node) {
            this.node = node;
        }

        @Override
        public void onWrite(ForwardMessage.Write message) {
            answer(
                    message.id(),
                    setup.local().write(message.request()),
                    reply -> new ForwardMessage.Replied(message.id(), reply));
        }

        @Override
        public void onRead(ForwardMessage.Read message) {
            answer(
                    message.id(),
                    setup.local().read(message.request()),
                    reply -> new ForwardMessage.Replied(message.id(), reply));
        }

        @Override
        public void onReadParts(ForwardMessage.ReadParts message) {
            answer(
                    message.id(),
                    setup.local().parts(message.request()),
                    reply -> new ForwardMessage.Replied(message.id(), reply));
        }

        @Override
        public void onList(ForwardMessage.List message) {
            answer(
                    message.id(),
                    setup.local().list(message.request(), message.of()),
                    page -> new ForwardMessage.Listed(message.id(), page));
        }

        @Override
        public void onLook(ForwardMessage.Look message) {
            answer(message.id(), setup.enquiries().view(), json -> new ForwardMessage.Seen(message.id(), json));
        }

        @Override
        public void onSetLink(ForwardMessage.SetLink message) {
            try {
                setup.enquiries().link(message.from(), message.to(), message.cut());
                send(new ForwardMessage.Done(message.id()));
            } catch (IllegalStateException | IllegalArgumentException refused) {
                send(failed(message.id(), failure(Cause.NOT_RUNNING, String.valueOf(refused.getMessage()))));
            }
        }

        @Override
        public void onBegin(ForwardMessage.Begin message) {
            answer(
                    message.id(),
                    setup.enquiries().begin(message.of(), message.mode(), message.timeout()),
                    done -> new ForwardMessage.Done(message.id()));
        }

        @Override
        public void onVote(ForwardMessage.Vote message) {
            answer(
                    message.id(),
                    setup.enquiries().vote(message.of(), message.voters(), message.timeout()),
                    done -> new ForwardMessage.Done(message.id()));
        }

        @Override
        public void onReplied(ForwardMessage.Replied message) {
            open.answer(node, message);
        }

        @Override
        public void onListed(ForwardMessage.Listed message) {
            open.answer(node, message);
        }

        @Override
        public void onSeen(ForwardMessage.Seen message) {
            open.answer(node, message);
        }

        @Override
        public void onDone(ForwardMessage.Done message) {
            open.answer(node, message);
        }

        @Override
        public void onFailed(ForwardMessage.Failed message) {
            open.answer(node, message);
        }

        /** Answers on the thread that has the reply. */
        private <T> void answer(long id, CompletionStage<T> asked, Function<T, ForwardMessage> form) {
            var unused = asked.whenComplete(
                    (reply, failure) -> send(failure == null ? form.apply(reply) : failed(id, failure)));
        }

        private void send(ForwardMessage answer) {
            Bytes encoded = ForwardCodec.encode(answer);
            boolean fits = encoded.length() <= Pieces.MOST_BYTES;
            self.tell(new Send(node, answer.id(), fits ? encoded : tooLarge(answer.id(), encoded.length())));
        }

        private Bytes tooLarge(long id, int bytes) {
            return ForwardCodec.encode(failed(
                    id,
                    failure(
                            Cause.UNREACHABLE,
                            "the answer has " + bytes + " bytes, and " + Pieces.MOST_BYTES
                                    + " travel between nodes: ask node " + setup.self() + " itself")));
        }

        private ForwardMessage failed(long id, @Nullable Throwable failure) {
            Throwable cause =
                    failure instanceof CompletionException && failure.getCause() != null ? failure.getCause() : failure;
            return cause instanceof RequestFailedException known
                    ? new ForwardMessage.Failed(id, known.outcome(), known.kind(), String.valueOf(known.getMessage()))
                    : new ForwardMessage.Failed(
                            id,
                            Outcome.UNKNOWN,
                            Cause.UNREACHABLE,
                            "node " + setup.self() + " failed in an unforeseen way (" + cause + "): look into its log");
        }
    }

    /** Ends the actor. */
    record Stop() {}

    /**
     * Send a message.
     *
     * @param to the addressee
     * @param id the request it belongs to
     * @param message its bytes
     */
    record Send(NodeId to, long id, Bytes message) {}
}
