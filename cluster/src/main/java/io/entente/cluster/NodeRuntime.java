package io.entente.cluster;

import akka.Done;
import akka.actor.CoordinatedShutdown;
import akka.actor.typed.ActorRef;
import akka.actor.typed.ActorRefResolver;
import akka.actor.typed.ActorSystem;
import akka.actor.typed.Behavior;
import akka.actor.typed.DispatcherSelector;
import akka.cluster.typed.Cluster;
import io.entente.cluster.membership.LocalNode;
import io.entente.cluster.membership.NodeActor;
import io.entente.cluster.membership.NodeSetup;
import io.entente.cluster.membership.NodeState;
import io.entente.cluster.replica.AddressBook;
import io.entente.cluster.replica.GroupCommit;
import io.entente.cluster.replica.LinkFaults;
import io.entente.cluster.replica.ReplicaActor;
import io.entente.cluster.replica.ReplicaCommand;
import io.entente.cluster.replica.ReplicaShell;
import io.entente.cluster.routing.LocalRouter;
import io.entente.cluster.routing.Router;
import io.entente.cluster.settings.Address;
import io.entente.cluster.settings.EntenteSettings;
import io.entente.conflict.version.Origin;
import io.entente.core.event.Now;
import io.entente.core.message.NodeId;
import io.entente.core.message.Registration;
import io.entente.core.replica.Limits;
import io.entente.core.replica.Replica;
import io.entente.core.replica.ReplicaSettings;
import io.entente.core.replica.Start;
import io.entente.core.replica.Start.Standing;
import io.entente.core.replica.Timing;
import io.entente.core.store.WriteBatch;
import io.entente.core.store.directory.DataDirectory;
import io.entente.core.store.directory.DirectoryOptions;
import io.entente.core.store.directory.ExpectedIdentity;
import io.entente.core.store.directory.Recovery;
import io.entente.core.topology.Topology;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A running node: its directory, its commit thread, its actors. Puts the parts together, and takes them apart in the order that
 * loses nothing.
 */
final class NodeRuntime {

    private static final Logger LOG = LoggerFactory.getLogger(NodeRuntime.class);
    private static final Duration TICK = Duration.ofMillis(50);

    private final EntenteSettings settings;
    private final ActorSystem<?> system;
    private final NodeId self;
    private final DataDirectory directory;
    private final GroupCommit commits;
    private final ScheduledExecutorService delays;
    private final NodeState state = new NodeState();
    private final LocalRouter router;
    private final LocalNode node;
    private final LinkFaults faults;
    private final AddressBook addresses;
    private final SecureRandom random = new SecureRandom();
    private final Origin incarnation;
    private final ActorRef<Object> actor;
    private final AtomicBoolean ended = new AtomicBoolean();
    private volatile boolean founded;
    private @Nullable CompletionStage<Void> replicasStopped;

    private NodeRuntime(EntenteSettings settings, ActorSystem<?> system, DataDirectory directory) {
        this.settings = settings;
        this.system = system;
        this.directory = directory;
        this.self = new NodeId(settings.node().dataCenter(), settings.node().name());
        this.incarnation = new Origin(self.dataCenter(), self.node(), System.currentTimeMillis(), random.nextLong());
        this.commits = new GroupCommit(directory.store(), self.node(), partitions() + 64);
        this.delays = Executors.newSingleThreadScheduledExecutor(task -> {
            Thread thread = new Thread(task, "entente-delay-" + self.node());
            thread.setDaemon(true);
            return thread;
        });
        this.faults = new LinkFaults(self.dataCenter(), settings.faults().latency());
        this.addresses = new AddressBook(ActorRefResolver.get(system));
        this.router = new LocalRouter(
                partitions(),
                state::replicas,
                directory.store(),
                system.dispatchers().lookup(DispatcherSelector.blocking()));
        this.node =
                new LocalNode(self, state, addresses, faults, settings.faults().injection(), System::currentTimeMillis);
        this.actor = system.systemActorOf(
                NodeActor.behavior(setup()), AddressBook.NODE_ACTOR, akka.actor.typed.Props.empty());
        stopWithTheSystem();
    }

    /** Opens the node's directory and starts its actors; throws what the directory refuses. */
    static NodeRuntime start(EntenteSettings settings, ActorSystem<?> system) {
        DirectoryOptions options = DirectoryOptions.of(settings.storage().durability());
        DataDirectory directory = DataDirectory.open(
                settings.storage().directory(),
                new ExpectedIdentity(
                        settings.node().name(),
                        settings.node().dataCenter(),
                        settings.replication().placement().partitions()),
                settings.storage().restored() ? options.fromBackup() : options);
        try {
            return new NodeRuntime(settings, system, directory);
        } catch (RuntimeException e) {
            directory.close();
            throw e;
        }
    }

    Router router() {
        return router;
    }

    LocalNode node() {
        return node;
    }

    NodeState state() {
        return state;
    }

    private int partitions() {
        return settings.replication().placement().partitions();
    }

    private NodeSetup setup() {
        Standing standing = standing();
        if (standing != Standing.INTACT) {
            forgetAdmissions();
        }
        ReplicaShell.Surroundings surroundings = new ReplicaShell.Surroundings(
                commits, addresses, faults, delays, NodeRuntime::now, TICK, this::onStoreFailure);
        String address = Cluster.get(system).selfMember().address().toString();
        return new NodeSetup(
                self,
                address,
                settings.node().contacts().stream().map(this::akkaAddress).toList(),
                partitions(),
                directory,
                commits,
                addresses,
                state,
                partition -> replica(partition, surroundings),
                this::foundCluster);
    }

    /** A directory that knows no cluster is as good as new, whatever a founding that was cut short left in it. */
    private Standing standing() {
        Recovery recovery = directory.recovery();
        if (recovery.state() != Recovery.State.FRESH) {
            LOG.info("data directory {}: {}", directory.path(), recovery.reason());
        }
        if (directory.cluster().isEmpty() || recovery.state() == Recovery.State.FRESH) {
            return Standing.NEW;
        }
        return recovery.mayHaveLost() ? Standing.MAY_HAVE_LOST : Standing.INTACT;
    }

    /** For all partitions at once and before any replica starts, so that a crash can't leave some admitted. */
    private void forgetAdmissions() {
        WriteBatch batch = new WriteBatch();
        for (int partition = 0; partition < partitions(); partition++) {
            Replica.revokeAdmission(partition, batch);
        }
        directory.store().commit(batch);
    }

    private String foundCluster() {
        WriteBatch batch = new WriteBatch();
        for (int partition = 0; partition < partitions(); partition++) {
            Replica.admitFounder(partition, registration(), batch);
        }
        directory.store().commit(batch);
        String id = self.node() + "-" + registration();
        directory.adoptCluster(id);
        founded = true;
        return id;
    }

    private Behavior<Object> replica(int partition, ReplicaShell.Surroundings surroundings) {
        ReplicaSettings replica = new ReplicaSettings(
                self,
                partition,
                java.util.Set.copyOf(settings.replication().members()),
                Topology.allToAll(),
                timing(),
                limits());
        Start start = new Start(founded ? Standing.INTACT : standing(), incarnation, registration(), random.nextLong());
        Supplier<Replica> recovery = () -> Replica.recover(replica, directory.store(), start, now());
        return ReplicaActor.behavior(new ReplicaShell(self, partition, surroundings), recovery);
    }

    /** A delayed link needs longer to call a peer gone, and a larger window. */
    private Timing timing() {
        Timing defaults = Timing.defaults();
        Duration roundTrip = settings.faults().latency().multipliedBy(2);
        return new Timing(
                defaults.heartbeat(),
                defaults.peerTimeout().plus(roundTrip),
                defaults.reroute().plus(roundTrip),
                defaults.stall().plus(roundTrip),
                settings.replication().maxClockDrift());
    }

    private Limits limits() {
        Limits defaults = Limits.defaults();
        return new Limits(
                defaults.creditBytes(),
                defaults.messageBytes(),
                defaults.tailBytes(),
                defaults.earlyBytes(),
                defaults.cacheBytes(),
                defaults.waitingRequests(),
                settings.limits().siblings(),
                defaults.purgesPerTick());
    }

    private Registration registration() {
        return new Registration(random.nextLong(), random.nextLong());
    }

    private String akkaAddress(Address address) {
        return "akka://" + system.name() + "@" + address.host() + ":" + address.port();
    }

    private static Now now() {
        return new Now(System.currentTimeMillis(), System.nanoTime());
    }

    private void onStoreFailure(Throwable failure) {
        LOG.error(
                "the store of node {} has failed; the node takes no more writes until it is restarted", self, failure);
        state.storeFailed(
                "the store has failed (" + failure.getMessage() + "): free or replace the disk and restart the node");
    }

    private void stopWithTheSystem() {
        CoordinatedShutdown shutdown = CoordinatedShutdown.get(system);
        shutdown.addTask(CoordinatedShutdown.PhaseBeforeServiceUnbind(), "entente-stopping", () -> {
            state.stopping();
            return done();
        });
        shutdown.addTask(
                CoordinatedShutdown.PhaseServiceStop(),
                "entente-stop-replicas",
                () -> stopReplicas().thenApply(stopped -> Done.getInstance()));
        shutdown.addTask(CoordinatedShutdown.PhaseBeforeActorSystemTerminate(), "entente-close-store", () -> {
            closeStore();
            return done();
        });
    }

    private static CompletionStage<Done> done() {
        return CompletableFuture.completedFuture(Done.getInstance());
    }

    /** Stops this node and leaves the actor system running. */
    CompletionStage<Done> stop() {
        state.stopping();
        return stopReplicas().thenApply(stopped -> {
            actor.tell(NodeActor.Stop.NOW);
            closeStore();
            return Done.getInstance();
        });
    }

    private synchronized CompletionStage<Void> stopReplicas() {
        if (replicasStopped == null) {
            replicasStopped = tellReplicasToStop();
        }
        return replicasStopped;
    }

    private CompletionStage<Void> tellReplicasToStop() {
        List<CompletableFuture<Void>> stopped = new ArrayList<>();
        for (ActorRef<Object> replica : state.replicas()) {
            CompletableFuture<Void> one = new CompletableFuture<>();
            replica.tell(new ReplicaCommand.Stop(one));
            stopped.add(one);
        }
        return CompletableFuture.allOf(stopped.toArray(CompletableFuture[]::new));
    }

    private void closeStore() {
        if (ended.compareAndSet(false, true)) {
            commits.close();
            delays.shutdownNow();
            directory.close();
        }
    }

    /** Ends as a killed process would: nothing is flushed, nothing is marked, nobody is told. */
    void abandon() {
        if (ended.compareAndSet(false, true)) {
            directory.abandon();
            delays.shutdownNow();
            commits.close();
        }
    }
}
