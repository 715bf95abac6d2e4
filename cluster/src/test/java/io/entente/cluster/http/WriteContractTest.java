package io.entente.cluster.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.entente.core.message.NodeId;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a write may ask for: conditions, contexts, write concerns. */
class WriteContractTest {

    private static HttpNode node;

    @BeforeAll
    static void start() {
        node = new HttpNode();
    }

    @AfterAll
    static void stop() {
        node.close();
    }

    @Test
    void aWriteOfWhatIsCurrentIsDone() {
        String tag = node.put("/maps/conditions/current", "1").header("ETag");
        node.put("/maps/conditions/current", "2", "If-Match", tag).hasStatus(204);
        assertThat(node.get("/maps/conditions/current").text()).isEqualTo("2");
    }

    @Test
    void aWriteOfWhatHasChangedFailsAndChangesNothing() {
        String stale = node.put("/maps/conditions/stale", "1").header("ETag");
        node.put("/maps/conditions/stale", "2");
        Answer refused =
                node.put("/maps/conditions/stale", "3", "If-Match", stale).isProblem(412, "precondition-failed");
        assertThat(refused.detail()).contains("conditions/stale");
        node.delete("/maps/conditions/stale", "If-Match", stale).isProblem(412, "precondition-failed");
        assertThat(node.get("/maps/conditions/stale").text()).isEqualTo("2");
    }

    @Test
    void aKeyIsCreatedOnce() {
        node.put("/maps/conditions/new", "1", "If-None-Match", "*").hasStatus(204);
        node.put("/maps/conditions/new", "2", "If-None-Match", "*").isProblem(412, "precondition-failed");
        node.delete("/maps/conditions/new");
        node.put("/maps/conditions/new", "3", "If-None-Match", "*").hasStatus(204);
    }

    @Test
    void anAbsentKeysTagIsMatchedUntilSomebodyWrites() {
        String absent = node.get("/maps/conditions/later").header("ETag");
        node.put("/maps/conditions/later", "1", "If-Match", absent).hasStatus(204);
        node.put("/maps/conditions/later", "2", "If-Match", absent).isProblem(412, "precondition-failed");
    }

    @Test
    void aStaleContextMakesASibling() {
        String seen = node.put("/maps/conditions/sibling", "1").header("Entente-Context");
        node.put("/maps/conditions/sibling", "2");
        node.put("/maps/conditions/sibling", "3", "Entente-Context", seen).hasStatus(204);
        assertThat(node.get("/maps/conditions/sibling").header("Entente-Siblings"))
                .isEqualTo("2");
    }

    @Test
    void aWriteWithoutAContextReplacesAllItsReplicaHolds() {
        String nothing = node.get("/maps/conditions/all").header("Entente-Context");
        node.put("/maps/conditions/all", "1", "Entente-Context", nothing);
        node.put("/maps/conditions/all", "2", "Entente-Context", nothing);
        node.put("/maps/conditions/all", "3").hasStatus(204);
        assertThat(node.get("/maps/conditions/all").header("Entente-Siblings")).isEqualTo("1");
    }

    @Test
    void siblingsDontPileUpBeyondTheReplicasLimit() {
        String nothing = node.get("/maps/conditions/many").header("Entente-Context");
        Answer last = null;
        for (int i = 0; i <= 64; i++) {
            last = node.put("/maps/conditions/many", Integer.toString(i), "Entente-Context", nothing);
        }
        assertThat(last).isNotNull();
        assertThat(last.isProblem(409, "too-many-siblings").detail())
                .contains("conditions/many", "64", "write with the context of that read");
        assertThat(last.json().path("outcome").textValue()).isEqualTo("not-applied");

        Answer read = node.get("/maps/conditions/many");
        assertThat(read.header("Entente-Siblings")).isEqualTo("64");
        node.put("/maps/conditions/many", "resolved", "Entente-Context", read.header("Entente-Context"))
                .hasStatus(204);
        assertThat(node.get("/maps/conditions/many").header("Entente-Siblings")).isEqualTo("1");
    }

    @ParameterizedTest
    @ValueSource(strings = {"async", "1", "1dc", "local-quorum", "quorum"})
    void aMetWriteConcernIsAnsweredLikeAnyWrite(String concern) {
        node.put("/maps/concerns/met?write=" + concern, "1").hasStatus(204);
    }

    @ParameterizedTest
    @ValueSource(strings = {"2", "2dc"})
    void anUnmetWriteConcernNamesTheWriteAndItsHolders(String concern) {
        try (HttpNode oneOfTwo = new HttpNode()) {
            oneOfTwo.replica.hasSilentPeer(new NodeId("us", "us-1"));
            String target = "/maps/concerns/unmet-" + concern;
            Answer answer = oneOfTwo.put(target + "?timeout=20ms&write=" + concern, "1")
                    .isProblem(504, "write-concern-timeout");
            assertThat(answer.json().path("dot").textValue()).isEqualTo(answer.header("Entente-Dot"));
            assertThat(answer.json().path("acknowledgedBy")).hasSize(1);
            assertThat(answer.json().path("acknowledgedBy").path(0).textValue()).isEqualTo("eu-1");
            assertThat(answer.json().path("over").textValue()).isEqualTo("time");
            assertThat(answer.detail()).contains(answer.header("Entente-Dot"));
            assertThat(oneOfTwo.get(target).hasStatus(200).header("ETag")).isEqualTo(answer.header("ETag"));
        }
    }

    @ParameterizedTest
    @CsvSource({"2, 2 copies, the partition has 1", "3dc, 3 data centers, copies in 1"})
    void aWriteConcernThatNobodyCouldMeetIsRefusedBeforeTheWriteIsMade(String concern, String asked, String there) {
        String target = "/maps/concerns/impossible-" + concern;
        Answer refused = node.put(target + "?write=" + concern, "1").isProblem(400, "invalid-argument");
        assertThat(refused.detail()).contains(asked, there, "ask for at most that many");
        node.get(target).hasStatus(404);
    }
}
