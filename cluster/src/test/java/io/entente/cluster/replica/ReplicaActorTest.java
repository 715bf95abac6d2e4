package io.entente.cluster.replica;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import akka.actor.testkit.typed.javadsl.ActorTestKit;
import akka.actor.typed.ActorRef;
import akka.actor.typed.ActorRefResolver;
import com.typesafe.config.ConfigFactory;
import io.entente.cluster.routing.LocalRouter;
import io.entente.cluster.routing.Outcome;
import io.entente.cluster.routing.RequestFailedException;
import io.entente.cluster.routing.Router;
import io.entente.cluster.serialization.PeerEnvelope;
import io.entente.conflict.clock.HybridTimestamp;
import io.entente.conflict.version.Dot;
import io.entente.conflict.version.Origin;
import io.entente.conflict.version.VersionVector;
import io.entente.core.bytes.ByteWriter;
import io.entente.core.bytes.Bytes;
import io.entente.core.codec.OriginCodec;
import io.entente.core.codec.OriginPool;
import io.entente.core.codec.PeerMessageCodec;
import io.entente.core.codec.SiblingsCodec;
import io.entente.core.codec.StoreKeys;
import io.entente.core.effect.Reply;
import io.entente.core.event.Now;
import io.entente.core.event.WriteCondition;
import io.entente.core.message.NodeId;
import io.entente.core.message.PeerMessage;
import io.entente.core.message.Registration;
import io.entente.core.message.ReplicationMode;
import io.entente.core.message.SubscriptionId;
import io.entente.core.mode.WriteConcern;
import io.entente.core.record.Payload;
import io.entente.core.record.RecordKey;
import io.entente.core.record.Sibling;
import io.entente.core.record.Siblings;
import io.entente.core.replica.Limits;
import io.entente.core.replica.Replica;
import io.entente.core.replica.ReplicaSettings;
import io.entente.core.replica.ReplicaStatus;
import io.entente.core.replica.Start;
import io.entente.core.replica.Timing;
import io.entente.core.store.Table;
import io.entente.core.store.WriteBatch;
import io.entente.core.store.memory.CommitFault;
import io.entente.core.topology.Copies;
import io.entente.core.topology.TopologyPlan;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The shell around a real replica: what leaves it when, and that every request is answered whatever happens. */
@Timeout(120)
class ReplicaActorTest {

    private static final NodeId SELF = new NodeId("eu", "eu-1");
    private static final Sender SENDER = Sender.of(SELF, 0, "test");

    /** How many a snapshot has. */
    private static final int ROWS = 300;

    private static ActorTestKit kit = ActorTestKit.create(ConfigFactory.parseString("akka.loglevel = OFF"));

    private final GatedStore store = new GatedStore();
    private final GroupCommit commits = new GroupCommit(store, "eu-1", 8);
    private final List<String> failures = new CopyOnWriteArrayList<>();
    private final List<ActorRef<Object>> replicas = new CopyOnWriteArrayList<>();
    private final LocalRouter router = new LocalRouter(
            1,
            this::byPartition,
            partition -> Optional.empty(),
            store,
            kit.system().executionContext());
    private int spareShare = 100;
    private volatile Supplier<Now> clock = () -> new Now(System.currentTimeMillis(), System.nanoTime());

    @BeforeAll
    static void open() {
        assertThat(kit.system()).isNotNull();
    }

    @AfterAll
    static void shutDown() {
        kit.shutdownTestKit();
    }

    @AfterEach
    void close() {
        store.release();
        commits.close();
    }

    @Test
    void aWriteIsAnsweredAfterItsCommitAndNotBefore() {
        start();
        store.hold();
        CompletableFuture<Reply> written = write("k");
        store.awaitCommit();
        assertThat(written).isNotDone();
        store.release();
        assertThat(join(written)).isInstanceOf(Reply.Written.class);
    }

    @Test
    void whatAReplicaSaysOfItselfIsCommitted() {
        start();
        store.hold();
        CompletableFuture<Reply> written = write("k");
        store.awaitCommit();
        CompletableFuture<ReplicaStatus> status = ask();
        CompletableFuture<ReplicaStatus> another = ask();
        assertThat(status).isNotDone();
        store.release();
        assertThat(join(written)).isInstanceOf(Reply.Written.class);
        assertThat(join(status).applied().total()).isEqualTo(1);
        assertThat(join(another).applied().total()).isEqualTo(1);
    }

    @Test
    void afterAFailedCommitWritesAreRefusedAndReadsGoOn() {
        start();
        join(write("before"));
        store.hold();
        CompletableFuture<Reply> failing = write("failing");
        store.awaitCommit();
        List<CompletableFuture<Reply>> waiting = new ArrayList<>(List.of(write("a"), write("b"), read("before")));
        store.memory().failNextCommit(CommitFault.LOSES_THE_BATCH);
        store.release();
        assertThat(outcome(failing)).isEqualTo(Outcome.UNKNOWN);
        waiting.forEach(reply -> assertThat(outcome(reply)).isIn(Outcome.UNKNOWN, Outcome.NOT_APPLIED));
        assertThat(outcome(write("later"))).isEqualTo(Outcome.NOT_APPLIED);
        assertThat(failures).containsExactly("store");
        assertThat(versions(join(read("before")))).isEqualTo(1);
        assertThat(versions(join(read("failing")))).isZero();
    }

    @Test
    void aReplicaThatThrowsHaltsLoudlyAndAnswersEveryRequest() {
        start();
        join(write("before"));
        store.hold();
        CompletableFuture<Reply> underWay = write("k");
        store.awaitCommit();
        CompletableFuture<Reply> waiting = write("l");
        clock = () -> {
            throw new IllegalStateException("injected");
        };
        store.release();
        assertThat(join(underWay)).isInstanceOf(Reply.Written.class);
        assertThat(outcome(waiting)).isEqualTo(Outcome.UNKNOWN);
        assertThat(outcome(write("later"))).isEqualTo(Outcome.NOT_APPLIED);
        assertThat(outcome(read("before"))).isEqualTo(Outcome.NOT_APPLIED);
        assertThat(failures).containsExactly("halted 0");
    }

    @Test
    void aReplicaThatCantBeRecoveredRefusesEveryRequest() {
        replicas.add(kit.spawn(ReplicaActor.behavior(new ReplicaShell(SENDER, surroundings()), () -> {
            throw new IllegalStateException("injected");
        })));
        assertThat(outcome(write("k"))).isEqualTo(Outcome.NOT_APPLIED);
        assertThat(ask()).failsWithin(Duration.ofSeconds(30));
        assertThat(failures).containsExactly("halted 0");
    }

    @Test
    void stoppingWaitsForTheCommitUnderWayAndAnswersTheRest() {
        start();
        store.hold();
        CompletableFuture<Reply> underWay = write("k");
        store.awaitCommit();
        CompletableFuture<Reply> waiting = write("l");
        CompletableFuture<Void> stopped = new CompletableFuture<>();
        replicas.get(0).tell(new ReplicaCommand.Stop(stopped));
        CompletableFuture<Reply> late = write("m");
        assertThat(stopped).isNotDone();
        store.release();
        join(stopped);
        assertThat(join(underWay)).isInstanceOf(Reply.Written.class);
        assertThat(outcome(waiting)).isEqualTo(Outcome.UNKNOWN);
        router.close();
        assertThat(outcome(late)).isNotNull();
    }

    @Test
    void aRequestToAReplicaThatIsGoneIsAnsweredWhenTheRouterCloses() {
        start();
        CompletableFuture<Void> stopped = new CompletableFuture<>();
        replicas.get(0).tell(new ReplicaCommand.Stop(stopped));
        join(stopped);
        CompletableFuture<Reply> lost = write("k");
        router.close();
        assertThat(outcome(lost)).isEqualTo(Outcome.UNKNOWN);
        assertThat(outcome(write("l"))).isEqualTo(Outcome.NOT_APPLIED);
    }

    @Test
    void moreRequestsThanTheLimitAreRefusedAtOnceAndLeaveRoomWhenAnswered() {
        start();
        store.hold();
        List<CompletableFuture<Reply>> taken = new ArrayList<>();
        for (int i = 0; i < 4_096; i++) {
            taken.add(write("k" + i));
        }
        CompletableFuture<Reply> refused = write("one too many");
        assertThat(refused).isCompletedExceptionally();
        assertThat(outcome(refused)).isEqualTo(Outcome.NOT_APPLIED);
        store.release();
        taken.forEach(reply -> assertThat(join(reply)).isInstanceOf(Reply.Written.class));
        assertThat(join(write("again"))).isInstanceOf(Reply.Written.class);
    }

    @Test
    void moreBytesThanTheLimitAreRefused() {
        start();
        store.hold();
        List<CompletableFuture<Reply>> replies = new ArrayList<>();
        Bytes large = Bytes.wrap(new byte[16 << 20]);
        for (int i = 0; i < 5; i++) {
            replies.add(write("large" + i, large));
        }
        assertThat(outcome(replies.get(4))).isEqualTo(Outcome.NOT_APPLIED);
        store.release();
        replies.subList(0, 4).forEach(reply -> assertThat(join(reply)).isInstanceOf(Reply.Written.class));
    }

    @Test
    void aFloodFromNobodysPeerIsDropped() {
        start();
        join(write("k"));
        ActorRef<Object> replica = replicas.get(0);
        Bytes garbage = Bytes.wrap(new byte[100]);
        for (int i = 0; i < 10_000; i++) {
            replica.tell(new PeerEnvelope(7, new NodeId("xx", "x" + i), i, 0, 2, garbage));
            replica.tell(new PeerEnvelope(SENDER.cluster(), new NodeId("xx", "x" + i), i, 0, 1, garbage));
        }
        await().atMost(Duration.ofSeconds(60))
                .untilAsserted(() -> assertThat(versions(join(read("k")))).isEqualTo(1));
        assertThat(failures).isEmpty();
    }

    /** Two processors' time: work for spare time then needs no pauses. */
    @Test
    void whoMergesASnapshotWithoutAPauseAnswersClientsBetween() {
        spareShare = 200;
        stageASnapshot();
        store.hold();
        start(ofOneRowAtATime());
        store.awaitCommit();
        CompletableFuture<Integer> commits = write("k").thenApply(written -> store.commits());
        store.release();
        assertThat(join(commits)).isLessThan(ROWS / 10);
    }

    @Test
    void whoSendsASnapshotWithoutAPauseHearsWhatClientsAskMeanwhile() {
        spareShare = 200;
        start(ofOneRowAtATime());
        for (int i = 0; i < ROWS; i++) {
            join(write("k" + i));
        }
        AtomicInteger steps = new AtomicInteger();
        clock = () -> {
            steps.incrementAndGet();
            return new Now(System.currentTimeMillis(), System.nanoTime());
        };
        store.hold();
        // The second one is asked as soon as the first is answered, by the actor's own thread: before it takes its next
        // step.
        CompletableFuture<Integer> second = write("first").thenCompose(written -> {
            steps.set(0);
            return write("second").thenApply(also -> steps.get());
        });
        store.awaitCommit();
        NodeId us = new NodeId("us", "us-1");
        replicas.get(0).tell(new ReplicaCommand.Peers(Copies.of(List.of(SELF, us))));
        PeerMessage wanted = new PeerMessage.WantSnapshot(new SubscriptionId(1, 1), Optional.empty(), Long.MAX_VALUE);
        replicas.get(0).tell(new PeerEnvelope(SENDER.cluster(), us, 1, 0, 1, PeerMessageCodec.encode(wanted)));
        store.release();
        assertThat(join(second)).isLessThan(ROWS / 10);
    }

    @Test
    void roomOnTheDiskMendsNoStoreThatFailedOtherwise() {
        start();
        join(write("before"));
        store.hold();
        CompletableFuture<Reply> failing = write("failing");
        store.awaitCommit();
        store.memory().failNextCommit(CommitFault.LOSES_THE_BATCH);
        store.release();
        assertThat(outcome(failing)).isEqualTo(Outcome.UNKNOWN);
        commits.goOn();
        replicas.get(0).tell(new ReplicaCommand.GoOn());
        assertThat(outcome(write("later"))).isEqualTo(Outcome.NOT_APPLIED);
    }

    @Test
    void whoWaitsForAFenceIsAnsweredThoughTheReplicaStops() {
        start();
        store.hold();
        CompletableFuture<Reply> underWay = write("k");
        store.awaitCommit();
        CompletableFuture<Void> fenced = new CompletableFuture<>();
        CompletableFuture<Void> stopped = new CompletableFuture<>();
        replicas.get(0).tell(new ReplicaCommand.Fence(fenced));
        replicas.get(0).tell(new ReplicaCommand.Stop(stopped));
        store.release();
        join(stopped);
        join(fenced);
        assertThat(join(underWay)).isInstanceOf(Reply.Written.class);
    }

    /** A whole snapshot, staged and not yet merged. */
    private void stageASnapshot() {
        StoreKeys keys = new StoreKeys(0);
        OriginCodec origins = new OriginCodec(new OriginPool());
        Origin us = new Origin("us", "us-1", 1_000, 7);
        WriteBatch batch = new WriteBatch()
                .put(
                        Table.META,
                        keys.joining(),
                        new ByteWriter()
                                .u8(2)
                                .bytes(Bytes.empty())
                                .varint(0)
                                .varint(ROWS)
                                .toBytes())
                .put(
                        Table.STAGING,
                        keys.staged(StoreKeys.placeOfMeta(keys.vector(us))),
                        new ByteWriter().varint(ROWS).toBytes());
        for (int i = 1; i <= ROWS; i++) {
            Sibling version =
                    new Sibling(new Dot(us, i), new HybridTimestamp(1_000, i), Payload.value(Bytes.utf8("v")));
            batch.put(
                    Table.STAGING,
                    keys.staged(StoreKeys.placeOfRecord(keys.record(new RecordKey("m", "staged" + i)))),
                    new SiblingsCodec(origins).encode(Siblings.of(version)));
        }
        store.memory().commit(batch);
    }

    private static Limits ofOneRowAtATime() {
        Limits defaults = Limits.defaults();
        return new Limits(
                defaults.creditBytes(),
                1,
                defaults.tailBytes(),
                defaults.earlyBytes(),
                defaults.cacheBytes(),
                defaults.waitingRequests(),
                defaults.siblings(),
                defaults.purgesPerTick(),
                defaults.journal(),
                1,
                defaults.retention());
    }

    private void start() {
        start(Limits.defaults());
    }

    private void start(Limits limits) {
        ReplicaSettings settings =
                new ReplicaSettings(SELF, 0, Set.of("eu-1"), TopologyPlan.allToAll(), Timing.defaults(), limits);
        Start start = new Start(Start.Standing.FOUNDED, new Origin("eu", "eu-1", 1_000, 42), new Registration(1, 2), 3);
        replicas.add(kit.spawn(ReplicaActor.behavior(
                new ReplicaShell(SENDER, surroundings()),
                () -> Replica.recover(settings, store, start, new Now(1, 1)))));
    }

    private ReplicaShell.Surroundings surroundings() {
        ReplicaShell.Observer told = new ReplicaShell.Observer() {
            @Override
            public void conflictSeen() {}

            @Override
            public void leaderIs(int partition, Optional<NodeId> leader, ReplicationMode mode) {}

            @Override
            public void storeFailed(Throwable failure) {
                failures.add("store");
            }

            @Override
            public void halted(int partition, Throwable failure) {
                failures.add("halted " + partition);
            }
        };
        return new ReplicaShell.Surroundings(
                commits,
                new AddressBook(ActorRefResolver.get(kit.system())),
                new LinkFaults("eu", Duration.ZERO),
                new DelayLine("eu-1"),
                () -> clock.get(),
                Duration.ofMillis(50),
                new SpareTime(spareShare, System::nanoTime),
                told);
    }

    private CompletableFuture<Reply> write(String key) {
        return write(key, Bytes.utf8("v"));
    }

    private CompletableFuture<Reply> write(String key, Bytes value) {
        return router.write(new Router.Write(
                        new RecordKey("m", key),
                        Payload.value(value),
                        WriteCondition.none(),
                        WriteConcern.async(),
                        Duration.ofSeconds(30)))
                .toCompletableFuture();
    }

    private CompletableFuture<Reply> read(String key) {
        return router.read(new Router.Read(new RecordKey("m", key), VersionVector.empty(), Duration.ofSeconds(30)))
                .toCompletableFuture();
    }

    private CompletableFuture<ReplicaStatus> ask() {
        CompletableFuture<ReplicaStatus> status = new CompletableFuture<>();
        replicas.get(0).tell(new ReplicaCommand.Ask(status));
        return status;
    }

    private static int versions(Reply reply) {
        return ((Reply.Found) reply).siblings().versions().size();
    }

    private static <T> T join(CompletableFuture<T> future) {
        return future.orTimeout(60, TimeUnit.SECONDS).join();
    }

    private SortedMap<Integer, ActorRef<Object>> byPartition() {
        SortedMap<Integer, ActorRef<Object>> running = new TreeMap<>();
        replicas.forEach(replica -> running.put(running.size(), replica));
        return running;
    }

    private static Outcome outcome(CompletableFuture<Reply> failed) {
        try {
            Reply reply = join(failed);
            throw new AssertionError("it was answered: " + reply);
        } catch (CompletionException e) {
            if (e.getCause() instanceof RequestFailedException failure) {
                return failure.outcome();
            }
            throw e;
        }
    }
}
