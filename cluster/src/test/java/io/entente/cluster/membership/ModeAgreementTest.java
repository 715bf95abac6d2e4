package io.entente.cluster.membership;

import static org.assertj.core.api.Assertions.assertThat;

import io.entente.core.message.NodeId;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Nodes that are configured with different modes say so, and which one counts. */
class ModeAgreementTest {

    private static final NodeId US = new NodeId("us", "us-1");
    private static final NodeId AP = new NodeId("ap", "ap-1");
    private static final Optional<String> IN_FORCE = Optional.of("leaderless");

    private final ModeAgreement here = new ModeAgreement("multi-leader");

    @Test
    void whoIsConfiguredOtherwiseIsNamedWithBothModesAndTheClustersOwn() {
        here.heard(US, "single-leader", IN_FORCE, 0);
        here.heard(AP, "multi-leader", IN_FORCE, 0);
        assertThat(here.remarks(IN_FORCE, 0))
                .containsExactly("node us/us-1 is configured with entente.mode = single-leader and this node with"
                        + " entente.mode = multi-leader: both follow the mode of the cluster, which is leaderless;"
                        + " configure the same at all nodes, or change the cluster's with POST /admin/mode");
        assertThat(here.remarks(Optional.empty(), 0).get(0)).contains("both follow the mode of the cluster;");
    }

    @Test
    void whoIsConfiguredAnewOrHasGoneIsForgotten() {
        here.heard(US, "single-leader", IN_FORCE, 0);
        here.heard(AP, "leaderless", IN_FORCE, 0);
        here.heard(US, "multi-leader", IN_FORCE, ModeAgreement.SILENCE_NANOS);
        assertThat(here.remarks(IN_FORCE, ModeAgreement.SILENCE_NANOS)).hasSize(1);
        assertThat(here.remarks(IN_FORCE, ModeAgreement.SILENCE_NANOS + 1)).isEmpty();
    }
}
