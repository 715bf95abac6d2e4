package io.entente.cluster;

import akka.Done;
import akka.actor.CoordinatedShutdown;
import akka.actor.typed.ActorRef;
import akka.actor.typed.ActorRefResolver;
import akka.actor.typed.ActorSystem;
import akka.actor.typed.DispatcherSelector;
import akka.actor.typed.Props;
import io.entente.cluster.conflict.ConflictSource;
import io.entente.cluster.conflict.Conflicts;
import io.entente.cluster.disk.Backups;
import io.entente.cluster.disk.Disk;
import io.entente.cluster.disk.DiskPatrol;
import io.entente.cluster.disk.DiskWatch;
import io.entente.cluster.feed.ChangeFeed;
import io.entente.cluster.forwarding.ForwardSetup;
import io.entente.cluster.forwarding.Forwarder;
import io.entente.cluster.http.Backend;
import io.entente.cluster.http.HttpServer;
import io.entente.cluster.map.MapAccess;
import io.entente.cluster.map.MapCatalog;
import io.entente.cluster.map.Maps;
import io.entente.cluster.map.Quorums;
import io.entente.cluster.membership.AnyReplica;
import io.entente.cluster.membership.ClockSetup;
import io.entente.cluster.membership.DistantDataCenters;
import io.entente.cluster.membership.HeardCluster;
import io.entente.cluster.membership.HeardDataCenter;
import io.entente.cluster.membership.Links;
import io.entente.cluster.membership.LocalDataCenter;
import io.entente.cluster.membership.LocalNode;
import io.entente.cluster.membership.ModeAgreement;
import io.entente.cluster.membership.NodeActor;
import io.entente.cluster.membership.NodeSetup;
import io.entente.cluster.membership.NodeState;
import io.entente.cluster.membership.PartitionPlan;
import io.entente.cluster.membership.ResolverAgreement;
import io.entente.cluster.membership.TopologyInForce;
import io.entente.cluster.metrics.NodeMetrics;
import io.entente.cluster.mode.ClusterGovernance;
import io.entente.cluster.mode.Governance;
import io.entente.cluster.mode.OwnEpochs;
import io.entente.cluster.replica.AddressBook;
import io.entente.cluster.replica.DelayLine;
import io.entente.cluster.replica.GroupCommit;
import io.entente.cluster.replica.LinkFaults;
import io.entente.cluster.replica.ReplicaCommand;
import io.entente.cluster.replica.ReplicaShell;
import io.entente.cluster.replica.SpareTime;
import io.entente.cluster.retirement.LostWrites;
import io.entente.cluster.retirement.LostWritesSource;
import io.entente.cluster.retirement.Retirement;
import io.entente.cluster.retirement.Retiring;
import io.entente.cluster.routing.ClusterRouter;
import io.entente.cluster.routing.HomeRouter;
import io.entente.cluster.routing.Homes;
import io.entente.cluster.routing.LinkedForwarding;
import io.entente.cluster.routing.LocalRouter;
import io.entente.cluster.routing.NearestDataCenter;
import io.entente.cluster.routing.Router;
import io.entente.cluster.routing.Whereabouts;
import io.entente.cluster.settings.EntenteSettings;
import io.entente.cluster.verify.BackgroundVerification;
import io.entente.cluster.verify.Verifier;
import io.entente.core.message.NodeId;
import io.entente.core.message.ReplicationMode;
import io.entente.core.store.directory.AsideStores;
import io.entente.core.store.directory.DataDirectory;
import io.entente.core.topology.TopologyPlan;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Optional;
import java.util.SortedSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A running node: its directory, its commit thread, its actors, its HTTP server. Puts the parts together, and takes them apart in
 * the order that loses nothing.
 */
final class NodeRuntime {

    private static final Logger LOG = LoggerFactory.getLogger(NodeRuntime.class);
    private static final Duration TICK = Duration.ofMillis(50);
    private static final Duration HTTP_GRACE = Duration.ofSeconds(1);
    private static final Duration ACTOR_GRACE = Duration.ofSeconds(1);

    /** Commits of the node itself, beside one a partition. */
    private static final int OWN_COMMITS = 64;

    private final ActorSystem<?> system;
    private final NodeId self;
    private final DataDirectory directory;
    private final GroupCommit commits;
    private final DelayLine delays;
    private final DiskPatrol disk;
    private final Backups backups;
    private final NodeState state;
    private final ReplicaStop replicas;
    private final Maps maps;
    private final ChangeFeed changes;
    private final Conflicts conflicts;
    private final Verifier verifier;
    private final BackgroundVerification verification;
    private final ClusterRouter router;
    private final Forwarder forwarder;
    private final LocalNode node;
    private final NodeElsewhere elsewhere;
    private final NodeMetrics metrics;
    private final Retirement retirement;
    private final Governance governance;
    private final ActorRef<Object> actor;
    private final AtomicBoolean ended = new AtomicBoolean();
    private volatile @Nullable HttpServer http;
    private @Nullable CompletionStage<Void> actorStopped;

    /** Starts the node's actors; {@link #bindHttp} opens it to clients. */
    NodeRuntime(
            EntenteSettings settings,
            ActorSystem<?> system,
            DataDirectory directory,
            MapCatalog catalog,
            NodeWorld world) {
        this.system = system;
        this.directory = directory;
        ReplicationMode configured = settings.replication().mode().initial();
        this.state = new NodeState(
                new ResolverAgreement(catalog::resolvers, catalog::suspended),
                new ModeAgreement(configured.toString()));
        this.replicas = new ReplicaStop(state);
        this.self = new NodeId(settings.node().dataCenter(), settings.node().name());
        ReplicaFactory factory = new ReplicaFactory(settings, self, directory, world.wallMillis());
        factory.forgetWhatIsInDoubt();
        this.metrics =
                new NodeMetrics(self.dataCenter(), catalog, world.embedding().metrics());
        this.commits = new GroupCommit(
                metrics.timed(world.device().apply(directory.store())),
                self.node(),
                factory.partitions() + OWN_COMMITS);
        this.delays = new DelayLine(self.node());
        LinkFaults faults = new LinkFaults(self.dataCenter(), settings.faults().latency());
        AddressBook addresses = new AddressBook(ActorRefResolver.get(system));
        Executor blocking = system.dispatchers().lookup(DispatcherSelector.blocking());
        PartitionPlan plan = factory.plan();
        this.backups = new Backups(directory::backup, settings.storage().backups(), world.wallMillis(), blocking);
        this.disk = new DiskPatrol(
                self.node(),
                new DiskWatch(
                        self.node(),
                        Disk.under(directory),
                        settings.storage().diskReserve(),
                        new NodeOnDisk(state, commits)));
        NodeWriteGate gate = new NodeWriteGate(self, plan, state);
        LocalRouter local = new LocalRouter(factory.partitions(), state::replicas, gate, directory.store(), blocking);
        local.tell(metrics.requests());
        this.verifier = new Verifier(self, factory.partitions(), local::held, local::verify);
        this.verification = BackgroundVerification.start(
                system, self, verifier, state::replicas, settings.storage().verifyInterval());
        TopologyInForce topology = TopologyInForce.recover(
                self.node(), settings.replication().topology(), directory.store(), commits, this::relink);
        this.node = new LocalNode(
                self,
                state,
                addresses,
                new Links(topology, faults, settings.faults().injection()),
                world.wallMillis());
        OwnEpochs epochs = new OwnEpochs(local);
        this.forwarder = Forwarder.start(
                new ForwardSetup(self, state::cluster, addresses, local, new NodeEnquiries(node, epochs)),
                behavior -> system.systemActorOf(behavior, AddressBook.FORWARD_ACTOR, Props.empty()));
        HeardDataCenter heard = new HeardDataCenter(self, self.dataCenter(), addresses, plan, System::nanoTime);
        LocalDataCenter led = new LocalDataCenter(state, heard);
        Whereabouts near = new AnyReplica(
                led,
                partition -> local.takesWrites(partition) && state.hasCaughtUp(),
                plan,
                partition -> state.modeOf(partition).orElse(configured).isLeaderless());
        Whereabouts nearest = new NearestDataCenter(
                near,
                new DistantDataCenters(heard, state::clock),
                partition -> local.holds(partition) || state.replicas().isEmpty());
        Predicate<String> isCut =
                other -> faults.isCut(self.dataCenter(), other) || faults.isCut(other, self.dataCenter());
        this.router =
                new ClusterRouter(local, nearest, new LinkedForwarding(forwarder, isCut), system.executionContext());
        DataCenterRouters routers = new DataCenterRouters(heard, router, forwarder);
        Homes homes = new Homes(
                map -> settings.map(map).home(),
                settings.replication().namedDataCenters(),
                factory.partitions(),
                led::hasSingleLeader,
                isCut);
        this.governance = new ClusterGovernance(
                self,
                new HeardCluster(self, state, addresses, plan, System::nanoTime),
                epochs,
                forwarder,
                settings.replication().mode());
        MapAccess access = new MapAccess(
                new HomeRouter(self.dataCenter(), router, routers, homes),
                settings.limits(),
                blocking,
                new Quorums(
                        map -> settings.quorums(map, state.isLeaderless().orElse(configured.isLeaderless())),
                        partition -> copies(plan, addresses, partition)),
                homes);
        this.changes = NodeChanges.feed(blocking, factory.partitions(), local::held);
        this.maps = new Maps(access, catalog, changes);
        this.elsewhere =
                new NodeElsewhere(self, addresses, forwarder, new NodeElsewhere.Local(access, catalog, led), routers);
        this.conflicts = new Conflicts(new ConflictSource(
                self, directory.store(), factory.partitions(), local::partitionOf, catalog, blocking));
        metrics.count(conflicts);
        metrics.watch(node);
        metrics.refresh(system, node);
        metrics.watch(verifier, () -> directory.damage().isPresent());
        LostWritesSource lost = new LostWritesSource(
                directory.path(),
                aside -> AsideStores.open(
                        aside, world.embedding().engine(), settings.storage().durability()),
                directory.store(),
                state::replicas,
                gate);
        this.retirement = new Retirement(
                new Retiring(self, state::replicas, addresses::nodes, plan::members),
                new LostWrites(self.node(), lost, blocking));
        ReplicaShell.Surroundings surroundings = new ReplicaShell.Surroundings(
                commits,
                addresses,
                faults,
                delays,
                factory::now,
                TICK,
                new SpareTime(settings.storage().snapshotShare(), System::nanoTime),
                new NodeObserver(self, state, plan, conflicts, changes, disk::brokeOff));
        NodeAddresses own = new NodeAddresses(system);
        NodeSetup setup = new NodeSetup(
                self,
                own.self(),
                own.contacts(settings.node()),
                settings.formation(),
                plan,
                directory,
                commits,
                addresses,
                state,
                factory.replicas(surroundings),
                topology,
                new ClockSetup(world.wallMillis(), settings.replication().maxClockDrift()),
                factory::foundCluster);
        this.actor = system.systemActorOf(NodeActor.behavior(setup), AddressBook.NODE_ACTOR, Props.empty());
        stopWithTheSystem();
    }

    /** How many copies there are, as far as this node knows. */
    private int copies(PartitionPlan plan, AddressBook addresses, int partition) {
        SortedSet<NodeId> holders = addresses.holdersOf(partition);
        if (state.replicas().containsKey(partition)) {
            holders.add(self);
        }
        return plan.copies(partition, holders).homes().size();
    }

    private void relink(TopologyPlan plan) {
        state.replicas().values().forEach(replica -> replica.tell(new ReplicaCommand.Relink(plan)));
    }

    Maps maps() {
        return maps;
    }

    Conflicts conflicts() {
        return conflicts;
    }

    Verifier verifier() {
        return verifier;
    }

    Router router() {
        return router;
    }

    Governance governance() {
        return governance;
    }

    LocalNode node() {
        return node;
    }

    Backups backups() {
        return backups;
    }

    Retirement retirement() {
        return retirement;
    }

    NodeState state() {
        return state;
    }

    /** Where HTTP listens, if it does. */
    Optional<InetSocketAddress> httpAddress() {
        return Optional.ofNullable(http).map(HttpServer::address);
    }

    /** Serves HTTP, if the settings say so; throws what the port refuses. */
    void bindHttp(EntenteSettings settings) {
        if (!settings.http().enabled()) {
            return;
        }
        Backend backend = new Backend(
                self.dataCenter(),
                maps,
                node,
                elsewhere,
                conflicts,
                metrics,
                backups,
                verifier,
                retirement,
                governance,
                settings.limits());
        try {
            HttpServer bound = HttpServer.bind(system, settings.http(), backend)
                    .toCompletableFuture()
                    .join();
            http = bound;
            state.http(settings.httpAt(bound.address().getPort()));
        } catch (CompletionException e) {
            throw e.getCause() instanceof RuntimeException cause ? cause : e;
        }
    }

    private void stopWithTheSystem() {
        CoordinatedShutdown shutdown = CoordinatedShutdown.get(system);
        shutdown.addTask(CoordinatedShutdown.PhaseBeforeServiceUnbind(), "entente-stopping", () -> {
            beginStop();
            return done();
        });
        shutdown.addTask(CoordinatedShutdown.PhaseServiceUnbind(), "entente-stop-http", this::stopHttp);
        shutdown.addTask(
                CoordinatedShutdown.PhaseServiceStop(),
                "entente-stop-replicas",
                () -> replicas.begin().thenApply(stopped -> Done.getInstance()));
        shutdown.addTask(
                CoordinatedShutdown.PhaseBeforeActorSystemTerminate(),
                "entente-close-store",
                () -> stopActor().thenApply(stopped -> closeStore()));
    }

    private void beginStop() {
        if (!state.isStopping()) {
            LOG.info("node {} is stopping: it takes no new requests, and finishes those under way", self);
        }
        state.stopping();
    }

    /** Stops this node and leaves the actor system running. */
    CompletionStage<Done> stop() {
        beginStop();
        return stopHttp()
                .thenCompose(unbound -> replicas.begin())
                .thenCompose(stopped -> stopActor())
                .thenApply(stopped -> closeStore());
    }

    /** Ends as a killed process would: nothing is flushed, nothing is marked, nobody is told. */
    void abandon() {
        if (ended.compareAndSet(false, true)) {
            actor.tell(new NodeActor.Stop(new CompletableFuture<>()));
            forwarder.stop();
            disk.close();
            directory.abandon();
            delays.close();
            verification.close();
            commits.close();
            state.ended();
            router.close();
            metrics.close();
            maps.catalog().close();
        }
    }

    private CompletionStage<Done> stopHttp() {
        verification.close();
        conflicts.close();
        changes.close();
        HttpServer server = http;
        return server == null ? done() : server.terminate(HTTP_GRACE);
    }

    /** Nothing writes to the directory from then on. */
    private synchronized CompletionStage<Void> stopActor() {
        if (actorStopped == null) {
            CompletableFuture<Void> stopped = new CompletableFuture<>();
            forwarder.stop();
            actor.tell(new NodeActor.Stop(stopped));
            actorStopped = stopped.completeOnTimeout(null, ACTOR_GRACE.toMillis(), TimeUnit.MILLISECONDS);
        }
        return actorStopped;
    }

    private Done closeStore() {
        if (ended.compareAndSet(false, true)) {
            disk.close();
            commits.close();
            delays.close();
            state.ended();
            router.close();
            metrics.close();
            maps.catalog().close();
            directory.close();
            LOG.info("node {} has stopped: its store is closed, and the clean stop is recorded", self);
        }
        return Done.getInstance();
    }

    private static CompletionStage<Done> done() {
        return CompletableFuture.completedFuture(Done.getInstance());
    }
}
