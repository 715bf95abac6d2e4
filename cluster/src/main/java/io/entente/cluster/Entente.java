package io.entente.cluster;

import akka.Done;
import akka.actor.ActorSystemImpl;
import akka.actor.BootstrapSetup;
import akka.actor.setup.ActorSystemSetup;
import akka.actor.typed.ActorSystem;
import akka.actor.typed.javadsl.Behaviors;
import io.entente.cluster.conflict.Conflicts;
import io.entente.cluster.map.Codec;
import io.entente.cluster.map.Maps;
import io.entente.cluster.map.MergeableMap;
import io.entente.cluster.map.ReplicatedMap;
import io.entente.cluster.membership.AgreedTopology;
import io.entente.cluster.membership.NodePort;
import io.entente.cluster.retirement.LostWrites;
import io.entente.cluster.routing.Router;
import io.entente.cluster.settings.EntenteSettings;
import io.entente.cluster.tls.NodeTls;
import io.entente.cluster.verify.VerificationResult;
import io.entente.conflict.ConflictResolver;
import io.entente.conflict.merge.MergeableType;
import io.entente.core.message.ReplicationMode;
import io.entente.core.store.directory.Backup;
import io.entente.core.topology.TopologyPlan;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A node of Entente: the entry point for applications.
 *
 * <p>Thread-safe. Close it: a node that is closed leaves its cluster in good order; one that isn't loses nothing that was
 * acknowledged, but its peers wait for it.
 */
public final class Entente implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Entente.class);
    private static final String SYSTEM = "entente";
    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final Duration CLOSING = Duration.ofSeconds(30);

    private final ActorSystem<?> system;
    private final boolean ownsSystem;
    private final NodeRuntime runtime;

    private Entente(ActorSystem<?> system, boolean ownsSystem, NodeRuntime runtime) {
        this.system = system;
        this.ownsSystem = ownsSystem;
        this.runtime = runtime;
    }

    /**
     * Starts a node in an actor system of its own, and waits for it to be ready, at most 20 s; what it still waits for then is logged, and
     * it goes on trying.
     *
     * @throws io.entente.cluster.settings.SettingsException when the settings don't fit each other
     * @throws io.entente.core.store.directory.DirectoryRefusedException when the data directory can't be used
     */
    public static Entente start(EntenteSettings settings) {
        return start(settings, Embedding.standard());
    }

    /** Starts a node as {@link #start(EntenteSettings)} does, with what the application brings along. */
    public static Entente start(EntenteSettings settings, Embedding embedding) {
        Entente entente = launch(settings, embedding);
        try {
            entente.awaitReady(PATIENCE);
            return entente;
        } catch (RuntimeException interrupted) {
            entente.close();
            throw interrupted;
        }
    }

    /** Starts a node as {@link #start(EntenteSettings)} does, without waiting. */
    public static Entente launch(EntenteSettings settings) {
        return launch(settings, Embedding.standard());
    }

    /** Starts a node with what the application brings along, without waiting. */
    public static Entente launch(EntenteSettings settings, Embedding embedding) {
        return launch(settings, NodeWorld.real(embedding));
    }

    /** Starts a node in a world of its own. */
    static Entente launch(EntenteSettings settings, NodeWorld world) {
        EntenteSettings checked = settings.checked();
        ActorSystem<Void> system = newSystem(checked);
        try {
            return new Entente(system, true, NodeLaunch.start(checked, system, world));
        } catch (RuntimeException e) {
            system.terminate();
            throw e;
        }
    }

    /** The node of an actor system that the application has made, started at the first call; its configuration is the node's. */
    public static Entente get(ActorSystem<?> system) {
        return get(system, Embedding.standard());
    }

    /** The same with what the application brings along, which counts at the first call. */
    public static Entente get(ActorSystem<?> system, Embedding embedding) {
        return EntenteExtension.of(system, embedding);
    }

    static Entente on(ActorSystem<?> system, EntenteSettings settings, Embedding embedding) {
        return new Entente(system, false, NodeLaunch.start(settings, system, NodeWorld.real(embedding)));
    }

    /**
     * A map whose conflicts the resolver resolves, on every surface of this node. All nodes must open it with the same one.
     *
     * @throws IllegalStateException when this node has opened the map with another resolver
     * @throws io.entente.cluster.map.NotAppliedException when the name is malformed
     */
    public <V> ReplicatedMap<V> map(String name, Codec<V> codec, ConflictResolver<V> resolver) {
        return runtime.maps().map(name, codec, resolver);
    }

    /**
     * A map whose conflicts are resolved as configuration says, or by the last writer where it says nothing.
     *
     * @throws io.entente.cluster.map.NotAppliedException when the name is malformed
     */
    public <V> ReplicatedMap<V> map(String name, Codec<V> codec) {
        return runtime.maps().map(name, codec);
    }

    /**
     * A map of counters, which merge by themselves; all nodes must open it alike. What is done to a mergeable value is an operation, which
     * costs what it changes, whatever the size of the value.
     *
     * @throws IllegalStateException when the map has another type, or a resolver, by configuration or code
     * @throws io.entente.cluster.map.NotAppliedException when the name is malformed
     */
    public MergeableMap.Counters counter(String name) {
        return runtime.maps().counter(name);
    }

    /** A map of flags, of which on wins; throws as {@link #counter} does. {@link Maps#flag} offers the other type. */
    public MergeableMap.Flags flag(String name) {
        return runtime.maps().flag(name, MergeableType.FLAG);
    }

    /** A map of sets, in which adding wins; throws as {@link #counter} does. {@link Maps#set} offers the other type. */
    public <E> MergeableMap.Sets<E> set(String name, Codec<E> codec) {
        return runtime.maps().set(name, codec, MergeableType.ADD_WINS_SET);
    }

    /** A map of registers that keep all concurrent values; throws as {@link #counter} does. */
    public <V> MergeableMap.Registers<V> multiValueRegister(String name, Codec<V> codec) {
        return runtime.maps().multiValueRegister(name, codec);
    }

    /** A map of maps whose fields each have a mergeable type of their own; throws as {@link #counter} does. */
    public MergeableMap.Documents fields(String name) {
        return runtime.maps().fields(name);
    }

    /** All maps, typed and as stored. */
    public Maps maps() {
        return runtime.maps();
    }

    /** The conflicts of the partitions that this node holds. */
    public Conflicts conflicts() {
        return runtime.conflicts();
    }

    /** Requests to this node's replicas, as bytes; maps are the convenient way. */
    public Router router() {
        return runtime.router();
    }

    /** The node as operators see it. */
    public NodePort node() {
        return runtime.node();
    }

    /**
     * Links the data centers of the whole cluster in another way from now on, over all restarts. Writes go on meanwhile; a node that
     * is away uses the new links when it returns.
     *
     * @return the change, once it is durable at this node
     * @throws IllegalArgumentException when the plan names a data center that is unknown, or by it some data center's writes would
     *     not reach another one
     * @throws IllegalStateException when this node doesn't know its cluster yet
     */
    public CompletionStage<AgreedTopology> topology(TopologyPlan plan) {
        return runtime.node().topology(plan);
    }

    /**
     * Has a node lead all partitions that it holds, where the mode has a single leader: a planned switchover while their leader is there,
     * which loses nothing, else a promotion.
     *
     * @param node the node's name
     * @param timeout how long the voters may take to agree
     * @return completes when it leads; fails with {@link io.entente.cluster.routing.RequestFailedException}
     * @throws IllegalArgumentException when there is no such node, or it holds nothing that it could lead
     * @throws IllegalStateException when the mode has no single leader
     */
    public CompletionStage<Done> leader(String node, Duration timeout) {
        return runtime.governance().leader(node, timeout);
    }

    /**
     * Has all partitions written to under another mode from now on, while clients go on. In one with a single leader this node leads those
     * that it holds.
     *
     * @param mode the new mode
     * @param timeout how long the voters may take to agree
     * @return completes when all are; fails with {@link io.entente.cluster.routing.RequestFailedException}
     * @throws IllegalStateException when nobody is in reach who could change some partition
     */
    public CompletionStage<Done> mode(ReplicationMode mode, Duration timeout) {
        return runtime.governance().mode(mode, timeout);
    }

    /**
     * Has other nodes vote on leaders and modes than before, one at a time, while clients go on: so that one that is retired counts for no
     * majority any more, or a new one does. More than half of those who vote now have to agree.
     *
     * @param nodes the names of all nodes that are to vote
     * @param timeout how long the voters may take to agree to all of it
     * @return completes when these vote; fails with {@link io.entente.cluster.routing.RequestFailedException}, and asking again goes on where it ended
     * @throws IllegalArgumentException when nobody is named, or somebody who is no member
     * @throws IllegalStateException when nobody is in reach who could change it
     */
    public CompletionStage<Done> voters(Set<String> nodes, Duration timeout) {
        return runtime.governance().voters(nodes, timeout);
    }

    /**
     * Copies the node's data, as it is at one moment, to a directory while the node goes on. The copy is started as restored ({@code
     * entente.restored = on}) in the place of the node's data directory, and refused otherwise.
     *
     * @param target where; nothing may be there. On the same file system files are shared with the copy, else copied
     * @return the backup, once it is complete and on the device; fails with {@link IllegalArgumentException} when there is something already, and with
     *     {@link io.entente.core.store.StoreException} when it can't be made
     */
    public CompletionStage<Backup> backup(Path target) {
        return runtime.backups().to(target);
    }

    /**
     * Compares this node's copies with all others, row by row, and repairs from the majority what differs. Reads and writes go on.
     *
     * @param timeout for each partition
     * @return what was found; it doesn't fail, and says of each partition that was not verified why
     */
    public CompletionStage<VerificationResult> verify(Duration timeout) {
        return runtime.verifier().verify(timeout);
    }

    /** What the verifications on demand and in the background have found last, by partition. */
    public VerificationResult verification() {
        return runtime.verifier().last();
    }

    /**
     * Retires a node that is not to come back as it was, so that nothing waits for it any more. The members that remain agree how far they have
     * its writes; what only it wrote beyond that is kept in its directory, and offered when it comes back ({@link #lostWrites}). Say it
     * on one side of a cut only: two sides that retire each other are both retired.
     *
     * @return completes once it is durable at this node; the rest goes on by itself, see {@code retiring} in the node's view
     * @throws IllegalArgumentException when the node is unknown, or this one
     * @throws IllegalStateException when this node is not ready
     */
    public CompletionStage<Void> retire(String node) {
        return runtime.retirement().retiring().retire(node);
    }

    /** The writes that only this node had when it was retired, to be listed and written back. */
    public LostWrites lostWrites() {
        return runtime.retirement().lostWrites();
    }

    /** Where the node's HTTP server listens; empty when it is switched off. */
    public Optional<InetSocketAddress> httpAddress() {
        return runtime.httpAddress();
    }

    /** Where others find it, as {@code http://host:port} or with {@code https}. */
    public Optional<String> httpUrl() {
        return runtime.state().http();
    }

    /** The identifier of the cluster that the node belongs to, once it knows it. */
    public Optional<String> cluster() {
        return runtime.state().cluster();
    }

    /**
     * Why seeds of this node can't be its peers, one sentence each: they belong to another cluster, have this node's name, or another
     * number of partitions. Empty when all is well.
     */
    public List<String> refusals() {
        return runtime.state().refusals();
    }

    /** The actor system the node runs in. */
    public ActorSystem<?> system() {
        return system;
    }

    /** Waits until the node is ready; whether it is. */
    public boolean awaitReady(Duration patience) {
        long deadline = System.nanoTime() + patience.toNanos();
        List<String> obstacles = node().obstacles();
        while (!obstacles.isEmpty() && System.nanoTime() - deadline < 0) {
            pause();
            obstacles = node().obstacles();
        }
        if (!obstacles.isEmpty()) {
            LOG.warn("not ready yet: {}", String.join("; ", obstacles));
        }
        return obstacles.isEmpty();
    }

    /** Leaves the cluster and closes the store; with it the actor system, unless the application has made that. */
    @Override
    public void close() {
        if (ownsSystem) {
            system.terminate();
            await(system.getWhenTerminated().toCompletableFuture(), CLOSING);
        } else {
            await(runtime.stop().toCompletableFuture(), CLOSING);
        }
    }

    /**
     * Ends the node as a killed process would: nothing is flushed, nobody is told, no clean stop is recorded. For demonstrations
     * and tests of what remains then.
     */
    public void halt() {
        if (ownsSystem) {
            // An orderly termination would leave the cluster first; no public way skips that.
            ((ActorSystemImpl) system.classicSystem()).abort();
            await(system.getWhenTerminated().toCompletableFuture(), CLOSING);
        }
        runtime.abandon();
    }

    private static ActorSystem<Void> newSystem(EntenteSettings settings) {
        ActorSystemSetup setup =
                NodeTls.setup(ActorSystemSetup.create(BootstrapSetup.create(settings.akkaConfig())), settings);
        try {
            return ActorSystem.create(Behaviors.empty(), SYSTEM, setup);
        } catch (RuntimeException e) {
            throw BindFailure.explain(e, settings);
        }
    }

    private static void await(CompletableFuture<?> end, Duration patience) {
        try {
            end.get(patience.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            LOG.warn("the node did not end within {} s", patience.toSeconds());
        } catch (ExecutionException | CompletionException e) {
            LOG.warn("the node did not end well", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static void pause() {
        try {
            TimeUnit.MILLISECONDS.sleep(20);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while the node starts", e);
        }
    }

    /** Completes when the actor system has ended. */
    public CompletionStage<Done> whenTerminated() {
        return system.getWhenTerminated();
    }
}
