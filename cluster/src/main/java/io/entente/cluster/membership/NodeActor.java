package io.entente.cluster.membership;

import akka.actor.typed.ActorRef;
import akka.actor.typed.Behavior;
import akka.actor.typed.javadsl.AbstractBehavior;
import akka.actor.typed.javadsl.ActorContext;
import akka.actor.typed.javadsl.Behaviors;
import akka.actor.typed.javadsl.Receive;
import akka.actor.typed.javadsl.TimerScheduler;
import akka.cluster.ClusterEvent;
import akka.cluster.MemberStatus;
import akka.cluster.typed.Cluster;
import akka.cluster.typed.Subscribe;
import akka.japi.function.Function;
import io.entente.cluster.health.HealthReason;
import io.entente.cluster.tls.PeerCertificates;
import java.time.Duration;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;

/**
 * A node's membership: joins the cluster or founds it ({@link Joining}), greets every node it knows of and hears their greetings
 * ({@link Meeting}), and starts the replicas once it knows which cluster they belong to ({@link HostedReplicas}).
 *
 * <p>Nothing that is said to it ends it. What it can't do (the disk is full when the cluster's name is to be written) makes the node say
 * that it needs a new start, and its replicas go on.
 */
public final class NodeActor extends AbstractBehavior<Object> {

    private static final Duration GREETING = Duration.ofMillis(500);
    private static final Duration REVIEW = Duration.ofMillis(200);

    private final NodeState state;
    private final Formation formation;
    private final Greeting greeting;
    private final TopologySpreading topology;
    private final ClockExchange clocks;
    private final ResolverSpreading resolvers;
    private final HostedReplicas replicas;
    private final Meeting meeting;
    private final Joining joining;
    private final PeerCertificates certificates;

    private NodeActor(ActorContext<Object> context, TimerScheduler<Object> timers, NodeSetup setup) {
        super(context);
        this.state = setup.state();
        Cluster cluster = Cluster.get(context.getSystem());
        this.certificates = PeerCertificates.of(context.getSystem());
        this.greeting = new Greeting(setup);
        this.topology = new TopologySpreading(setup, context.getLog());
        this.resolvers = new ResolverSpreading(setup);
        this.formation =
                new Formation(setup.self(), setup.address(), setup.seeds(), setup.formation(), System.nanoTime());
        this.replicas = new HostedReplicas(context, setup);
        this.clocks = new ClockExchange(setup, context.getLog(), replicas::trustClock);
        this.meeting = new Meeting(context, setup, formation, replicas);
        this.joining = new Joining(context, setup, cluster, formation, replicas);
        timers.startTimerWithFixedDelay(Internal.GREET, Duration.ZERO, GREETING);
        timers.startTimerWithFixedDelay(Internal.REVIEW, REVIEW);
        ActorRef<ClusterEvent.ClusterDomainEvent> events =
                context.messageAdapter(ClusterEvent.ClusterDomainEvent.class, ClusterChanged::new);
        cluster.subscriptions().tell(Subscribe.create(events, ClusterEvent.ClusterDomainEvent.class));
        setup.directory().cluster().ifPresent(replicas::begin);
    }

    /** The actor's behavior. */
    public static Behavior<Object> behavior(NodeSetup setup) {
        return Behaviors.setup(context -> Behaviors.withTimers(timers -> {
            context.setLoggerName(NodeActor.class);
            try {
                return new NodeActor(context, timers, setup);
            } catch (RuntimeException e) {
                if (!setup.state().isStopping()) {
                    context.getLog().error("the node can't begin", e);
                }
                setup.state()
                        .failed(
                                HealthReason.NODE_FAILED,
                                "the node can't begin (" + e.getMessage() + "): look into its log");
                return Behaviors.receive(Object.class)
                        .onMessage(Stop.class, NodeActor::stopped)
                        .onAnyMessage(ignored -> Behaviors.same())
                        .build();
            }
        }));
    }

    @Override
    public Receive<Object> createReceive() {
        return newReceiveBuilder()
                .onMessage(Hello.class, guarded(this::onHello))
                .onMessage(TopologyNews.class, guarded(topology::hear))
                .onMessage(ClockQuestion.class, guarded(clocks::onQuestion))
                .onMessage(ClockAnswer.class, guarded(clocks::onAnswer))
                .onMessage(ResolverNews.class, guarded(resolvers::hear))
                .onMessage(ClusterChanged.class, guarded(message -> onClusterEvent(message.event())))
                .onMessage(Internal.class, guarded(this::onInternal))
                .onMessage(HostedReplicas.Reviewed.class, guarded(replicas::onReviewed))
                .onMessage(Meeting.Saved.class, guarded(meeting::onSaved))
                .onMessage(Joining.Probed.class, guarded(joining::onProbed))
                .onMessage(Stop.class, NodeActor::stopped)
                .build();
    }

    private static Behavior<Object> stopped(Stop stop) {
        return Behaviors.stopped(() -> stop.stopped().complete(null));
    }

    private <M> Function<M, Behavior<Object>> guarded(Consumer<M> handler) {
        return message -> {
            try {
                handler.accept(message);
            } catch (RuntimeException e) {
                getContext().getLog().error("the node's membership has failed", e);
                state.failed(
                        HealthReason.NODE_FAILED,
                        "the node's membership has failed (" + e.getMessage()
                                + "): mend the cause and start the node again");
            }
            return this;
        };
    }

    private void onInternal(Internal message) {
        switch (message) {
            case GREET -> greet();
            case REVIEW -> replicas.review();
        }
    }

    private void greet() {
        if (state.isStopping()) {
            return;
        }
        joining.observeOwnStatus();
        Set<String> addressees = new TreeSet<>(formation.others());
        addressees.addAll(joining.memberAddresses());
        greeting.greet(addressees, meeting.known().addresses(), formation.mayFound());
        topology.tell(addressees);
        clocks.ask();
        resolvers.tell(addressees);
        joining.proceed();
    }

    private void onHello(Hello hello) {
        if (state.isStopping()) {
            return;
        }
        switch (certificates.proofOf(hello.node(), hello.address())) {
            case NOT_ASKED_FOR, GIVEN -> meeting.hear(hello, joining);
            // To say something this node connects, and then sees whose certificate it is shown.
            case NOT_YET ->
                greeting.greet(Set.of(hello.address()), meeting.known().addresses(), formation.mayFound());
            case ANOTHERS -> meeting.disbelieve(hello, certificates.shownAt(hello.address()));
        }
    }

    private void onClusterEvent(ClusterEvent.ClusterDomainEvent event) {
        joining.observeOwnStatus();
        if (event instanceof ClusterEvent.MemberRemoved removed && removed.previousStatus() == MemberStatus.exiting()) {
            meeting.forget(removed.member().address());
        } else if (event instanceof ClusterEvent.ReachabilityEvent reachability) {
            state.reachable(reachability.member().address().toString(), event instanceof ClusterEvent.ReachableMember);
        }
    }

    /**
     * Ends this actor and its replicas' actors, which have finished their work before.
     *
     * @param stopped completed when none of them will touch the directory any more
     */
    public record Stop(CompletableFuture<Void> stopped) {}

    private enum Internal {
        GREET,
        REVIEW
    }

    private record ClusterChanged(ClusterEvent.ClusterDomainEvent event) {}
}
