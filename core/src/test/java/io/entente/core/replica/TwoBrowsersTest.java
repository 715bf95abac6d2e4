package io.entente.core.replica;

import static org.assertj.core.api.Assertions.assertThat;

import io.entente.conflict.version.CausalContext;
import io.entente.core.effect.Reply.Refusal;
import io.entente.core.effect.Reply.Refused;
import io.entente.core.effect.Reply.Written;
import io.entente.core.event.RequestId;
import io.entente.core.event.WriteCondition;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/**
 * Two browsers write to one key through one server, each knowing nothing of the other: Preguiça, Baquero, Almeida, Fonte and Gonçalves,
 * <i>Dotted Version Vectors: Logical Clocks for Optimistic Replication</i> (2010), and Almeida et al., <i>Scalable and Accurate Causality
 * Tracking for Eventually Consistent Stores</i> (DAIS 2014).
 *
 * <p>Version vectors with an entry a server get this wrong one way or the other: either the second write seems to have seen the first, which
 * is lost, or every write becomes one more sibling. With an entry a browser they get it right and grow without end. A dot, apart from
 * what its writer had seen, tells exactly who has seen what.
 */
class TwoBrowsersTest {

    private static final String CART = "cart";
    private static final int LIMIT = Limits.defaults().siblings();

    private final ScriptedCluster cluster = ScriptedCluster.running("eu", "us");

    @Test
    void twoWritesThatSawNothingOfEachOtherAreBothKeptThoughOneServerTookThem() {
        CausalContext seenByPeter = cluster.context("eu", CART);
        CausalContext seenByMary = cluster.context("eu", CART);
        put("beer", seenByPeter);
        put("milk", seenByMary);
        assertThat(cluster.read("eu", CART)).containsExactly("beer", "milk");
    }

    @Test
    void eachReplacesItsOwnAndThereAreNeverMoreThanTwo() {
        CausalContext peter = put("beer", CausalContext.empty());
        CausalContext mary = put("milk", CausalContext.empty());

        // Each goes on from what it wrote last, and never reads: with an entry a server, each write would be one more
        // sibling.
        for (int round = 1; round <= 100; round++) {
            peter = put("beer " + round, peter);
            assertThat(cluster.read("eu", CART)).hasSize(2).contains("beer " + round);
            mary = put("milk " + round, mary);
            assertThat(cluster.read("eu", CART)).containsExactly("beer " + round, "milk " + round);
        }

        // Peter reads what is there, decides, and writes: that has seen both.
        put("beer and milk", cluster.context("eu", CART));
        assertThat(cluster.read("eu", CART)).containsExactly("beer and milk");

        // Mary still has her old page open. Her write replaces what she had seen, which is gone, and stands beside what
        // she hadn't.
        put("milk and eggs", mary);
        assertThat(cluster.read("eu", CART)).containsExactly("beer and milk", "milk and eggs");
    }

    @Test
    void whatTheyHadSeenCountsAtAnotherServerToo() {
        CausalContext peter = put("beer", CausalContext.empty());
        put("milk", CausalContext.empty());
        cluster.run(Duration.ofSeconds(1));
        cluster.put("us", CART, "wine", WriteCondition.seen(peter));
        cluster.run(Duration.ofSeconds(1));
        for (String everywhere : List.of("eu", "us")) {
            assertThat(cluster.read(everywhere, CART)).containsExactly("milk", "wine");
        }
    }

    @Test
    void withoutContextsAServerTakesEachWriteForOneThatSawAllThatItHolds() {
        cluster.put("eu", CART, "beer");
        cluster.put("eu", CART, "milk");
        assertThat(cluster.read("eu", CART))
                .as("Mary's write replaces Peter's, which she never saw: send contexts where that matters")
                .containsExactly("milk");
    }

    @Test
    void aBrowserThatForgetsItsContextIsStoppedAtTheLimitAndToldWhatToDo() {
        for (int i = 1; i <= LIMIT; i++) {
            put("write " + i, CausalContext.empty());
        }
        RequestId oneMore = cluster.put("eu", CART, "one more", WriteCondition.seen(CausalContext.empty()));
        assertThat(cluster.answer(oneMore)).isInstanceOfSatisfying(Refused.class, refused -> {
            assertThat(refused.reason()).isEqualTo(Refusal.TOO_MANY_SIBLINGS);
            assertThat(refused.detail())
                    .contains("map/cart", "" + (LIMIT + 1), "the limit is " + LIMIT)
                    .contains("read it, resolve them, and write with the context of that read");
        });
        assertThat(cluster.read("eu", CART)).hasSize(LIMIT).doesNotContain("one more");

        put("resolved", cluster.context("eu", CART));
        assertThat(cluster.read("eu", CART)).containsExactly("resolved");
        put("one more", CausalContext.empty());
        assertThat(cluster.read("eu", CART)).containsExactly("resolved", "one more");
    }

    @Test
    void replicatedSiblingsAreNeverRefused() {
        cluster.cut("eu", "us");
        for (int i = 1; i <= LIMIT; i++) {
            cluster.put("eu", CART, "eu " + i, WriteCondition.seen(CausalContext.empty()));
            cluster.put("us", CART, "us " + i, WriteCondition.seen(CausalContext.empty()));
        }
        cluster.heal();
        cluster.run(Duration.ofSeconds(3));
        for (String everywhere : List.of("eu", "us")) {
            assertThat(cluster.read(everywhere, CART))
                    .as("what was acknowledged on both sides is there on both")
                    .hasSize(2 * LIMIT);
        }

        RequestId oneMore = cluster.put("us", CART, "one more", WriteCondition.seen(CausalContext.empty()));
        assertThat(cluster.answer(oneMore)).isInstanceOf(Refused.class);
        put("resolved", cluster.context("eu", CART));
        cluster.run(Duration.ofSeconds(1));
        assertThat(cluster.read("us", CART)).containsExactly("resolved");
    }

    /** A browser's write through the server eu; what it has seen then. */
    private CausalContext put(String value, CausalContext seen) {
        RequestId write = cluster.put("eu", CART, value, WriteCondition.seen(seen));
        return ((Written) Objects.requireNonNull(cluster.answer(write))).context();
    }
}
