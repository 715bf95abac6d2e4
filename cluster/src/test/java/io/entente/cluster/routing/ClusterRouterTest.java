package io.entente.cluster.routing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import akka.actor.testkit.typed.javadsl.ActorTestKit;
import akka.actor.typed.ActorRef;
import akka.actor.typed.Behavior;
import akka.actor.typed.javadsl.Behaviors;
import com.typesafe.config.ConfigFactory;
import io.entente.cluster.replica.ReplicaCommand;
import io.entente.cluster.routing.Router.ListRequest;
import io.entente.cluster.routing.Router.Listed;
import io.entente.cluster.routing.Router.Listing;
import io.entente.cluster.routing.Router.PartsRead;
import io.entente.cluster.routing.Router.Read;
import io.entente.cluster.routing.Router.ReadTerms;
import io.entente.conflict.version.Origin;
import io.entente.conflict.version.VersionVector;
import io.entente.core.bytes.ByteWriter;
import io.entente.core.bytes.Bytes;
import io.entente.core.codec.StoreKeys;
import io.entente.core.effect.Reply;
import io.entente.core.effect.Reply.Refusal;
import io.entente.core.event.Event;
import io.entente.core.event.RequestId;
import io.entente.core.event.WriteCondition;
import io.entente.core.message.NodeId;
import io.entente.core.mode.ReadConcern;
import io.entente.core.mode.WriteConcern;
import io.entente.core.record.Payload;
import io.entente.core.record.RecordKey;
import io.entente.core.record.Siblings;
import io.entente.core.store.Table;
import io.entente.core.store.WriteBatch;
import io.entente.core.store.memory.MemoryStore;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** Whom a node asks: its own replica, who is ahead of it, the leader. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ClusterRouterTest {

    private static final NodeId LEADER = new NodeId("us", "us-1");
    private static final RecordKey KEY = new RecordKey("m", keyOf(0));
    private static final RecordKey ELSEWHERE = new RecordKey("m", keyOf(1));
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final VersionVector HERE = VersionVector.of(new Origin("eu", "eu-1", 1, 1), 7);

    private final ActorTestKit kit = ActorTestKit.create(ConfigFactory.parseString("akka.loglevel = OFF"));

    @AfterAll
    void shutDown() {
        kit.shutdownTestKit();
    }

    @Test
    void whoHasCaughtUpIsReadHere() {
        Node node = new Node();
        assertThat(node.read(ReadConcern.session())).isEqualTo(here());
        assertThat(node.neighbours.asked).isEmpty();
    }

    @Test
    void whoIsBehindIsNotReadAsLongAsSomebodyIsAhead() {
        Node node = new Node();
        node.neighbours.ahead = Optional.of(LEADER);
        assertThat(node.read(ReadConcern.session())).isEqualTo(Neighbours.nothing());
        assertThat(node.read(ReadConcern.quorum())).isEqualTo(Neighbours.nothing());
        assertThat(node.parts()).isEqualTo(Neighbours.nothing());
        assertThat(node.neighbours.asked).containsExactly("read us-1", "read us-1", "parts us-1");
    }

    @Test
    void whatIsHereIsReadForWhoAsksForThat() {
        Node node = new Node();
        node.neighbours.ahead = Optional.of(LEADER);
        assertThat(node.read(ReadConcern.local())).isEqualTo(here());
        assertThat(node.neighbours.asked).isEmpty();
    }

    @Test
    void whatIsHereIsReadWhenWhoIsAheadGivesNoAnswer() {
        Node node = new Node();
        node.neighbours.ahead = Optional.of(LEADER);
        node.neighbours.fail(Outcome.NOT_APPLIED, RequestFailedException.Cause.UNREACHABLE);
        assertThat(node.read(ReadConcern.session())).isEqualTo(here());
        assertThat(node.neighbours.asked).containsExactly("read us-1");
    }

    @Test
    void aListingOfWhatThisNodeIsBehindInIsAskedForWhereItIsAhead() {
        Node node = new Node();
        node.neighbours.ahead = Optional.of(LEADER);
        assertThat(node.list()).extracting(Listed::key).containsExactly("k@eu-2", "k@us-1");
        assertThat(node.neighbours.asked).containsExactlyInAnyOrder("list us-1 [0]", "list eu-2 [1]");
    }

    /** Half of its rows would have what the other half knows nothing of. */
    @Test
    void whileASnapshotIsMergedNeitherAPageNorPartsAreReadBesideTheReplica() {
        Node node = new Node();
        assertThat(node.list()).extracting(Listed::key).containsExactly("k@eu-2");
        assertThat(node.parts()).isInstanceOf(Reply.FoundParts.class);
        Bytes merging =
                new ByteWriter().u8(2).bytes(Bytes.empty()).varint(0).varint(1).toBytes();
        node.store.commit(new WriteBatch().put(Table.META, new StoreKeys(0).joining(), merging));
        for (Runnable reading : List.<Runnable>of(node::list, node::parts)) {
            assertThatThrownBy(reading::run)
                    .isInstanceOf(CompletionException.class)
                    .hasMessageContaining("merges a snapshot of partition 0")
                    .hasMessageContaining("try again in a moment")
                    .cause()
                    .isInstanceOfSatisfying(RequestFailedException.class, refused -> {
                        assertThat(refused.outcome()).isEqualTo(Outcome.NOT_APPLIED);
                        assertThat(refused.kind()).isEqualTo(RequestFailedException.Cause.NOT_RUNNING);
                    });
        }
        node.neighbours.ahead = Optional.of(LEADER);
        assertThat(node.list()).extracting(Listed::key).containsExactly("k@eu-2", "k@us-1");
        assertThat(node.parts()).isEqualTo(Neighbours.nothing());
    }

    @Test
    void aWriteWaitsUntilSomebodyLeadsAndIsAskedOnce() {
        Node node = new Node();
        node.neighbours.leader = Optional.empty();
        CompletableFuture<Reply> written = node.write(PATIENCE);
        assertThat(written).isNotDone();
        assertThat(node.neighbours.asked).isEmpty();
        node.neighbours.leader = Optional.of(LEADER);
        assertThat(join(written)).isEqualTo(Neighbours.nothing());
        assertThat(node.neighbours.asked).containsExactly("write us-1");
    }

    @Test
    void aWriteThatNobodyIsThereToTakeIsRefusedAtOnceUnlessAnElectionMayEndThat() {
        Node node = new Node();
        node.neighbours.leader = Optional.empty();
        node.neighbours.single = false;
        node.neighbours.holders = List.of();
        assertThat(node.write(ELSEWHERE, PATIENCE))
                .isCompletedExceptionally()
                .failsWithin(Duration.ZERO)
                .withThrowableThat()
                .havingCause()
                .isInstanceOfSatisfying(RequestFailedException.class, refused -> {
                    assertThat(refused.outcome()).isEqualTo(Outcome.NOT_APPLIED);
                    assertThat(refused.kind()).isEqualTo(RequestFailedException.Cause.UNREACHABLE);
                })
                .withMessageContaining("no node that holds partition 1 is in reach");
        node.neighbours.single = true;
        assertThat(node.write(ELSEWHERE, PATIENCE)).isNotDone();
        node.neighbours.single = false;
        node.neighbours.holders = List.of(Neighbours.MATE);
        assertThat(node.write(ELSEWHERE, PATIENCE)).isNotDone();
        node.neighbours.holders = List.of();
        assertThat(node.write(PATIENCE))
                .as("this node holds it, and its turn may come")
                .isNotDone();
        node.router.close();
    }

    @Test
    void whatWasRefusedForWantOfALeaderIsAskedAgainAndWhatWasAnsweredIsNot() {
        Node node = new Node();
        node.neighbours.leader = Optional.of(LEADER);
        node.neighbours.answer(refused(Refusal.NOT_LEADER));
        node.neighbours.answer(refused(Refusal.NO_LEADER));
        node.neighbours.fail(Outcome.NOT_APPLIED, RequestFailedException.Cause.NOT_RUNNING);
        assertThat(join(node.write(PATIENCE))).isEqualTo(Neighbours.nothing());
        assertThat(node.neighbours.asked).hasSize(4);
        node.neighbours.answer(refused(Refusal.PRECONDITION_FAILED));
        assertThat(join(node.write(PATIENCE))).isEqualTo(refused(Refusal.PRECONDITION_FAILED));
        assertThat(node.neighbours.asked).hasSize(5);
    }

    @Test
    void whoLeadsHereNoLongerAsksItselfAgainUntilItIsDecided() {
        Node node = new Node();
        node.refusals = 3;
        assertThat(join(node.write(PATIENCE))).isEqualTo(here());
        assertThat(node.heard).hasSize(4);
    }

    @Test
    void aWriteThatMayHaveArrivedIsNotAskedAgain() {
        Node node = new Node();
        node.neighbours.leader = Optional.of(LEADER);
        node.neighbours.fail(Outcome.UNKNOWN, RequestFailedException.Cause.UNREACHABLE);
        assertThatThrownBy(() -> join(node.write(PATIENCE)))
                .cause()
                .isInstanceOfSatisfying(
                        RequestFailedException.class,
                        unanswered -> assertThat(unanswered.outcome()).isEqualTo(Outcome.UNKNOWN));
        assertThat(node.neighbours.asked).containsExactly("write us-1");
    }

    @Test
    void nothingGoesAlongALinkThatIsCut() {
        Node node = new Node();
        node.cut = Optional.of("us");
        node.neighbours.leader = Optional.of(LEADER);
        node.neighbours.ahead = Optional.of(LEADER);
        assertThat(node.read(ReadConcern.session())).as("what is near").isEqualTo(here());
        assertThat(join(node.write(Duration.ofMillis(60)))).isInstanceOfSatisfying(Reply.Refused.class, refused -> {
            assertThat(refused.reason()).isEqualTo(Refusal.NO_LEADER);
            assertThat(refused.detail())
                    .contains("the link to node us/us-1 is cut")
                    .contains("mend it");
        });
        assertThat(node.neighbours.asked).isEmpty();
        CompletableFuture<Reply> written = node.write(PATIENCE);
        node.cut = Optional.empty();
        assertThat(join(written)).isEqualTo(Neighbours.nothing());
        node.router.close();
    }

    @Test
    void whenTheTimeIsOverTheRefusalSaysThatNobodyLeads() {
        Node node = new Node();
        node.neighbours.leader = Optional.empty();
        assertThat(join(node.write(Duration.ofMillis(60)))).isInstanceOfSatisfying(Reply.Refused.class, refused -> {
            assertThat(refused.reason()).isEqualTo(Refusal.NO_LEADER);
            assertThat(refused.detail()).contains("no leader of partition 0").contains("try again");
        });
        node.router.close();
    }

    @Test
    void aReadOfTheLeaderWaitsForNobodyWhoLeadsNoLonger() {
        Node node = new Node();
        node.neighbours.leader = Optional.of(LEADER);
        node.neighbours.keepSilent();
        CompletableFuture<Reply> read = node.reading(ReadConcern.leader());
        assertThat(node.neighbours.asked).containsExactly("read us-1");
        node.neighbours.leader = Optional.of(Neighbours.MATE);
        assertThat(join(read)).isEqualTo(Neighbours.nothing());
        assertThat(node.neighbours.asked).containsExactly("read us-1", "read eu-2");
    }

    @Test
    void whereNoSingleLeaderIsToBeAReadOfItIsRefusedAtOnce() {
        Node node = new Node();
        node.neighbours.single = false;
        node.refusals = 1;
        assertThat(node.read(ReadConcern.leader())).isEqualTo(refused(Refusal.NO_LEADER));
        assertThat(node.heard).hasSize(1);
    }

    @Test
    void whoWaitsWhenTheNodeEndsIsAnswered() {
        Node node = new Node();
        node.neighbours.leader = Optional.empty();
        CompletableFuture<Reply> written = node.write(PATIENCE);
        node.router.close();
        assertThatThrownBy(() -> join(written)).cause().isInstanceOf(RequestFailedException.class);
    }

    private static Reply refused(Refusal reason) {
        return new Reply.Refused(reason, "refused");
    }

    private static String keyOf(int partition) {
        Partitioning two = new Partitioning(2);
        return IntStream.range(0, 100)
                .mapToObj(i -> "k" + i)
                .filter(key -> two.of(key) == partition)
                .findFirst()
                .orElseThrow();
    }

    private static Reply here() {
        return new Reply.Found(Siblings.none(), HERE);
    }

    /** A node that holds the first of two partitions, in which all keys lie but {@link #ELSEWHERE}. */
    private final class Node {

        private final Neighbours neighbours = new Neighbours();
        private final MemoryStore store = new MemoryStore();
        private final List<Event> heard = new CopyOnWriteArrayList<>();
        private volatile int refusals;
        private volatile Optional<String> cut = Optional.empty();
        private final ClusterRouter router;

        private Node() {
            SortedMap<Integer, ActorRef<Object>> replicas = new TreeMap<>();
            replicas.put(0, kit.spawn(replica()));
            LocalRouter local = new LocalRouter(
                    2,
                    () -> replicas,
                    partition -> Optional.empty(),
                    store,
                    kit.system().executionContext());
            router = new ClusterRouter(
                    local,
                    neighbours,
                    new LinkedForwarding(neighbours, dataCenter -> cut.equals(Optional.of(dataCenter))),
                    kit.system().executionContext());
        }

        /** A replica that answers every read at once. */
        private Behavior<Object> replica() {
            return Behaviors.receive(Object.class)
                    .onMessage(ReplicaCommand.Request.class, request -> {
                        heard.add(request.event().apply(new RequestId(1)));
                        request.reply().complete(heard.size() > refusals ? here() : refused(Refusal.NO_LEADER));
                        return Behaviors.same();
                    })
                    .build();
        }

        private Reply read(ReadConcern concern) {
            return join(reading(concern));
        }

        private CompletableFuture<Reply> reading(ReadConcern concern) {
            return router.read(new Read(KEY, new ReadTerms(concern, VersionVector.empty(), PATIENCE)))
                    .toCompletableFuture();
        }

        private CompletableFuture<Reply> write(Duration timeout) {
            return write(KEY, timeout);
        }

        private CompletableFuture<Reply> write(RecordKey key, Duration timeout) {
            Payload value = Payload.value(Bytes.utf8("v"));
            return router.write(new Router.Write(key, value, WriteCondition.none(), WriteConcern.async(), timeout))
                    .toCompletableFuture();
        }

        private Reply parts() {
            ReadTerms terms = ReadTerms.session(VersionVector.empty(), PATIENCE);
            return join(router.parts(new PartsRead(KEY, Optional.empty(), 1_000, terms)));
        }

        private List<Listed> list() {
            Listing page = join(router.list(new ListRequest("m", "", Optional.empty(), 10)));
            return page.records();
        }
    }

    private static <T> T join(CompletionStage<T> stage) {
        return stage.toCompletableFuture()
                .orTimeout(PATIENCE.toSeconds(), TimeUnit.SECONDS)
                .join();
    }
}
