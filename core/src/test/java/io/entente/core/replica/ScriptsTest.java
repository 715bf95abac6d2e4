package io.entente.core.replica;

import static org.assertj.core.api.Assertions.assertThat;

import io.entente.conflict.clock.HybridTimestamp;
import io.entente.conflict.version.CausalContext;
import io.entente.core.effect.Reply.Refusal;
import io.entente.core.effect.Reply.Refused;
import io.entente.core.effect.Reply.Written;
import io.entente.core.event.RequestId;
import io.entente.core.event.WriteCondition;
import io.entente.core.message.PeerMessage;
import io.entente.core.message.PeerMessage.Entries;
import io.entente.core.replica.Start.Standing;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Scenarios of three data centers, told step by step. */
class ScriptsTest {

    private final ScriptedCluster cluster = ScriptedCluster.running("eu", "us", "ap");

    @Test
    void aWriteGoesStraightToEverybody() {
        cluster.put("eu", "k", "hello");
        cluster.run(seconds(1));
        assertThat(cluster.read("us", "k")).containsExactly("hello");
        assertThat(cluster.read("ap", "k")).containsExactly("hello");
        assertThat(cluster.transcript())
                .contains("eu sends us eu 1", "eu sends ap eu 1")
                .doesNotContain("ap sends us eu 1", "us sends ap eu 1");
    }

    /**
     * <i>Designing Data-Intensive Applications</i>, Figure 5-9: a client inserts a row at leader 1 (eu), another one updates it at leader 3
     * (us), and the update is at leader 2 (ap) before the insert.
     */
    @Test
    void anUpdateThatOvertakesTheInsertWaitsForIt() {
        cluster.cut("eu", "ap");
        cluster.put("eu", "x", "1");
        cluster.run(Duration.ofMillis(100));
        assertThat(cluster.read("us", "x")).containsExactly("1");

        cluster.put("us", "x", "2");
        cluster.run(Duration.ofMillis(500));
        assertThat(cluster.transcript())
                .containsSubsequence("eu sends us eu 1", "us sends ap us 1")
                .doesNotContain("eu sends ap eu 1");
        assertThat(cluster.read("ap", "x"))
                .as("the update is there, of a row that isn't")
                .isEmpty();

        cluster.heal();
        cluster.run(seconds(5));
        for (String everywhere : List.of("eu", "us", "ap")) {
            assertThat(cluster.read(everywhere, "x"))
                    .as("no conflict: the update had seen the insert")
                    .containsExactly("2");
        }
    }

    @Test
    void aCutLinkIsGoneAroundAndTakenAgainWhenItHeals() {
        cluster.cut("eu", "us");
        cluster.run(seconds(3));
        cluster.put("eu", "k", "around");
        cluster.run(seconds(3));
        assertThat(cluster.read("us", "k")).containsExactly("around");
        assertThat(cluster.transcript())
                .containsSubsequence("eu sends ap eu 1", "us asks ap for eu after 0", "ap sends us eu 1");

        cluster.heal();
        cluster.run(seconds(5));
        cluster.put("eu", "k", "straight");
        cluster.run(seconds(1));
        assertThat(cluster.read("us", "k")).containsExactly("straight");
        assertThat(cluster.transcript())
                .containsSubsequence("ap sends us eu 1", "us asks eu for eu after 1", "eu sends us eu 2")
                .doesNotContain("ap sends us eu 2");
    }

    @Test
    void aContextAheadWaitsAndThenReplacesWhatItsClientSaw() {
        cluster.cut("eu", "us");
        cluster.cut("eu", "ap");
        cluster.put("eu", "k", "seen at eu");
        CausalContext seen = cluster.context("eu", "k");
        cluster.put("us", "k", "never seen");

        RequestId write = cluster.put("us", "k", "written at us", WriteCondition.seen(seen));
        cluster.run(Duration.ofMillis(500));
        assertThat(cluster.answer(write)).as("before what was seen has arrived").isNull();

        cluster.heal();
        cluster.run(seconds(1));
        assertThat(cluster.answer(write)).isInstanceOf(Written.class);
        assertThat(cluster.read("us", "k")).containsExactly("never seen", "written at us");
    }

    @Test
    void aContextAheadThatDoesNotArriveInTimeIsRefusedAndNothingIsWritten() {
        cluster.cut("eu", "us");
        cluster.cut("eu", "ap");
        cluster.put("eu", "k", "seen at eu");
        RequestId write = cluster.put("us", "k", "written at us", WriteCondition.seen(cluster.context("eu", "k")));
        cluster.run(seconds(3));
        assertThat(cluster.answer(write))
                .isInstanceOfSatisfying(
                        Refused.class, refused -> assertThat(refused.reason()).isEqualTo(Refusal.NOT_REACHED));
        assertThat(cluster.read("us", "k")).isEmpty();
    }

    @Test
    void aWipedNodeIsCountedAnewCatchesUpAndOnlyThenWrites() {
        cluster.put("us", "k", "written before");
        cluster.run(seconds(1));
        cluster.wipe("us");
        cluster.run(seconds(3));
        cluster.kill("ap");

        cluster.start("us", Standing.NEW);
        cluster.run(seconds(3));
        assertThat(cluster.read("us", "k"))
                .as("its own former write comes back")
                .containsExactly("written before");
        assertThat(cluster.waitsFor("us"))
                .hasValueSatisfying(why -> assertThat(why).contains("[ap-1]"));
        assertThat(cluster.answer(cluster.put("us", "k", "too early")))
                .isInstanceOfSatisfying(
                        Refused.class, refused -> assertThat(refused.reason()).isEqualTo(Refusal.NOT_ADMITTED));

        cluster.start("ap", Standing.INTACT);
        cluster.run(seconds(3));
        assertThat(cluster.waitsFor("us")).isEmpty();
        assertThat(cluster.answer(cluster.put("us", "k", "written after"))).isInstanceOf(Written.class);
        cluster.run(seconds(1));
        assertThat(cluster.read("ap", "k")).containsExactly("written after");
        assertThat(cluster.transcript())
                .containsSubsequence("us sends eu us 1", "eu sends us us 1", "us sends eu us' 1");
    }

    @Test
    void aWipedNodeIsCountedThroughOthersWhereItsLinkIsCut() {
        cluster.wipe("us");
        cluster.cut("us", "ap");
        cluster.run(seconds(3));
        cluster.start("us", Standing.NEW);
        cluster.run(seconds(5));
        assertThat(cluster.waitsFor("us")).isEmpty();
    }

    @Test
    void aWriteIsTimedAfterWhatItReplacesEvenAfterARestartWithAClockSetBack() {
        cluster.put("eu", "k", "before");
        HybridTimestamp before = cluster.timestamps("eu", "k").get(0);
        cluster.kill("eu");
        cluster.setClockBack("eu", Duration.ofMillis(900));
        cluster.start("eu", Standing.INTACT);
        cluster.put("eu", "k", "after");
        assertThat(cluster.timestamps("eu", "k"))
                .singleElement()
                .satisfies(after -> assertThat(after).isGreaterThan(before));
    }

    @Test
    void whatWasLostForGoodIsNotWaitedFor() {
        cluster.wipe("us");
        cluster.intercept((link, message) -> link.startsWith("eu>") ? withoutEntries(message) : message);
        cluster.put("eu", "k", "on eu's disk alone");
        cluster.start("us", Standing.NEW);
        cluster.run(seconds(2));
        assertThat(cluster.waitsFor("us"))
                .hasValueSatisfying(why -> assertThat(why).contains("lacks 1 of"));

        cluster.wipe("eu");
        cluster.start("eu", Standing.NEW);
        cluster.run(seconds(3));
        assertThat(cluster.waitsFor("us")).isEmpty();
        assertThat(cluster.waitsFor("eu")).isEmpty();
    }

    private static PeerMessage withoutEntries(PeerMessage message) {
        return message instanceof Entries entries ? new Entries(entries.id(), List.of()) : message;
    }

    @Test
    void whatOnlyWaitedInMemoryIsForgottenWhenTheMemberThatHadItLostIt() {
        cluster.cut("us", "ap");
        cluster.put("ap", "a", "first");
        cluster.run(Duration.ofMillis(200));
        cluster.cut("eu", "ap");
        cluster.put("eu", "e", "depends on the first");
        cluster.run(Duration.ofMillis(100));
        assertThat(cluster.transcript()).contains("eu sends us eu 1");
        assertThat(cluster.read("us", "e")).as("it waits for the first").isEmpty();

        cluster.wipe("eu");
        cluster.start("eu", Standing.NEW);
        cluster.heal("eu", "ap");
        cluster.run(seconds(5));
        assertThat(cluster.waitsFor("eu")).isEmpty();
        assertThat(cluster.read("us", "a")).containsExactly("first");
        assertThat(cluster.read("us", "e"))
                .as("nobody had it when eu was admitted anew")
                .isEmpty();
    }

    private static Duration seconds(long seconds) {
        return Duration.ofSeconds(seconds);
    }
}
