package io.entente.cluster.membership;

import static org.assertj.core.api.Assertions.assertThat;

import akka.actor.testkit.typed.javadsl.ActorTestKit;
import akka.actor.typed.ActorRefResolver;
import com.typesafe.config.ConfigFactory;
import io.entente.cluster.replica.AddressBook;
import io.entente.cluster.replica.Partitions;
import io.entente.cluster.settings.EntenteSettings;
import io.entente.core.message.NodeId;
import io.entente.core.message.ReplicationMode;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** Whom a node reads instead of its own replica while that one is behind. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class LocalDataCenterTest {

    private static final NodeId SELF = new NodeId("us", "us-1");
    private static final NodeId MATE = new NodeId("us", "us-2");
    private static final NodeId OTHER_MATE = new NodeId("us", "us-3");
    private static final NodeId FAR = new NodeId("eu", "eu-1");
    private static final int PARTITION = 0;
    private static final Partitions NONE = Partitions.none();
    private static final Partitions ALL = Partitions.of(PARTITION);
    private static final long SILENCE_NANOS = 10_000_000_000L;

    private final ActorTestKit kit = ActorTestKit.create(ConfigFactory.parseString("akka.loglevel = OFF"));
    private final PartitionPlan plan =
            new PartitionPlan(EntenteSettings.from(ConfigFactory.load()).replication());
    private NodeState state = state();
    private AddressBook addresses = new AddressBook(ActorRefResolver.get(kit.system()));
    private long nanos;

    @AfterAll
    void shutDown() {
        kit.shutdownTestKit();
    }

    @BeforeEach
    void begin() {
        state = state();
        addresses = new AddressBook(ActorRefResolver.get(kit.system()));
        for (NodeId node : List.of(MATE, OTHER_MATE, FAR)) {
            addresses.know(node, ALL);
            addresses.note(node, "akka://entente@10.0.0.1:25520");
        }
    }

    private NodeState state() {
        NodeState fresh =
                new NodeState(new ResolverAgreement(TreeMap::new, TreeMap::new), new ModeAgreement("multi-leader"));
        TreeMap<Integer, akka.actor.typed.ActorRef<Object>> replicas = new TreeMap<>();
        replicas.put(PARTITION, kit.system().ignoreRef());
        fresh.replicas(replicas);
        return fresh;
    }

    @Test
    void whoHasCaughtUpIsReadItself() {
        addresses.heard(MATE, ALL, NONE, nanos);
        state.caughtUp(PARTITION, true);
        assertThat(ahead()).isEmpty();
        state.caughtUp(PARTITION, false);
        assertThat(ahead()).contains(MATE);
    }

    @Test
    void theLeaderComesFirstWhereverItIsSoThatWritersReadWhatTheyWrote() {
        List.of(MATE, OTHER_MATE, FAR).forEach(node -> addresses.heard(node, NONE, NONE, nanos));
        for (NodeId leader : List.of(MATE, OTHER_MATE, FAR)) {
            state.leader(PARTITION, Optional.of(leader), ReplicationMode.multiLeader());
            assertThat(ahead()).contains(leader);
        }
    }

    @Test
    void thisDataCenterComesBeforeOthersAndWhoIsBehindOrSilentDoesNotCount() {
        state.leader(PARTITION, Optional.of(SELF), ReplicationMode.multiLeader());
        addresses.heard(MATE, NONE, ALL, nanos);
        addresses.heard(OTHER_MATE, NONE, NONE, nanos);
        addresses.heard(FAR, ALL, NONE, nanos);
        assertThat(ahead()).contains(OTHER_MATE);
        nanos += SILENCE_NANOS;
        addresses.heard(MATE, NONE, ALL, nanos);
        addresses.heard(FAR, ALL, NONE, nanos);
        assertThat(ahead()).contains(FAR);
        nanos += SILENCE_NANOS;
        assertThat(ahead()).as("nobody is heard").isEmpty();
    }

    @Test
    void whatThisNodeDoesNotHoldIsReadFromWhoHasCaughtUpWhileThereIsOne() {
        addresses.heard(MATE, NONE, ALL, nanos);
        assertThat(dataCenter().liveHoldersOf(PARTITION)).containsExactly(MATE);
        addresses.heard(OTHER_MATE, NONE, NONE, nanos);
        assertThat(dataCenter().liveHoldersOf(PARTITION)).containsExactly(OTHER_MATE);
    }

    @Test
    void withoutALeaderReadsGoWhereWritesGoMeanwhile() {
        List.of(MATE, OTHER_MATE, FAR).forEach(node -> addresses.heard(node, NONE, NONE, nanos));
        state.leader(PARTITION, Optional.of(SELF), ReplicationMode.leaderless());
        AnyReplica any = new AnyReplica(dataCenter(), partition -> false, plan, this::isLeaderless);
        assertThat(any.aheadOf(PARTITION)).isPresent().isEqualTo(any.leaderOf(PARTITION));
        state.caughtUp(PARTITION, true);
        assertThat(any.aheadOf(PARTITION)).isEmpty();
    }

    @Test
    void whetherSomebodyLeadsIsAsTheClusterHasItNowAndNotAsThisNodeIsConfigured() {
        List.of(MATE, OTHER_MATE, FAR).forEach(node -> addresses.heard(node, NONE, NONE, nanos));
        AnyReplica any = new AnyReplica(dataCenter(), partition -> true, plan, this::isLeaderless);
        state.leader(PARTITION, Optional.of(MATE), ReplicationMode.leaderless());
        assertThat(any.leaderOf(PARTITION)).contains(SELF);
        state.leader(PARTITION, Optional.of(MATE), ReplicationMode.multiLeader());
        assertThat(any.leaderOf(PARTITION)).contains(MATE);
    }

    private boolean isLeaderless(int partition) {
        return state.modeOf(partition).orElseThrow().isLeaderless();
    }

    private Optional<NodeId> ahead() {
        return dataCenter().aheadOf(PARTITION);
    }

    private LocalDataCenter dataCenter() {
        return new LocalDataCenter(state, new HeardDataCenter(SELF, SELF.dataCenter(), addresses, plan, () -> nanos));
    }
}
