package io.entente.cluster.membership;

import akka.actor.Address;
import akka.actor.AddressFromURIString;
import akka.actor.typed.ActorRef;
import akka.actor.typed.ActorRefResolver;
import akka.actor.typed.Behavior;
import akka.actor.typed.javadsl.AbstractBehavior;
import akka.actor.typed.javadsl.ActorContext;
import akka.actor.typed.javadsl.Behaviors;
import akka.actor.typed.javadsl.Receive;
import akka.actor.typed.javadsl.TimerScheduler;
import akka.cluster.ClusterEvent;
import akka.cluster.Member;
import akka.cluster.MemberStatus;
import akka.cluster.typed.Cluster;
import akka.cluster.typed.Join;
import akka.cluster.typed.JoinSeedNodes;
import akka.cluster.typed.Subscribe;
import akka.japi.function.Function;
import io.entente.cluster.replica.AddressBook;
import io.entente.cluster.replica.ReplicaCommand;
import io.entente.core.message.NodeId;
import io.entente.core.store.StoreException;
import io.entente.core.store.WriteBatch;
import io.entente.core.store.directory.DirectoryRefusedException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A node's membership: joins the cluster or founds it, greets every node it knows of, and starts the replicas once it knows which
 * cluster they belong to.
 *
 * <p>Nothing that is said to it ends it. What it can't do (the disk is full when the cluster's name is to be written) makes the node say
 * that it needs a new start, and its replicas go on.
 */
public final class NodeActor extends AbstractBehavior<Object> {

    private static final Duration GREETING = Duration.ofMillis(500);
    private static final Duration REVIEW = Duration.ofMillis(200);

    private final NodeSetup setup;
    private final NodeState state;
    private final Cluster cluster;
    private final Formation formation;
    private final Introductions introductions;
    private final Greeting greeting;
    private final KnownNodes known;
    private List<String> contacts = List.of();
    private boolean startedAlone;
    private boolean founding;
    private boolean saving;
    private boolean reviewing;
    private boolean doubtEnded;

    private NodeActor(ActorContext<Object> context, TimerScheduler<Object> timers, NodeSetup setup) {
        super(context);
        this.setup = setup;
        this.state = setup.state();
        this.cluster = Cluster.get(context.getSystem());
        this.greeting = new Greeting(setup, ActorRefResolver.get(context.getSystem()));
        this.introductions = new Introductions(setup.self(), setup.address(), setup.partitions());
        this.known = KnownNodes.recover(setup.directory().store());
        this.formation =
                new Formation(setup.self(), setup.address(), setup.seeds(), setup.formation(), System.nanoTime());
        if (setup.directory().hasJoined() || setup.directory().cluster().isPresent()) {
            formation.remember(known.addresses(), setup.directory().hasJoined());
        }
        timers.startTimerWithFixedDelay(Internal.GREET, Duration.ZERO, GREETING);
        timers.startTimerWithFixedDelay(Internal.REVIEW, REVIEW);
        ActorRef<ClusterEvent.ClusterDomainEvent> events =
                context.messageAdapter(ClusterEvent.ClusterDomainEvent.class, ClusterChanged::new);
        cluster.subscriptions().tell(Subscribe.create(events, ClusterEvent.ClusterDomainEvent.class));
        setup.directory().cluster().ifPresent(this::begin);
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
                setup.state().failed("the node can't begin (" + e.getMessage() + "): look into its log");
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
                .onMessage(ClusterChanged.class, guarded(message -> onClusterEvent(message.event())))
                .onMessage(Internal.class, guarded(this::onInternal))
                .onMessage(Reviewed.class, guarded(this::onReviewed))
                .onMessage(Saved.class, guarded(this::onSaved))
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
                state.failed("the node's membership has failed (" + e.getMessage()
                        + "): mend the cause and start the node again");
            }
            return this;
        };
    }

    private void onInternal(Internal message) {
        switch (message) {
            case GREET -> greet();
            case REVIEW -> review();
        }
    }

    private void greet() {
        if (state.isStopping()) {
            return;
        }
        observeOwnStatus();
        Set<String> addressees = new TreeSet<>(formation.others());
        for (Member member : cluster.state().getMembers()) {
            addressees.add(member.address().toString());
        }
        greeting.greet(addressees, known.addresses(), formation.mayFound());
        proceed();
    }

    /** Takes the next step towards being a member. */
    private void proceed() {
        if (state.isMember() || startedAlone || state.isStopping()) {
            return;
        }
        Formation.Decision decision = formation.decide(System.nanoTime());
        if (decision instanceof Formation.Decision.StartAlone alone) {
            startedAlone = true;
            founding = alone.founding();
            getContext()
                    .getLog()
                    .info(founding ? "no cluster was heard of: founding one" : "starting the stopped cluster again");
            cluster.manager().tell(Join.create(cluster.selfMember().address()));
        } else if (decision instanceof Formation.Decision.Join join
                && !join.contacts().equals(contacts)) {
            contacts = join.contacts();
            getContext().getLog().info("joining the cluster by {}", contacts);
            cluster.manager()
                    .tell(new JoinSeedNodes(
                            contacts.stream().map(AddressFromURIString::parse).toList()));
        }
    }

    private void onHello(Hello hello) {
        if (state.isStopping()) {
            return;
        }
        Optional<String> objection = introductions.objectionTo(hello, state.cluster());
        if (objection.isPresent()) {
            refuse(hello, objection.get());
            return;
        }
        formation.heard(hello, System.nanoTime());
        if (state.cluster().isEmpty()
                && hello.cluster().isPresent()
                && (formation.concerns(hello) || isMember(hello.address()))) {
            adopt(hello.cluster().get(), hello);
        }
        if (state.cluster().isPresent() && state.cluster().equals(hello.cluster())) {
            welcome(hello);
        }
        proceed();
    }

    private void refuse(Hello hello, String why) {
        boolean nameIsTaken = hello.node().equals(setup.self().node()) && !doubtEnded;
        if (setup.seeds().contains(hello.address()) || nameIsTaken) {
            state.refused(hello.address(), why);
        }
        if (nameIsTaken) {
            state.failed(why);
        }
        if (state.stranger(hello.address(), why)) {
            getContext().getLog().error(why);
        }
    }

    private void adopt(String id, Hello from) {
        try {
            setup.directory().adoptCluster(id);
            getContext().getLog().info("this node belongs to cluster {}, as node {} says", id, from.node());
            formation.remember(known.addresses(), setup.directory().hasJoined());
            begin(id);
        } catch (DirectoryRefusedException | StoreException e) {
            state.stranger(from.address(), String.valueOf(e.getMessage()));
            getContext().getLog().error("can't take up cluster {}: {}", id, e.getMessage());
        }
    }

    private void welcome(Hello hello) {
        Optional<String> doubt = introductions.sighted(hello.sender(), hello.address(), System.nanoTime());
        if (doubt.isPresent()) {
            if (state.stranger(hello.address(), doubt.get())) {
                getContext().getLog().error(doubt.get());
            }
            return;
        }
        state.noStranger(hello.address());
        state.acquainted();
        known.note(hello.sender(), hello.address());
        save();
        formation.remember(known.addresses(), setup.directory().hasJoined());
        if (setup.addresses().note(hello.sender(), hello.address())) {
            getContext().getLog().info("node {} is at {}", hello.sender(), hello.address());
            tellPeers();
        }
    }

    /** One commit at a time; a store that has failed says so by other ways. */
    private void save() {
        if (!saving) {
            WriteBatch batch = known.takeUnsaved();
            if (!batch.isEmpty()) {
                saving = true;
                getContext().pipeToSelf(setup.commits().commit(batch), (done, failure) -> new Saved(failure));
            }
        }
    }

    private void onSaved(Saved saved) {
        saving = false;
        if (saved.failure() == null) {
            save();
        } else {
            getContext().getLog().warn("where the other nodes are could not be saved", saved.failure());
        }
    }

    private void tellPeers() {
        Set<NodeId> peers = setup.addresses().nodes();
        state.replicas().forEach(replica -> replica.tell(new ReplicaCommand.Peers(peers)));
    }

    /**
     * Looks whether this node is a member. Akka's view of it is updated by another subscriber than this one, so that what an event tells of may not be
     * seen yet; therefore it is looked at with every greeting too.
     */
    private void observeOwnStatus() {
        MemberStatus status = cluster.selfMember().status();
        boolean operational = status == MemberStatus.up() || status == MemberStatus.weaklyUp();
        if (operational && !state.isMember()) {
            state.member(true);
            becameMember();
        } else if (!operational && state.isMember()) {
            state.member(false);
        }
    }

    private void onClusterEvent(ClusterEvent.ClusterDomainEvent event) {
        observeOwnStatus();
        if (event instanceof ClusterEvent.MemberRemoved removed && removed.previousStatus() == MemberStatus.exiting()) {
            forget(removed.member().address());
        } else if (event instanceof ClusterEvent.ReachabilityEvent reachability) {
            state.reachable(reachability.member().address().toString(), event instanceof ClusterEvent.ReachableMember);
        }
    }

    private void becameMember() {
        if (isAlone()) {
            state.acquainted();
        }
        if (founding && state.cluster().isEmpty() && !state.isStopping()) {
            found();
        }
        if (state.cluster().isPresent()) {
            setup.directory().markJoined();
        }
    }

    private boolean isMember(String address) {
        for (Member member : cluster.state().getMembers()) {
            if (member.address().toString().equals(address)) {
                return true;
            }
        }
        return false;
    }

    private boolean isAlone() {
        boolean alone = true;
        for (Member member : cluster.state().getMembers()) {
            alone &= member.address().toString().equals(setup.address());
        }
        return alone;
    }

    private void found() {
        String id = setup.founding().foundCluster();
        getContext().getLog().info("this node has founded cluster {}", id);
        begin(id);
    }

    /** A node that left is no peer any more; one that crashed is still expected back. */
    private void forget(Address address) {
        for (NodeId node : setup.addresses().nodes()) {
            if (setup.addresses().addressOf(node).equals(Optional.of(address.toString()))) {
                setup.addresses().forget(node);
                tellPeers();
            }
        }
    }

    private void begin(String id) {
        state.cluster(id);
        state.catchingUp(List.of("the node's replicas are starting"));
        List<ActorRef<Object>> replicas = new ArrayList<>();
        for (int partition = 0; partition < setup.partitions(); partition++) {
            replicas.add(
                    getContext().spawn(setup.replicas().replica(partition, id), AddressBook.replicaName(partition)));
        }
        state.replicas(replicas);
        tellPeers();
        if (state.isMember()) {
            setup.directory().markJoined();
        }
    }

    /** Asks the replicas whether they may write yet. */
    private void review() {
        if (!doubtEnded && !reviewing && !state.replicas().isEmpty()) {
            reviewing = true;
            getContext()
                    .pipeToSelf(
                            Review.of(state.replicas()), (waits, failure) -> new Reviewed(Optional.ofNullable(waits)));
        }
    }

    private void onReviewed(Reviewed reviewed) {
        reviewing = false;
        reviewed.waits().ifPresent(waits -> {
            state.catchingUp(waits);
            if (waits.isEmpty()) {
                doubtEnded = true;
                setup.directory().caughtUp();
            }
        });
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

    private record Reviewed(Optional<List<String>> waits) {}

    private record Saved(@Nullable Throwable failure) {}
}
