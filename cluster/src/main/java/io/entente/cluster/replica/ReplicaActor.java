package io.entente.cluster.replica;

import akka.actor.typed.Behavior;
import akka.actor.typed.javadsl.AbstractBehavior;
import akka.actor.typed.javadsl.ActorContext;
import akka.actor.typed.javadsl.Behaviors;
import akka.actor.typed.javadsl.Receive;
import akka.actor.typed.javadsl.TimerScheduler;
import io.entente.cluster.serialization.PeerEnvelope;
import io.entente.core.bytes.Bytes;
import io.entente.core.bytes.MalformedBytesException;
import io.entente.core.codec.OriginCodec;
import io.entente.core.codec.OriginPool;
import io.entente.core.codec.PeerMessageCodec;
import io.entente.core.codec.UnsupportedFormatException;
import io.entente.core.effect.Effect;
import io.entente.core.effect.Step;
import io.entente.core.event.Event;
import io.entente.core.event.Now;
import io.entente.core.event.RequestId;
import io.entente.core.message.NodeId;
import io.entente.core.replica.Replica;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;

/**
 * One replica's thin shell. It gathers what arrives into one list of events, lets the replica handle it as one step, has the
 * step's batch committed, and only then performs the step's effects; meanwhile it gathers the next list.
 */
public final class ReplicaActor extends AbstractBehavior<Object> {

    /** How many events one step handles at most, so that nobody waits for an endless one. */
    private static final int EVENTS_PER_STEP = 1_024;

    private final Supplier<Replica> recovery;
    private final ReplicaShell shell;
    private final Supplier<Now> clock;
    private final OpenReplies replies = new OpenReplies();
    private final Reassembly reassembly = new Reassembly();
    private final PeerMessageCodec codec = new PeerMessageCodec(new OriginCodec(new OriginPool()));
    private final List<Event> waiting = new ArrayList<>();
    private final List<CompletableFuture<Void>> stoppers = new ArrayList<>();
    private final List<ReplicaCommand.Ask> asked = new ArrayList<>();
    private Replica replica;
    private List<Effect> released = List.of();
    private boolean committing;
    private boolean runQueued;
    private boolean fenced;

    private ReplicaActor(
            ActorContext<Object> context,
            TimerScheduler<Object> timers,
            ReplicaShell shell,
            Supplier<Replica> recovery) {
        super(context);
        this.shell = shell;
        this.clock = shell.clock();
        this.recovery = recovery;
        this.replica = recovery.get();
        timers.startTimerWithFixedDelay(Internal.TICK, shell.tick());
    }

    /**
     * The actor's behavior.
     *
     * @param shell what the replica's effects need
     * @param recovery makes the replica from its store
     */
    public static Behavior<Object> behavior(ReplicaShell shell, Supplier<Replica> recovery) {
        return Behaviors.setup(
                context -> Behaviors.withTimers(timers -> new ReplicaActor(context, timers, shell, recovery)));
    }

    @Override
    public Receive<Object> createReceive() {
        return newReceiveBuilder()
                .onMessage(PeerEnvelope.class, this::onEnvelope)
                .onMessage(ReplicaCommand.Request.class, this::onRequest)
                .onMessage(Internal.class, this::onInternal)
                .onMessage(Committed.class, this::onCommitted)
                .onMessage(ReplicaCommand.Peers.class, message -> accept(new Event.PeersChanged(message.peers())))
                .onMessage(ReplicaCommand.Ask.class, this::onAsk)
                .onMessage(ReplicaCommand.Stop.class, this::onStop)
                .build();
    }

    private Behavior<Object> onEnvelope(PeerEnvelope envelope) {
        NodeId from = envelope.from();
        if (shell.faults().isCut(from.dataCenter(), shell.self().dataCenter())) {
            return this;
        }
        return reassembly
                .add(envelope)
                .map(message -> onPeerBytes(from, message))
                .orElse(this);
    }

    private Behavior<Object> onPeerBytes(NodeId from, Bytes message) {
        try {
            return accept(new Event.MessageReceived(from, codec.decode(message)));
        } catch (MalformedBytesException | UnsupportedFormatException e) {
            getContext().getLog().warn("dropped a message from {} that can't be read: {}", from, e.getMessage());
            return this;
        }
    }

    private Behavior<Object> onRequest(ReplicaCommand.Request request) {
        if (fenced || !stoppers.isEmpty()) {
            request.reply().completeExceptionally(fenced ? storeFailed(false) : stopping(false));
            return this;
        }
        RequestId id = replies.open(request.reply());
        return accept(request.event().apply(id));
    }

    private Behavior<Object> onInternal(Internal message) {
        if (message == Internal.TICK) {
            return accept(new Event.Ticked());
        }
        runQueued = false;
        run();
        return this;
    }

    /** A commit's outcome is awaited: until then the replica is ahead of what is durable, and its status would tell (I4). */
    private Behavior<Object> onAsk(ReplicaCommand.Ask ask) {
        if (committing) {
            asked.add(ask);
        } else {
            ask.status().complete(replica.status(clock.get()));
        }
        return this;
    }

    private void answerAsked() {
        for (ReplicaCommand.Ask ask : asked) {
            ask.status().complete(replica.status(clock.get()));
        }
        asked.clear();
    }

    private Behavior<Object> onStop(ReplicaCommand.Stop stop) {
        stoppers.add(stop.stopped());
        return committing ? this : stopped();
    }

    private Behavior<Object> accept(Event event) {
        if (fenced) {
            return this;
        }
        waiting.add(event);
        if (!committing && !runQueued) {
            runQueued = true;
            // Behind what is in the mailbox already, so that all of it becomes one step.
            getContext().getSelf().tell(Internal.RUN);
        }
        return this;
    }

    /** Makes steps until one needs a commit or nothing waits. */
    private void run() {
        while (!committing && !fenced && !waiting.isEmpty()) {
            List<Event> batch = takeSome();
            Step step = replica.step(clock.get(), batch);
            if (step.durable().isEmpty()) {
                perform(step.then());
            } else {
                commit(step);
            }
        }
    }

    private List<Event> takeSome() {
        List<Event> some = waiting.subList(0, Math.min(waiting.size(), EVENTS_PER_STEP));
        List<Event> batch = new ArrayList<>(some);
        some.clear();
        return batch;
    }

    private void commit(Step step) {
        committing = true;
        released = step.then();
        try {
            getContext().pipeToSelf(shell.commits().commit(step.durable()), (done, failure) -> new Committed(failure));
        } catch (IllegalStateException e) {
            getContext().getSelf().tell(new Committed(e));
        }
    }

    private Behavior<Object> onCommitted(Committed committed) {
        committing = false;
        List<Effect> effects = released;
        released = List.of();
        if (committed.failure() != null) {
            fence(committed.failure());
        } else {
            perform(effects);
        }
        answerAsked();
        if (!stoppers.isEmpty()) {
            return stopped();
        }
        run();
        return this;
    }

    /** The replica has run ahead of its store: nothing it says counts any more, and it says nothing. */
    private void fence(Throwable failure) {
        fenced = true;
        waiting.clear();
        replies.failAll(storeFailed(true));
        shell.fenced(failure);
        replica = recovery.get();
    }

    private void perform(List<Effect> effects) {
        for (Effect effect : effects) {
            effect.perform(performer);
        }
    }

    private final Effect.Interpreter performer = new Effect.Interpreter() {
        @Override
        public void send(Effect.Send effect) {
            shell.linkTo(effect.to()).send(PeerMessageCodec.encode(effect.message()));
        }

        @Override
        public void answer(Effect.Answer effect) {
            replies.answer(effect.request(), effect.reply());
        }

        @Override
        public void tell(Effect.Tell effect) {
            switch (effect.severity()) {
                case NOTICE -> getContext().getLog().info(effect.text());
                case WARNING -> getContext().getLog().warn(effect.text());
                case ALARM -> getContext().getLog().error(effect.text());
            }
        }
    };

    private Behavior<Object> stopped() {
        replies.failAll(stopping(true));
        stoppers.forEach(stopper -> stopper.complete(null));
        return Behaviors.stopped();
    }

    private static ReplicaFailure stopping(boolean mayBeApplied) {
        return new ReplicaFailure(mayBeApplied, false, "the node is stopping: ask another one");
    }

    private static ReplicaFailure storeFailed(boolean mayBeApplied) {
        return new ReplicaFailure(
                mayBeApplied, true, "the node's store has failed and it takes no more requests: look into its log");
    }

    private enum Internal {
        TICK,
        RUN
    }

    private record Committed(
            @org.jspecify.annotations.Nullable Throwable failure) {}
}
