package io.entente.core.replica;

import static org.assertj.core.api.Assertions.assertThat;

import io.entente.conflict.Conflict;
import io.entente.conflict.GuardedResolver;
import io.entente.conflict.Outcome;
import io.entente.conflict.Resolvers;
import io.entente.conflict.Version;
import io.entente.conflict.clock.HybridTimestamp;
import io.entente.conflict.version.CausalContext;
import io.entente.core.event.WriteCondition;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/**
 * The shopping cart of DeCandia et al., <i>Dynamo: Amazon's Highly Available Key-value Store</i> (SOSP 2007): section 4.4 and Figure 3,
 * the evolution of an object's versions D1 to D5 at the nodes Sx, Sy and Sz.
 *
 * <p>A version's vector clock is what its node had applied when it wrote: the dot and everything before it. So the clocks here are the
 * paper's, number by number, though no version carries one.
 */
class DynamoCartTest {

    private static final String CART = "cart";

    private final ScriptedCluster cluster = ScriptedCluster.running("sx", "sy", "sz");

    @Test
    void theVersionsEvolveAsInFigure3() {
        // A client writes a new object, and Sx handles it: D1.
        cluster.put("sx", CART, "book");
        assertThat(clock("sx")).isEqualTo("[(sx, 1)]");

        // The client updates it, and Sx handles that too: D2 descends from D1 and replaces it.
        update("sx", "book,pen", cluster.context("sx", CART));
        assertThat(clock("sx")).isEqualTo("[(sx, 2)]");
        assertThat(cluster.read("sx", CART)).containsExactly("book,pen");
        cluster.run(seconds(1));

        // Two clients read D2. One updates it and Sy handles that; the other updates it and Sz does, and neither node
        // has heard of the other.
        CausalContext seenByOne = cluster.context("sy", CART);
        CausalContext seenByTheOther = cluster.context("sz", CART);
        cluster.cut("sy", "sz");
        cluster.cut("sx", "sz");
        update("sy", "book,pen,ink", seenByOne);
        update("sz", "book,pen,mug", seenByTheOther);
        assertThat(clock("sy")).isEqualTo("[(sx, 2), (sy, 1)]");
        assertThat(clock("sz")).isEqualTo("[(sx, 2), (sz, 1)]");

        // Whoever has D3 and gets D4 sees that neither holds the other's changes: both stay, for a client to reconcile.
        cluster.heal();
        cluster.run(seconds(5));
        assertThat(cluster.read("sx", CART)).containsExactly("book,pen,ink", "book,pen,mug");

        // A client reads both, reconciles them, and Sx coordinates the write.
        update("sx", "book,pen,ink,mug", cluster.context("sx", CART));
        assertThat(clock("sx")).isEqualTo("[(sx, 3), (sy, 1), (sz, 1)]");
        cluster.run(seconds(1));
        for (String everywhere : List.of("sx", "sy", "sz")) {
            assertThat(cluster.read(everywhere, CART)).containsExactly("book,pen,ink,mug");
        }
    }

    /** Section 4.4: carts that are merged never lose what was added, and may bring back what was deleted. */
    @Test
    void anAdditionIsNeverLostAndADeletedItemResurfacesWhereCartsAreMergedByUnion() {
        cluster.put("sx", CART, "book,pen");
        cluster.run(seconds(1));
        cluster.cut("sy", "sz");
        cluster.cut("sx", "sz");
        update("sy", "pen", cluster.context("sy", CART));
        update("sz", "book,pen,mug", cluster.context("sz", CART));
        assertThat(cluster.read("sy", CART)).as("the book was deleted").containsExactly("pen");

        cluster.heal();
        cluster.run(seconds(5));
        for (String everywhere : List.of("sx", "sy", "sz")) {
            assertThat(mergedByUnion(everywhere)).isEqualTo("book,mug,pen");
        }
    }

    private void update(String at, String cart, CausalContext seen) {
        cluster.put(at, CART, cart, WriteCondition.seen(seen));
    }

    /** What the cart reads as where it is merged by union. */
    private String mergedByUnion(String at) {
        List<String> carts = cluster.read(at, CART);
        List<HybridTimestamp> times = cluster.timestamps(at, CART);
        CausalContext context = cluster.context(at, CART);
        List<Version<String>> siblings = new ArrayList<>();
        for (int i = 0; i < carts.size(); i++) {
            siblings.add(Version.of(context.dots().get(i), times.get(i), carts.get(i)));
        }
        Outcome<String> outcome = GuardedResolver.<String>of(Resolvers.merging(DynamoCartTest::union))
                .resolve(Conflict.of("map", CART, siblings));
        return ((Outcome.Value<String>) outcome).value();
    }

    private static String union(String a, String b) {
        TreeSet<String> items = items(a);
        items.addAll(items(b));
        return String.join(",", items);
    }

    private static TreeSet<String> items(String cart) {
        return new TreeSet<>(List.of(cart.split(",")));
    }

    /** The paper's way of writing a vector clock: what the node has applied, its own write among it. */
    private String clock(String at) {
        TreeMap<String, Long> byNode = new TreeMap<>();
        cluster.status(at).applied().forEach((origin, sequence) -> byNode.put(origin.dataCenter(), sequence));
        return byNode.entrySet().stream()
                .map(entry -> "(" + entry.getKey() + ", " + entry.getValue() + ")")
                .toList()
                .toString();
    }

    private static Duration seconds(long seconds) {
        return Duration.ofSeconds(seconds);
    }
}
