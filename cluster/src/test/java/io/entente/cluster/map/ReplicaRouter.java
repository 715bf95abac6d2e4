package io.entente.cluster.map;

import io.entente.cluster.routing.Partitioning;
import io.entente.cluster.routing.Router;
import io.entente.conflict.version.Origin;
import io.entente.core.effect.Effect;
import io.entente.core.effect.Reply;
import io.entente.core.effect.Step;
import io.entente.core.event.Event;
import io.entente.core.event.Event.MessageReceived;
import io.entente.core.event.Event.PeersChanged;
import io.entente.core.event.Event.Ticked;
import io.entente.core.event.Event.WriteRequested;
import io.entente.core.event.Now;
import io.entente.core.event.RequestId;
import io.entente.core.message.NodeId;
import io.entente.core.message.Registration;
import io.entente.core.record.RecordKey;
import io.entente.core.record.Siblings;
import io.entente.core.replica.CommittedParts;
import io.entente.core.replica.Limits;
import io.entente.core.replica.Replica;
import io.entente.core.replica.ReplicaSettings;
import io.entente.core.replica.Start;
import io.entente.core.replica.Start.Standing;
import io.entente.core.replica.Timing;
import io.entente.core.store.memory.MemoryStore;
import io.entente.core.topology.TopologyPlan;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * The replicas of one data center, for real, on stores in memory; two of these exchange entries when told to. Time stands still but
 * when told to pass. Each is guarded by one lock for the pair.
 */
final class ReplicaRouter implements Router {

    private static final int PARTITIONS = 4;
    private static final Object LOCK = new Object();

    private final NodeId self;
    private final Partitioning partitioning = new Partitioning(PARTITIONS);
    private final List<Site> sites = new ArrayList<>();
    private final Map<RequestId, CompletableFuture<Reply>> open = new HashMap<>();
    private final List<Sent> outgoing = new ArrayList<>();
    private final TreeMap<String, RecordKey> written = new TreeMap<>();
    private long requests;
    private long nanos;

    private record Site(MemoryStore store, Replica replica) {}

    private record Sent(int partition, Effect.Send send) {}

    ReplicaRouter(String dataCenter, Standing standing, long random) {
        self = new NodeId(dataCenter, dataCenter + "-1");
        for (int partition = 0; partition < PARTITIONS; partition++) {
            Origin incarnation = new Origin(dataCenter, self.node(), 1_000 + random, random);
            Start start = new Start(standing, incarnation, new Registration(random, partition), random);
            ReplicaSettings settings = new ReplicaSettings(
                    self, partition, Set.of(), TopologyPlan.allToAll(), Timing.defaults(), Limits.defaults());
            MemoryStore store = new MemoryStore();
            sites.add(new Site(store, Replica.recover(settings, store, start, now())));
            step(partition);
        }
    }

    /** One data center alone. */
    static ReplicaRouter alone() {
        return new ReplicaRouter("eu", Standing.FOUNDED, 1);
    }

    /** Lets time pass, for both, until what each has has reached the other. */
    static void exchange(ReplicaRouter a, ReplicaRouter b) {
        synchronized (LOCK) {
            for (int round = 0; round < 60; round++) {
                a.pass(b);
                b.pass(a);
                while (!a.outgoing.isEmpty() || !b.outgoing.isEmpty()) {
                    a.deliverTo(b);
                    b.deliverTo(a);
                }
            }
        }
    }

    private void pass(ReplicaRouter peer) {
        nanos += Duration.ofMillis(100).toNanos();
        for (int partition = 0; partition < PARTITIONS; partition++) {
            step(partition, new PeersChanged(Set.of(peer.self)), new Ticked());
        }
    }

    /** Has it know of another one's copies, and hear nothing of them. */
    void knows(ReplicaRouter peer) {
        synchronized (LOCK) {
            for (int partition = 0; partition < PARTITIONS; partition++) {
                step(partition, new PeersChanged(Set.of(peer.self)));
            }
        }
    }

    /** Lets so much time pass here. */
    void pass(Duration time) {
        synchronized (LOCK) {
            nanos += time.toNanos();
            for (int partition = 0; partition < PARTITIONS; partition++) {
                step(partition, new Ticked());
            }
        }
    }

    private void deliverTo(ReplicaRouter peer) {
        List<Sent> now = List.copyOf(outgoing);
        outgoing.clear();
        now.forEach(sent -> peer.step(sent.partition, new MessageReceived(self, sent.send.message())));
    }

    @Override
    public int partitions() {
        return PARTITIONS;
    }

    @Override
    public int partitionOf(String key) {
        return partitioning.of(key);
    }

    @Override
    public CompletionStage<Reply> write(Write request) {
        synchronized (LOCK) {
            written.put(request.key().toString(), request.key());
            RequestId id = new RequestId(++requests);
            return ask(
                    request.key(),
                    id,
                    new WriteRequested(
                            id,
                            request.key(),
                            request.payload(),
                            request.condition(),
                            request.concern(),
                            request.timeout(),
                            request.isKept(),
                            request.atLeast()));
        }
    }

    @Override
    public CompletionStage<Reply> read(Read request) {
        synchronized (LOCK) {
            RequestId id = new RequestId(++requests);
            return ask(request.key(), id, request.terms().request(id, request.key()));
        }
    }

    @Override
    public CompletionStage<Reply> parts(PartsRead request) {
        int partition = partitionOf(request.key().key());
        return read(new Read(request.key(), request.terms()))
                .thenApply(reply -> reply instanceof Reply.Found
                        ? found(new CommittedParts(sites.get(partition).store, partition), request)
                        : reply);
    }

    private static Reply found(CommittedParts committed, PartsRead request) {
        return new Reply.FoundParts(
                request.part()
                        .map(part -> committed.readPart(request.key(), part))
                        .orElseGet(() -> committed
                                .read(request.key(), request.mostBytes())
                                .orElseThrow()),
                committed.applied());
    }

    /** What was written here, and is there still. */
    @Override
    public CompletionStage<Listing> list(ListRequest request) {
        List<Listed> all = written.values().stream()
                .filter(key -> key.map().equals(request.map()) && key.key().startsWith(request.prefix()))
                .filter(key -> request.after()
                        .map(after -> key.key().compareTo(after) > 0)
                        .orElse(true))
                .sorted(Comparator.comparing(RecordKey::key))
                .map(key -> new Listed(key.key(), siblings(key)))
                .filter(listed -> !listed.siblings().isAbsent())
                .toList();
        boolean more = all.size() > request.limit();
        List<Listed> page = more ? all.subList(0, request.limit()) : all;
        return CompletableFuture.completedStage(new Listing(
                page, more ? Optional.of(page.get(page.size() - 1).key()) : Optional.empty()));
    }

    private Siblings siblings(RecordKey key) {
        Read read = new Read(key, io.entente.conflict.version.VersionVector.empty(), Duration.ofSeconds(1));
        return ((Reply.Found) read(read).toCompletableFuture().join()).siblings();
    }

    private CompletionStage<Reply> ask(RecordKey key, RequestId id, Event event) {
        CompletableFuture<Reply> reply = new CompletableFuture<>();
        open.put(id, reply);
        step(partitionOf(key.key()), event);
        return reply;
    }

    private void step(int partition, Event... events) {
        Site site = sites.get(partition);
        Step step = site.replica.step(now(), List.of(events));
        site.store.commit(step.durable());
        step.then()
                .forEach(effect -> effect.perform(new Effect.Interpreter() {
                    @Override
                    public void send(Effect.Send send) {
                        outgoing.add(new Sent(partition, send));
                    }

                    @Override
                    public void answer(Effect.Answer answer) {
                        java.util.Objects.requireNonNull(open.remove(answer.request()))
                                .complete(answer.reply());
                    }

                    @Override
                    public void nameLeader(Effect.NameLeader effect) {}

                    @Override
                    public void comeBack(Effect.ComeBack effect) {}

                    @Override
                    public void comeBackWhenSpare(Effect.ComeBackWhenSpare effect) {}

                    @Override
                    public void tell(Effect.Tell tell) {
                        if (tell.severity() == Effect.Severity.ALARM) {
                            throw new AssertionError(tell.text());
                        }
                    }
                }));
    }

    private Now now() {
        return new Now(1_000_000 + nanos / 1_000_000, nanos);
    }
}
