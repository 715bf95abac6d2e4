package io.entente.cluster.routing;

import io.entente.cluster.replica.Partitions;
import io.entente.conflict.version.Origin;
import io.entente.conflict.version.VersionVector;
import io.entente.core.bytes.Bytes;
import io.entente.core.codec.OriginCodec;
import io.entente.core.codec.OriginPool;
import io.entente.core.codec.SiblingsCodec;
import io.entente.core.codec.StoreKeys;
import io.entente.core.effect.Effect;
import io.entente.core.effect.Reply;
import io.entente.core.effect.Step;
import io.entente.core.event.Event;
import io.entente.core.event.Event.PeersChanged;
import io.entente.core.event.Event.Ticked;
import io.entente.core.event.Event.WriteRequested;
import io.entente.core.event.Now;
import io.entente.core.event.RequestId;
import io.entente.core.message.NodeId;
import io.entente.core.message.Registration;
import io.entente.core.record.RecordKey;
import io.entente.core.record.Siblings;
import io.entente.core.replica.Limits;
import io.entente.core.replica.Replica;
import io.entente.core.replica.ReplicaSettings;
import io.entente.core.replica.Start;
import io.entente.core.replica.Start.Standing;
import io.entente.core.replica.Timing;
import io.entente.core.store.Scan;
import io.entente.core.store.Table;
import io.entente.core.store.memory.MemoryStore;
import io.entente.core.topology.TopologyPlan;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;
import java.util.function.Function;

/**
 * A real replica of the only partition, in memory and without peers, behind a router: requests are answered as a node of a
 * cluster of one answers them. Time passes by ticks every few milliseconds until it is closed.
 */
public final class SingleReplicaRouter implements Router, AutoCloseable {

    private static final NodeId SELF = new NodeId("eu", "eu-1");
    private static final long TICK_MILLIS = 5;

    private final MemoryStore store = new MemoryStore();
    private final StoreKeys keys = new StoreKeys(0);
    private final SiblingsCodec siblings = new SiblingsCodec(new OriginCodec(new OriginPool()));
    private final Map<RequestId, CompletableFuture<Reply>> open = new LinkedHashMap<>();
    private final ScheduledExecutorService thread = Executors.newSingleThreadScheduledExecutor(task -> {
        Thread ticking = new Thread(task, "single-replica");
        ticking.setDaemon(true);
        return ticking;
    });
    private final Replica replica;
    private volatile BiConsumer<List<RecordKey>, VersionVector> followers = (keys, upTo) -> {};
    private final ScheduledFuture<?> ticking;
    private long requests;

    /** The founder of a cluster, which answers at once. */
    public SingleReplicaRouter() {
        this(Standing.FOUNDED, Set.of(SELF.node()));
    }

    /** A replica of that standing, in a cluster of these members. */
    public SingleReplicaRouter(Standing standing, Set<String> members) {
        Start start =
                new Start(standing, new Origin(SELF.dataCenter(), SELF.node(), 1_000, 42), new Registration(1, 2), 3);
        ReplicaSettings settings =
                new ReplicaSettings(SELF, 0, members, TopologyPlan.allToAll(), Timing.defaults(), Limits.defaults());
        replica = Replica.recover(settings, store, start, now());
        ticking = thread.scheduleAtFixedRate(() -> step(new Ticked()), 0, TICK_MILLIS, TimeUnit.MILLISECONDS);
    }

    /** There is another copy, at a node that is never heard. */
    public void hasSilentPeer(NodeId peer) {
        thread.execute(() -> step(new PeersChanged(Set.of(SELF, peer))));
    }

    /** Has somebody told from now on of what changes. */
    public void follow(BiConsumer<List<RecordKey>, VersionVector> follower) {
        followers = follower;
    }

    @Override
    public int partitions() {
        return 1;
    }

    @Override
    public int partitionOf(String key) {
        return 0;
    }

    @Override
    public CompletionStage<Reply> write(Write request) {
        return ask(id -> new WriteRequested(
                id,
                request.key(),
                request.payload(),
                request.condition(),
                request.concern(),
                request.timeout(),
                request.isKept(),
                request.atLeast()));
    }

    @Override
    public CompletionStage<Reply> read(Read request) {
        return ask(id -> request.terms().request(id, request.key()));
    }

    @Override
    public CompletionStage<Reply> parts(PartsRead request) {
        return ask(id -> request.terms().request(id, request.key()))
                .thenCompose(reply -> reply instanceof Reply.Found
                        ? new PartsReading(store, UnderWay.atReplicas(1), thread).read(0, request)
                        : CompletableFuture.completedStage(reply));
    }

    @Override
    public CompletionStage<Listing> list(ListRequest request) {
        return CompletableFuture.supplyAsync(
                () -> request.mergeable() ? new ValueListing(store, Partitions.all(1)).list(request) : listNow(request),
                thread);
    }

    private Listing listNow(ListRequest request) {
        List<Listed> records = new ArrayList<>();
        Bytes prefix = keys.inMap(request.map(), request.prefix());
        Bytes first = request.after()
                .map(after -> keys.inMap(request.map(), after + "\0"))
                .orElse(prefix);
        Bytes from = first.compareTo(prefix) < 0 ? prefix : first;
        try (Scan scan = store.scan(Table.RECORD, from, StoreKeys.successor(prefix))) {
            while (scan.advance()) {
                Siblings content = siblings.decode(scan.value());
                if (content.isAbsent()) {
                    continue;
                }
                if (records.size() == request.limit()) {
                    return new Listing(
                            records, Optional.of(records.get(records.size() - 1).key()));
                }
                records.add(new Listed(StoreKeys.recordOf(scan.key()).key(), content));
            }
        }
        return new Listing(records, Optional.empty());
    }

    private CompletionStage<Reply> ask(Function<RequestId, Event> event) {
        CompletableFuture<Reply> reply = new CompletableFuture<>();
        thread.execute(() -> {
            RequestId id = new RequestId(++requests);
            open.put(id, reply);
            step(event.apply(id));
        });
        return reply;
    }

    private void step(Event event) {
        Step step = replica.step(now(), List.of(event));
        store.commit(step.durable());
        step.then().forEach(effect -> effect.perform(new Answers()));
    }

    private static Now now() {
        return new Now(System.currentTimeMillis(), System.nanoTime());
    }

    @Override
    public void close() {
        ticking.cancel(false);
        thread.shutdownNow();
    }

    private final class Answers implements Effect.Interpreter {

        @Override
        public void send(Effect.Send effect) {
            // There is nobody else.
        }

        @Override
        public void answer(Effect.Answer effect) {
            Objects.requireNonNull(open.remove(effect.request()), "an open request")
                    .complete(effect.reply());
        }

        @Override
        public void publish(Effect.Publish effect) {
            followers.accept(effect.keys(), effect.upTo());
        }

        @Override
        public void nameLeader(Effect.NameLeader effect) {}

        @Override
        public void comeBack(Effect.ComeBack effect) {}

        @Override
        public void comeBackWhenSpare(Effect.ComeBackWhenSpare effect) {}

        @Override
        public void tell(Effect.Tell effect) {
            // Nobody listens.
        }
    }
}
