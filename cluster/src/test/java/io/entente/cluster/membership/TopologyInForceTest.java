package io.entente.cluster.membership;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.entente.cluster.replica.GatedStore;
import io.entente.cluster.replica.GroupCommit;
import io.entente.core.store.memory.CommitFault;
import io.entente.core.topology.TopologyPlan;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Which topology a node uses: the latest it has heard of, durably. */
class TopologyInForceTest {

    private static final TopologyPlan CONFIGURED = TopologyPlan.allToAll();
    private static final TopologyPlan RING = new TopologyPlan.Ring();
    private static final TopologyPlan TREE = new TopologyPlan.Tree();

    private final GatedStore store = new GatedStore();
    private final GroupCommit commits = new GroupCommit(store, "eu-1", 8);
    private final List<TopologyPlan> used = new CopyOnWriteArrayList<>();
    private final TopologyInForce topology = recovered(CONFIGURED);

    @AfterEach
    void close() {
        store.release();
        commits.close();
    }

    @Test
    void withoutAChangeItIsTheConfiguredOne() {
        assertThat(topology.get()).isEqualTo(new AgreedTopology(0, "eu-1", CONFIGURED));
        assertThat(recovered(TREE).get().plan()).isEqualTo(TREE);
    }

    @Test
    void aChangeBeatsTheConfigurationOverARestart() {
        assertThat(join(topology.change(RING))).isEqualTo(new AgreedTopology(1, "eu-1", RING));
        assertThat(used).containsExactly(RING);
        assertThat(recovered(TREE).get()).isEqualTo(new AgreedTopology(1, "eu-1", RING));
    }

    @Test
    void aChangeIsUsedWhenItIsDurableAndNotBefore() {
        store.hold();
        CompletionStage<AgreedTopology> change = topology.change(RING);
        store.awaitCommit();
        assertThat(topology.get().isConfigured()).isTrue();
        assertThat(used).isEmpty();
        store.release();
        join(change);
        assertThat(topology.get().plan()).isEqualTo(RING);
    }

    @Test
    void aLaterChangeOfAnotherNodeIsTakenAndAnEarlierOneIsNot() {
        topology.heard(new AgreedTopology(7, "us-1", TREE));
        await().until(() -> topology.get().plan().equals(TREE));
        topology.heard(new AgreedTopology(6, "zz-1", RING));
        topology.heard(new AgreedTopology(7, "ap-1", RING));
        topology.heard(new AgreedTopology(7, "us-1", TREE));
        assertThat(join(topology.change(CONFIGURED))).isEqualTo(new AgreedTopology(8, "eu-1", CONFIGURED));
        assertThat(used).containsExactly(TREE, CONFIGURED);
    }

    @Test
    void ofTwoChangesMadeAtOnceOneWinsWhoeverHearsOfTheOtherFirst() {
        AgreedTopology here = join(topology.change(RING));
        AgreedTopology there = new AgreedTopology(1, "us-1", TREE);
        assertThat(there.isLaterThan(here)).isTrue();
        topology.heard(there);
        await().until(() -> topology.get().equals(there));
        topology.heard(here);
        assertThat(topology.get()).isEqualTo(there);
    }

    @Test
    void aChangeThatCannotBeMadeDurableIsNone() {
        store.memory().failNextCommit(CommitFault.LOSES_THE_BATCH);
        assertThatThrownBy(() -> join(topology.change(RING))).hasMessageContaining("could not be made durable");
        assertThat(topology.get().isConfigured()).isTrue();
        assertThat(used).isEmpty();
    }

    @Test
    void itsTextIsReadAgainAndNothingElse() {
        for (TopologyPlan plan : List.of(CONFIGURED, RING, TREE, new TopologyPlan.Star("eu"))) {
            AgreedTopology agreed = new AgreedTopology(12, "eu-1", plan);
            assertThat(AgreedTopology.parse(agreed.text())).isEqualTo(agreed);
        }
        for (String garbage : List.of("", "1", "1 eu-1", "x eu-1 ring", "-1 eu-1 ring", "1  ring", "1 eu-1 rung")) {
            assertThatThrownBy(() -> AgreedTopology.parse(garbage)).isInstanceOf(IllegalArgumentException.class);
        }
    }

    private TopologyInForce recovered(TopologyPlan configured) {
        return TopologyInForce.recover("eu-1", configured, store, commits, used::add);
    }

    private static AgreedTopology join(CompletionStage<AgreedTopology> change) {
        return change.toCompletableFuture().join();
    }
}
