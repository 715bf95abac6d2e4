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
import io.entente.cluster.replica.AddressBook;
import io.entente.cluster.replica.ReplicaCommand;
import io.entente.core.message.NodeId;
import io.entente.core.replica.ReplicaStatus;
import io.entente.core.store.StoreException;
import io.entente.core.store.WriteBatch;
import io.entente.core.store.directory.DirectoryRefusedException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;

/**
 * A node's membership: joins the cluster or founds it, greets every node it knows of, and starts the replicas once it knows which
 * cluster they belong to.
 */
public final class NodeActor extends AbstractBehavior<Object> {

    private static final Duration GREETING = Duration.ofMillis(500);
    private static final Duration REVIEW = Duration.ofMillis(200);

    private final NodeSetup setup;
    private final NodeState state;
    private final Cluster cluster;
    private final Formation formation;
    private final KnownNodes known;
    private final ActorRefResolver resolver;
    private final Set<String> strangersToAnyCluster = new HashSet<>();
    private boolean joinedItself;
    private boolean reforming;
    private boolean doubtEnded;

    private NodeActor(ActorContext<Object> context, TimerScheduler<Object> timers, NodeSetup setup) {
        super(context);
        this.setup = setup;
        this.state = setup.state();
        this.cluster = Cluster.get(context.getSystem());
        this.resolver = ActorRefResolver.get(context.getSystem());
        this.known = KnownNodes.recover(setup.directory().store());
        this.formation = new Formation(
                setup.address(),
                setup.seeds(),
                setup.directory().hasJoined(),
                known.addresses().values());
        timers.startTimerWithFixedDelay(Internal.GREET, GREETING);
        timers.startTimerWithFixedDelay(Internal.REVIEW, REVIEW);
        setup.directory().cluster().ifPresent(this::begin);
        join();
    }

    /** The actor's behavior. */
    public static Behavior<Object> behavior(NodeSetup setup) {
        return Behaviors.setup(context -> Behaviors.withTimers(timers -> new NodeActor(context, timers, setup)));
    }

    @Override
    public Receive<Object> createReceive() {
        return newReceiveBuilder()
                .onMessage(Hello.class, this::onHello)
                .onMessage(ClusterChanged.class, message -> onClusterEvent(message.event()))
                .onMessage(Internal.class, this::onInternal)
                .onMessage(Reviewed.class, this::onReviewed)
                .onMessage(Stop.class, stop -> Behaviors.stopped())
                .build();
    }

    private void join() {
        ActorRef<ClusterEvent.ClusterDomainEvent> events =
                getContext().messageAdapter(ClusterEvent.ClusterDomainEvent.class, ClusterChanged::new);
        cluster.subscriptions().tell(Subscribe.create(events, ClusterEvent.ClusterDomainEvent.class));
        List<String> targets = formation.toJoin();
        if (targets.isEmpty() || targets.equals(List.of(setup.address()))) {
            if (formation.mayFound() || formation.wasAlone()) {
                joinedItself = true;
                cluster.manager().tell(Join.create(cluster.selfMember().address()));
            }
            return;
        }
        getContext().getLog().info("joining the cluster by {}", targets);
        cluster.manager()
                .tell(new JoinSeedNodes(
                        targets.stream().map(AddressFromURIString::parse).toList()));
    }

    private Behavior<Object> onInternal(Internal message) {
        switch (message) {
            case GREET -> greet();
            case REVIEW -> {
                reviewMembership();
                review();
            }
        }
        return this;
    }

    private void greet() {
        Hello hello = new Hello(
                Hello.FORMAT,
                setup.self().node(),
                setup.self().dataCenter(),
                setup.address(),
                state.cluster(),
                setup.partitions(),
                state.isMember(),
                setup.directory().hasJoined());
        Set<String> addressees = new TreeSet<>(formation.others());
        for (Member member : cluster.state().getMembers()) {
            addressees.add(member.address().toString());
        }
        addressees.remove(setup.address());
        for (String address : addressees) {
            ActorRef<Hello> node = resolver.resolveActorRef(address + "/system/" + AddressBook.NODE_ACTOR);
            node.tell(hello);
        }
        if (!state.isMember() && !reforming && formation.mayReform()) {
            reforming = true;
            getContext().getLog().info("every node this one knows waits for the cluster too: starting it again");
            cluster.manager().tell(Join.create(cluster.selfMember().address()));
        }
    }

    private Behavior<Object> onHello(Hello hello) {
        Optional<String> objection = objectionTo(hello);
        if (objection.isPresent()) {
            if (setup.seeds().contains(hello.address())) {
                state.refused(hello.address(), objection.get());
            }
            if (state.stranger(hello.address(), objection.get())) {
                getContext().getLog().error(objection.get());
            }
            return this;
        }
        formation.heard(hello.address(), hello.member(), hello.joined());
        if (hello.cluster().isEmpty()) {
            strangersToAnyCluster.add(hello.address());
            foundIfFirst();
        }
        if (state.cluster().isEmpty() && hello.cluster().isPresent()) {
            adopt(hello.cluster().get(), hello);
        }
        if (state.cluster().isPresent() && state.cluster().equals(hello.cluster())) {
            welcome(hello);
        }
        return this;
    }

    private Optional<String> objectionTo(Hello hello) {
        String who = "node " + hello.node() + " at " + hello.address();
        if (hello.format() != Hello.FORMAT) {
            return Optional.of(who + " speaks format " + hello.format() + " and this node " + Hello.FORMAT
                    + ": run one version of Entente on both");
        }
        if (hello.node().equals(setup.self().node())) {
            return Optional.of(who + " has this node's name, and this one is at " + setup.address()
                    + ": give one of them another name and a new data directory");
        }
        if (state.cluster().isPresent()
                && hello.cluster().isPresent()
                && !state.cluster().equals(hello.cluster())) {
            return Optional.of(who + " belongs to cluster " + hello.cluster().get() + " and this node to "
                    + state.cluster().get() + ": stop one of them, or give it other seeds and a new data directory");
        }
        if (hello.partitions() != setup.partitions() && hello.cluster().isPresent()) {
            return Optional.of(who + " has " + hello.partitions() + " partitions and this node " + setup.partitions()
                    + ": set entente.partitions to the number the cluster was founded with");
        }
        return Optional.empty();
    }

    private void adopt(String id, Hello from) {
        try {
            setup.directory().adoptCluster(id);
            getContext().getLog().info("this node belongs to cluster {}, as node {} says", id, from.node());
            begin(id);
        } catch (DirectoryRefusedException | StoreException e) {
            state.stranger(from.address(), String.valueOf(e.getMessage()));
            getContext().getLog().error("can't take up cluster {}: {}", id, e.getMessage());
        }
    }

    private void welcome(Hello hello) {
        state.noStranger(hello.address());
        state.acquainted();
        WriteBatch batch = new WriteBatch();
        if (known.note(hello.sender(), hello.address(), batch)) {
            setup.commits().commit(batch);
        }
        if (setup.addresses().note(hello.sender(), hello.address())) {
            getContext().getLog().info("node {} is at {}", hello.sender(), hello.address());
            tellPeers();
        }
    }

    private void tellPeers() {
        Set<NodeId> peers = setup.addresses().nodes();
        state.replicas().forEach(replica -> replica.tell(new ReplicaCommand.Peers(peers)));
    }

    private Behavior<Object> onClusterEvent(ClusterEvent.ClusterDomainEvent event) {
        reviewMembership();
        if (event instanceof ClusterEvent.MemberRemoved removed && removed.previousStatus() == MemberStatus.exiting()) {
            forget(removed.member().address());
        } else if (event instanceof ClusterEvent.ReachabilityEvent reachability) {
            state.reachable(reachability.member().address().toString(), event instanceof ClusterEvent.ReachableMember);
        }
        return this;
    }

    /**
     * Notes whether this node is a member now. Asked again and again, for Akka's view of its own member may lag behind the event that
     * tells of it, and there may be no further event.
     */
    private void reviewMembership() {
        Member self = cluster.selfMember();
        boolean operational = self.status() == MemberStatus.up() || self.status() == MemberStatus.weaklyUp();
        if (operational && !state.isMember()) {
            state.member(true);
            becameMember();
        } else if (!operational && state.isMember()) {
            state.member(false);
        }
    }

    private void becameMember() {
        if (isAlone()) {
            state.acquainted();
        }
        foundIfFirst();
        if (state.cluster().isPresent()) {
            setup.directory().markJoined();
        }
    }

    private boolean isAlone() {
        boolean alone = true;
        for (Member member : cluster.state().getMembers()) {
            alone &= member.address().toString().equals(setup.address());
        }
        return alone;
    }

    /** Founds the cluster's identity if this node has made the cluster: whoever else is in it knows of none either. */
    private void foundIfFirst() {
        if (!state.isMember() || state.cluster().isPresent() || !formation.mayFound()) {
            return;
        }
        boolean first = joinedItself;
        if (!first) {
            first = true;
            for (Member member : cluster.state().getMembers()) {
                String address = member.address().toString();
                first &= address.equals(setup.address()) || strangersToAnyCluster.contains(address);
            }
        }
        if (first) {
            found();
        }
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
            replicas.add(getContext().spawn(setup.replicas().apply(partition), AddressBook.replicaName(partition)));
        }
        state.replicas(replicas);
        tellPeers();
        if (state.isMember()) {
            setup.directory().markJoined();
        }
    }

    /** Asks the replicas whether they may write yet. */
    private void review() {
        List<ActorRef<Object>> replicas = state.replicas();
        if (doubtEnded || replicas.isEmpty()) {
            return;
        }
        List<CompletableFuture<ReplicaStatus>> answers = new ArrayList<>();
        for (ActorRef<Object> replica : replicas) {
            CompletableFuture<ReplicaStatus> answer = new CompletableFuture<>();
            replica.tell(new ReplicaCommand.Ask(answer));
            answers.add(answer);
        }
        CompletableFuture<Void> all = CompletableFuture.allOf(answers.toArray(CompletableFuture[]::new));
        getContext()
                .pipeToSelf(
                        all.thenApply(done ->
                                answers.stream().map(CompletableFuture::join).toList()),
                        (statuses, failure) -> new Reviewed(statuses == null ? List.of() : statuses));
    }

    private Behavior<Object> onReviewed(Reviewed reviewed) {
        Set<String> waits = new HashSet<>();
        reviewed.statuses().forEach(status -> status.waitsFor().ifPresent(waits::add));
        state.catchingUp(waits.stream().sorted().toList());
        if (waits.isEmpty() && !reviewed.statuses().isEmpty() && !doubtEnded) {
            doubtEnded = true;
            setup.directory().caughtUp();
        }
        return this;
    }

    /** Ends this actor and its replicas' actors, which have finished their work before. */
    public enum Stop {
        NOW
    }

    private enum Internal {
        GREET,
        REVIEW
    }

    private record ClusterChanged(ClusterEvent.ClusterDomainEvent event) {}

    private record Reviewed(List<ReplicaStatus> statuses) {}
}
