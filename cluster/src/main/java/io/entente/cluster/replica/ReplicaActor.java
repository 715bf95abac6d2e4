package io.entente.cluster.replica;

import akka.actor.typed.Behavior;
import akka.actor.typed.PostStop;
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
import io.entente.core.message.NodeId;
import io.entente.core.replica.Replica;
import io.entente.core.store.StoreException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * One replica's thin shell. It gathers what arrives into one list of events, lets the replica handle it as one step, has the
 * step's batch committed, and only then performs the step's effects; meanwhile it gathers the next list.
 *
 * <p>After a failed commit the replica in memory has run ahead of its store and is thrown away: requests that were under way are answered as
 * unknown, writes are refused, reads are answered from what is committed. The same goes for a store that can't be read. A full disk is mended by opening
 * the store anew, and a replica recovered from it goes on as another incarnation. After an exception out of the replica itself, which is a broken
 * rule, nothing is answered any more but that. Either is told to the node, and only a new start of it ends what isn't a full disk. The actor is never
 * restarted by itself, and it ends only when told to.
 */
public final class ReplicaActor extends AbstractBehavior<Object> {

    private final Supplier<Replica> recovery;
    private final ReplicaShell shell;
    private final OpenReplies replies = new OpenReplies();
    private final Reassembly reassembly = new Reassembly();
    private final PeerMessageCodec codec = new PeerMessageCodec(new OriginCodec(new OriginPool()));
    private final Inbox inbox = new Inbox();
    private final OpenQuestions questions = new OpenQuestions();
    private final Performer performer;
    private final TimerScheduler<Object> timers;
    private final Situation situation = new Situation();
    private final List<CompletableFuture<Void>> stoppers = new ArrayList<>();
    private final List<CompletableFuture<Void>> fencers = new ArrayList<>();
    private Set<NodeId> peers = Set.of();
    private @Nullable Replica replica;
    private List<Effect> released = List.of();
    private Condition condition = Condition.SOUND;
    private ReplicaFailure fencedBy = ReplicaFailure.storeFailed(false);
    private boolean committing;
    private boolean runQueued;
    private boolean pausing;
    private boolean spareLast;

    private ReplicaActor(
            ActorContext<Object> context,
            TimerScheduler<Object> timers,
            ReplicaShell shell,
            Supplier<Replica> recovery) {
        super(context);
        this.shell = shell;
        this.recovery = recovery;
        this.timers = timers;
        this.performer = new Performer(
                shell, replies, context.getLog(), () -> context.getSelf().tell(Internal.TICK), inbox::addSpareTime);
        try {
            this.replica = recovery.get();
        } catch (RuntimeException e) {
            halt(e);
        }
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
                .onMessage(ReplicaCommand.Peers.class, this::onPeers)
                .onMessage(ReplicaCommand.Relink.class, message -> on(new Event.TopologyChanged(message.plan())))
                .onMessage(ReplicaCommand.Clock.class, message -> on(new Event.ClockJudged(message.trusted())))
                .onMessage(ReplicaCommand.Space.class, message -> on(new Event.SpaceChanged(message.scarce())))
                .onMessage(ReplicaCommand.Fence.class, this::onFence)
                .onMessage(ReplicaCommand.GoOn.class, this::onGoOn)
                .onMessage(ReplicaCommand.Ask.class, this::onAsk)
                .onMessage(ReplicaCommand.Stop.class, this::onStop)
                .onSignal(PostStop.class, signal -> onPostStop())
                .build();
    }

    /** Only peers are listened to, and only those of this cluster: their addresses may be somebody else's by now. */
    private Behavior<Object> onEnvelope(PeerEnvelope envelope) {
        NodeId from = envelope.from();
        boolean welcome = envelope.cluster() == shell.self().cluster() && peers.contains(from);
        if (welcome
                && !shell.faults().isCut(from.dataCenter(), shell.self().node().dataCenter())) {
            reassembly.add(envelope).ifPresent(message -> onPeerBytes(from, message));
        }
        return this;
    }

    private void onPeerBytes(NodeId from, Bytes message) {
        try {
            Event.MessageReceived event = new Event.MessageReceived(from, codec.decode(message));
            if (condition == Condition.SOUND && inbox.addMessage(event, message.length())) {
                runSoon();
            }
        } catch (MalformedBytesException | UnsupportedFormatException e) {
            getContext().getLog().warn("dropped a message from {} that can't be read: {}", from, e.getMessage());
        }
    }

    private Behavior<Object> onPeers(ReplicaCommand.Peers message) {
        Set<NodeId> others = new TreeSet<>(message.copies().nodes());
        others.remove(shell.self().node());
        peers = others;
        reassembly.retain(peers);
        return on(new Event.PeersChanged(message.copies()));
    }

    private Behavior<Object> on(Event event) {
        situation.note(event);
        hear(event);
        return this;
    }

    private void hear(Event event) {
        if (condition == Condition.SOUND) {
            inbox.add(event);
            runSoon();
        }
    }

    private Behavior<Object> onFence(ReplicaCommand.Fence fence) {
        fencers.add(fence.fenced());
        if (!committing) {
            fenceAsAsked();
        }
        return this;
    }

    private void fenceAsAsked() {
        if (condition == Condition.SOUND) {
            fence(ReplicaFailure.diskFull(true));
        }
        fencers.forEach(asked -> asked.complete(null));
        fencers.clear();
    }

    /** There is room on the disk again, which mends nothing but that. */
    private Behavior<Object> onGoOn(ReplicaCommand.GoOn message) {
        if (condition == Condition.READ_ONLY && fencedBy.kind() == ReplicaFailure.Kind.DISK_FULL) {
            recoverForReading();
            if (replica != null) {
                condition = Condition.SOUND;
                situation.events().forEach(this::hear);
            }
        }
        return this;
    }

    private Behavior<Object> onRequest(ReplicaCommand.Request request) {
        if (!stoppers.isEmpty()) {
            request.reply().completeExceptionally(ReplicaFailure.stopping(false));
            return this;
        }
        switch (condition) {
            case SOUND -> {
                inbox.add(request.event().apply(replies.open(request.reply())));
                runSoon();
            }
            case READ_ONLY -> answerRead(request);
            case HALTED -> request.reply().completeExceptionally(ReplicaFailure.halted(false));
        }
        return this;
    }

    /** Answers a read from what is committed; what the recovered replica would like to write is not wanted. */
    private void answerRead(ReplicaCommand.Request request) {
        Event event = request.event().apply(replies.open(request.reply()));
        Replica committed = replica;
        try {
            if (committed != null
                    && event instanceof Event.ReadRequested read
                    && !read.concern().asksCopies()
                    && committed.applied().dominates(read.atLeast())) {
                Step step = committed.step(shell.clock().get(), List.of(read));
                performer.perform(step.then().stream()
                        .filter(Effect.Answer.class::isInstance)
                        .toList());
                if (committed.mergesSnapshot()) {
                    // It has merged what it read, and that will never be committed.
                    recoverForReading();
                }
            }
        } catch (RuntimeException e) {
            getContext().getLog().warn("a read from the failed store failed too", e);
        }
        replies.failAll(fencedBy);
    }

    private Behavior<Object> onInternal(Internal message) {
        if (message == Internal.RUN) {
            runQueued = false;
            run();
        } else if (message == Internal.PAUSED) {
            pausing = false;
            runSoon();
        } else if (condition == Condition.SOUND) {
            inbox.addTick();
            runSoon();
        }
        return this;
    }

    /** What a replica says of itself rests on its last step, so it too waits until that is committed. */
    private Behavior<Object> onAsk(ReplicaCommand.Ask ask) {
        questions.add(ask.status());
        if (!committing) {
            answerAsked();
        }
        return this;
    }

    private void answerAsked() {
        questions.answer(() -> {
            if (replica == null) {
                throw ReplicaFailure.halted(false);
            }
            return replica.status(shell.clock().get());
        });
    }

    private Behavior<Object> onStop(ReplicaCommand.Stop stop) {
        stoppers.add(stop.stopped());
        return committing ? this : Behaviors.stopped();
    }

    private void runSoon() {
        if (!committing && !runQueued) {
            runQueued = true;
            // Behind what is in the mailbox already, so that all of it becomes one step.
            getContext().getSelf().tell(Internal.RUN);
        }
    }

    /** Makes steps until one needs a commit or nothing waits. */
    private void run() {
        try {
            Replica current = replica;
            while (!committing && condition == Condition.SOUND && current != null) {
                if (!pausing && inbox.hasForSpareTime() && (!spareLast || inbox.isEmpty())) {
                    stepInSpareTime(current);
                    // Where no pause follows, what has come meanwhile to the mailbox is to be heard before the next
                    // one.
                    runSoon();
                    break;
                } else if (!inbox.isEmpty()) {
                    spareLast = false;
                    step(current, inbox.take());
                } else {
                    break;
                }
            }
        } catch (StoreException unreadable) {
            shell.storeFailed(unreadable);
            fence(ReplicaFailure.of(unreadable, true));
        } catch (RuntimeException e) {
            halt(e);
        }
    }

    private void step(Replica current, List<Event> events) {
        Step step = current.step(shell.clock().get(), events);
        if (step.durable().isEmpty()) {
            performer.perform(step.then());
        } else {
            commit(step);
        }
    }

    /**
     * A step of its own, before those that wait since they may never be few, and then a pause, in which they have their turn. Where the share is that of
     * several processors there may be no pause: they have it all the same, for two such steps never follow each other while anything else waits.
     */
    private void stepInSpareTime(Replica current) {
        spareLast = true;
        long begin = shell.clock().get().monotonicNanos();
        step(current, List.of(inbox.takeForSpareTime()));
        long took = shell.clock().get().monotonicNanos() - begin;
        long pause = shell.spareTime().pauseAfter(took);
        if (pause > 0) {
            pausing = true;
            timers.startSingleTimer(Internal.PAUSED, Duration.ofNanos(pause));
        }
    }

    private void commit(Step step) {
        committing = true;
        released = step.then();
        getContext().pipeToSelf(shell.commits().commit(step.durable()), (done, failure) -> new Committed(failure));
    }

    private Behavior<Object> onCommitted(Committed committed) {
        committing = false;
        List<Effect> effects = released;
        released = List.of();
        Throwable failure = committed.failure();
        if (failure == null) {
            performOrHalt(effects);
        } else if (!stoppers.isEmpty()) {
            replies.failAll(ReplicaFailure.stopping(true));
        } else {
            shell.storeFailed(failure);
            fence(ReplicaFailure.of(failure, true));
        }
        answerAsked();
        if (!stoppers.isEmpty()) {
            return Behaviors.stopped();
        }
        if (!fencers.isEmpty()) {
            fenceAsAsked();
        }
        run();
        return this;
    }

    /** The replica has run ahead of its store: nothing it says counts any more, and it says nothing. */
    private void fence(ReplicaFailure failure) {
        condition = Condition.READ_ONLY;
        fencedBy = failure.ofNothingApplied();
        inbox.clear();
        replies.failAll(failure);
        recoverForReading();
    }

    /** The replica broke a rule of its own: whatever it would say or write next may be wrong. */
    private void halt(Throwable broken) {
        condition = Condition.HALTED;
        inbox.clear();
        replies.failAll(ReplicaFailure.halted(true));
        shell.halted(broken);
        recoverForReading();
    }

    private void recoverForReading() {
        replica = null;
        try {
            replica = recovery.get();
        } catch (RuntimeException e) {
            getContext().getLog().warn("the replica can't be read from its store either: {}", e.getMessage());
        }
    }

    private void performOrHalt(List<Effect> effects) {
        try {
            performer.perform(effects);
        } catch (RuntimeException e) {
            halt(e);
        }
    }

    private Behavior<Object> onPostStop() {
        ReplicaFailure stopping = ReplicaFailure.stopping(true);
        replies.failAll(stopping);
        questions.answer(() -> {
            throw stopping;
        });
        fencers.forEach(asked -> asked.complete(null));
        stoppers.forEach(stopper -> stopper.complete(null));
        return this;
    }

    /** How far the replica is to be trusted. */
    private enum Condition {
        /** All is well. */
        SOUND,
        /** The store failed, or is about to be opened anew: it answers reads of what is committed. */
        READ_ONLY,
        /** It broke a rule: it answers nothing. */
        HALTED
    }

    private enum Internal {
        TICK,
        RUN,
        PAUSED
    }

    private record Committed(@Nullable Throwable failure) {}
}
