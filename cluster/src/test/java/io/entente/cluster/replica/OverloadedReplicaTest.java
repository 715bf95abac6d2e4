package io.entente.cluster.replica;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import akka.actor.testkit.typed.javadsl.ActorTestKit;
import akka.actor.typed.ActorRef;
import akka.actor.typed.ActorRefResolver;
import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import io.entente.cluster.map.Codec;
import io.entente.cluster.map.Found;
import io.entente.cluster.map.MapAccess;
import io.entente.cluster.map.MapCatalog;
import io.entente.cluster.map.Maps;
import io.entente.cluster.map.NotAppliedException;
import io.entente.cluster.map.ReplicatedMap;
import io.entente.cluster.map.Written;
import io.entente.cluster.routing.LocalRouter;
import io.entente.cluster.routing.Outcome;
import io.entente.cluster.settings.DataLimits;
import io.entente.cluster.settings.EntenteSettings;
import io.entente.conflict.version.Origin;
import io.entente.core.event.Now;
import io.entente.core.message.NodeId;
import io.entente.core.message.Registration;
import io.entente.core.message.ReplicationMode;
import io.entente.core.replica.Limits;
import io.entente.core.replica.Replica;
import io.entente.core.replica.ReplicaSettings;
import io.entente.core.replica.Start;
import io.entente.core.replica.Timing;
import io.entente.core.topology.TopologyPlan;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentSkipListMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Ten times as many requests as a partition takes, from code, while its disk stands still. */
@Timeout(180)
class OverloadedReplicaTest {

    /** What one partition takes; see UnderWay. */
    private static final int TAKEN = 4_096;

    private static final int ASKED = 10 * TAKEN;
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final NodeId SELF = new NodeId("eu", "eu-1");
    private static final Config CONFIG =
            ConfigFactory.parseString("akka.loglevel = OFF").withFallback(ConfigFactory.load());

    private final ActorTestKit kit = ActorTestKit.create(CONFIG);
    private final GatedStore store = new GatedStore();
    private final GroupCommit commits = new GroupCommit(store, "eu-1", 8);
    private final SortedMap<Integer, ActorRef<Object>> replicas = new ConcurrentSkipListMap<>();
    private final LocalRouter router = new LocalRouter(
            1,
            () -> replicas,
            partition -> Optional.empty(),
            store,
            kit.system().executionContext());

    @AfterEach
    void close() {
        store.release();
        commits.close();
        kit.shutdownTestKit();
    }

    @Test
    void whatIsTooMuchIsRefusedAsNotAppliedAndTheRestAnsweredWhenTheDiskComesBack() {
        start();
        ReplicatedMap<String> map = new Maps(
                        new MapAccess(
                                router, DataLimits.defaults(), kit.system().executionContext()),
                        new MapCatalog(EntenteSettings.from(CONFIG)))
                .map("m", Codec.utf8());
        map.put("first", "written").toCompletableFuture().join();

        store.hold();
        int commitsBefore = store.commits();
        List<CompletableFuture<Written>> asked = new ArrayList<>();
        for (int i = 0; i < ASKED; i++) {
            asked.add(map.put("k" + i, "v").toCompletableFuture());
        }
        await().atMost(PATIENCE).until(() -> undone(asked) == TAKEN);
        List<CompletableFuture<Written>> refused =
                asked.stream().filter(CompletableFuture::isDone).toList();
        assertThat(refused).allSatisfy(OverloadedReplicaTest::isOverload);

        store.release();
        await().atMost(PATIENCE).until(() -> undone(asked) == 0);
        assertThat(asked).filteredOn(each -> !each.isCompletedExceptionally()).hasSize(TAKEN);
        assertThat(store.commits() - commitsBefore)
                .as("those that waited were committed by the step, not one by one")
                .isLessThan(TAKEN / 100);

        map.put("last", "written").toCompletableFuture().join();
        assertThat(map.get("last").toCompletableFuture().join()).isInstanceOf(Found.Value.class);
        for (int i = 0; i < ASKED; i += 97) {
            boolean accepted = !asked.get(i).isCompletedExceptionally();
            assertThat(map.get("k" + i).toCompletableFuture().join())
                    .isInstanceOf(accepted ? Found.Value.class : Found.Absent.class);
        }
    }

    private static long undone(List<CompletableFuture<Written>> asked) {
        return asked.stream().filter(each -> !each.isDone()).count();
    }

    private static void isOverload(CompletableFuture<Written> refused) {
        try {
            throw new AssertionError("accepted: " + refused.join());
        } catch (CompletionException failure) {
            assertThat(failure.getCause()).isInstanceOfSatisfying(NotAppliedException.class, why -> {
                assertThat(why.reason()).isEqualTo(NotAppliedException.Reason.OVERLOADED);
                assertThat(why.outcome()).isEqualTo(Outcome.NOT_APPLIED);
            });
        }
    }

    private void start() {
        ReplicaSettings settings = new ReplicaSettings(
                SELF, 0, Set.of("eu-1"), TopologyPlan.allToAll(), Timing.defaults(), Limits.defaults());
        Start start = new Start(Start.Standing.FOUNDED, new Origin("eu", "eu-1", 1_000, 42), new Registration(1, 2), 3);
        ReplicaShell.Surroundings surroundings = new ReplicaShell.Surroundings(
                commits,
                new AddressBook(ActorRefResolver.get(kit.system())),
                new LinkFaults("eu", Duration.ZERO),
                new DelayLine("eu-1"),
                () -> new Now(System.currentTimeMillis(), System.nanoTime()),
                Duration.ofMillis(50),
                new SpareTime(100, System::nanoTime),
                new ReplicaShell.Observer() {
                    @Override
                    public void conflictSeen() {}

                    @Override
                    public void leaderIs(int partition, Optional<NodeId> leader, ReplicationMode mode) {}

                    @Override
                    public void storeFailed(Throwable failure) {
                        throw new AssertionError(failure);
                    }

                    @Override
                    public void halted(int partition, Throwable failure) {
                        throw new AssertionError(failure);
                    }
                });
        replicas.put(
                0,
                kit.spawn(ReplicaActor.behavior(
                        new ReplicaShell(Sender.of(SELF, 0, "test"), surroundings),
                        () -> Replica.recover(settings, store, start, new Now(1, 1)))));
    }
}
