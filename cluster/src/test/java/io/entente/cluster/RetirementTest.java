package io.entente.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.entente.cluster.retirement.SalvageScope;
import io.entente.cluster.verify.VerificationResult.Verdict;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** One node of three is retired by another while it runs and has long been ready. */
class RetirementTest {

    @TempDir
    Path directory;

    private ThreeNodes nodes;

    @BeforeEach
    void start() {
        nodes = new ThreeNodes(directory);
    }

    @AfterEach
    void stop() {
        nodes.close();
    }

    @Test
    void aReadyNodeThatIsRetiredSaysWhatToDoAndComesBackWhenItIsStartedAgain() {
        nodes.node("eu").retire("ap-1").toCompletableFuture().join();

        await().atMost(ThreeNodes.PATIENCE)
                .untilAsserted(() -> assertThat(nodes.node("ap").node().obstacles())
                        .singleElement()
                        .asString()
                        .contains("ap-1 was retired")
                        .contains("start it again"));
        await().atMost(ThreeNodes.PATIENCE)
                .untilAsserted(() -> assertThat(nodes.view("us").retired()).containsExactly("ap-1"));

        nodes.node("ap").halt();
        await().atMost(ThreeNodes.PATIENCE)
                .untilAsserted(() -> assertThat(nodes.node("eu")
                                .verify(ThreeNodes.PATIENCE)
                                .toCompletableFuture()
                                .join()
                                .verdict())
                        .as("those that are left are all there are")
                        .isEqualTo(Verdict.EQUAL));
        nodes.launch("ap");
        nodes.awaitReady("ap");
        assertThat(nodes.node("ap")
                        .lostWrites()
                        .list(SalvageScope.own(), 10)
                        .toCompletableFuture()
                        .join()
                        .writes())
                .isEmpty();
        await().atMost(ThreeNodes.PATIENCE)
                .untilAsserted(() -> assertThat(nodes.view("us").retired()).isEmpty());
    }
}
