package io.entente.core.replica;

import static org.assertj.core.api.Assertions.assertThat;

import io.entente.conflict.version.CausalContext;
import io.entente.core.codec.StoreKeys;
import io.entente.core.event.WriteCondition;
import io.entente.core.record.Ancestry;
import io.entente.core.replica.Start.Standing;
import io.entente.core.store.Scan;
import io.entente.core.store.Table;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** What siblings descend from, and how long that is kept, as scripts. */
class AncestorScriptsTest {

    private static final String[] ALL = {"eu", "us", "ap"};

    private final ScriptedCluster cluster = keeping(ScriptedCluster.running(ALL));

    @Test
    void bothSidesOfAConflictKnowWhatItsSidesDescendFrom() {
        cluster.put("eu", "cart", "milk");
        cluster.run(seconds(3));
        separate();
        cluster.put("eu", "cart", "milk, eggs");
        cluster.put("us", "cart", "milk, bread");
        assertThat(cluster.ancestors("eu", "cart")).isEmpty();
        reunite();
        assertThatEverywhere("cart", "milk");
    }

    @Test
    void whatOneSideWroteInBetweenIsNoAncestor() {
        cluster.put("eu", "k", "0");
        cluster.run(seconds(1));
        separate();
        for (String value : new String[] {"1", "2", "3"}) {
            cluster.put("eu", "k", value);
        }
        cluster.put("us", "k", "other");
        reunite();
        assertThatEverywhere("k", "0");
    }

    @Test
    void theNewestOfManyCommonOnesIsTheAncestor() {
        cluster.put("eu", "k", "0");
        cluster.run(seconds(1));
        cluster.put("us", "k", "1");
        cluster.run(Duration.ofMillis(50));
        separate();
        cluster.put("eu", "k", "left");
        cluster.delete("us", "k");
        reunite();
        assertThatEverywhere("k", "1");
    }

    @Test
    void linesThatCrossHaveSeveralAncestors() {
        cluster.put("eu", "k", "0");
        cluster.run(seconds(1));
        separate();
        cluster.put("eu", "k", "left");
        cluster.put("us", "k", "right");
        reunite();
        separate();
        cluster.put("eu", "k", "left of both");
        cluster.put("us", "k", "right of both");
        reunite();
        assertThatEverywhere("k", "left", "right");
    }

    @Test
    void whatWasWrittenAfterADeletionHasNothingInCommon() {
        cluster.put("eu", "k", "0");
        cluster.run(seconds(1));
        cluster.delete("eu", "k");
        cluster.run(Duration.ofMillis(50));
        separate();
        cluster.put("eu", "k", "left");
        cluster.put("us", "k", "right");
        reunite();
        assertThatEverywhere("k");
    }

    @Test
    void aWriteDescendsOnlyFromWhatItReplaced() {
        cluster.put("eu", "k", "0");
        CausalContext old = cluster.context("eu", "k");
        cluster.put("eu", "k", "1");
        cluster.put("eu", "k", "of an old read", WriteCondition.seen(old));
        assertThat(cluster.read("eu", "k")).containsExactly("1", "of an old read");
        assertThat(cluster.ancestors("eu", "k")).isEmpty();
    }

    @Test
    void whatIsSupersededIsForgottenOnceEverybodyHasWhatSupersededIt() {
        cluster.put("eu", "k", "0");
        cluster.run(seconds(1));
        cluster.kill("ap");
        cluster.put("eu", "k", "1");
        cluster.put("eu", "k", "2");
        cluster.run(seconds(5));
        assertThat(cluster.siblings("us", "k").ancestry().kept()).hasSize(2);

        cluster.start("ap", Standing.INTACT);
        cluster.run(seconds(3));
        for (String at : ALL) {
            assertThat(cluster.siblings(at, "k").keeps()).as(at).isFalse();
            assertThat(listedForPurge(at)).as(at).isFalse();
        }
    }

    @Test
    void aRestartForgetsNeitherWhatIsKeptNorToPurgeIt() {
        cluster.put("eu", "k", "0");
        cluster.run(seconds(1));
        separate();
        cluster.put("eu", "k", "left");
        cluster.put("us", "k", "right");
        cluster.run(seconds(1));
        restartAll();
        reunite();
        assertThatEverywhere("k", "0");

        cluster.put("ap", "k", "resolved");
        restartAll();
        cluster.run(seconds(3));
        for (String at : ALL) {
            assertThat(cluster.read(at, "k")).containsExactly("resolved");
            assertThat(cluster.siblings(at, "k").keeps()).as(at).isFalse();
        }
    }

    @Test
    void aConflictKeepsItsAncestorHoweverStableItIs() {
        cluster.put("eu", "k", "0");
        cluster.run(seconds(1));
        separate();
        cluster.put("eu", "k", "left");
        cluster.put("us", "k", "right");
        reunite();
        cluster.run(seconds(20));
        assertThatEverywhere("k", "0");
    }

    @Test
    void aMapThatNeverAsksKeepsNothing() {
        cluster.keepAncestors(false);
        cluster.put("eu", "k", "0");
        cluster.put("eu", "k", "1");
        assertThat(cluster.siblings("eu", "k").ancestry().isNone()).isTrue();
        assertThat(listedForPurge("eu")).isFalse();
    }

    @Test
    void aMapThatAsksNoLongerStopsWhenNothingIsKept() {
        cluster.put("eu", "k", "0");
        cluster.put("eu", "k", "1");
        cluster.keepAncestors(false);
        cluster.put("eu", "k", "2");
        assertThat(cluster.siblings("eu", "k").ancestry().kept()).hasSize(2);
        cluster.run(seconds(3));
        cluster.put("eu", "k", "3");
        cluster.run(seconds(3));
        assertThat(cluster.siblings("eu", "k").ancestry().isNone()).isTrue();
    }

    @Test
    void whereNothingIsEverStableSoManyGenerationsAreKeptAndNoMore() {
        ScriptedCluster unnamed = keeping(new ScriptedCluster(false, "eu", "us"));
        unnamed.start("eu", Standing.FOUNDED);
        unnamed.start("us", Standing.NEW);
        unnamed.run(seconds(2));
        unnamed.put("eu", "near", "0");
        unnamed.put("eu", "far", "0");
        unnamed.run(seconds(1));
        unnamed.cut("eu", "us");
        unnamed.put("us", "near", "right");
        unnamed.put("us", "far", "right");
        for (int i = 1; i <= Ancestry.GENERATIONS; i++) {
            unnamed.put("eu", "near", "left " + i);
        }
        for (int i = 0; i <= Ancestry.GENERATIONS; i++) {
            unnamed.put("eu", "far", "left " + i);
        }
        unnamed.run(seconds(1));
        unnamed.heal();
        unnamed.run(seconds(5));
        for (String at : new String[] {"eu", "us"}) {
            assertThat(unnamed.read(at, "near")).hasSize(2);
            assertThat(unnamed.ancestors(at, "near")).containsExactly("0");
            assertThat(unnamed.ancestors(at, "far")).isEmpty();
            assertThat(unnamed.siblings(at, "far").ancestry().kept()).hasSize(Ancestry.GENERATIONS);
        }
    }

    private static ScriptedCluster keeping(ScriptedCluster cluster) {
        cluster.keepAncestors(true);
        return cluster;
    }

    private void separate() {
        cluster.cut("us", "eu");
        cluster.cut("us", "ap");
    }

    private void reunite() {
        cluster.heal();
        cluster.run(seconds(3));
    }

    private void restartAll() {
        for (String at : ALL) {
            cluster.kill(at);
            cluster.start(at, Standing.INTACT);
        }
    }

    private void assertThatEverywhere(String key, String... ancestors) {
        for (String at : ALL) {
            assertThat(cluster.read(at, key)).as(at).hasSize(2);
            assertThat(cluster.ancestors(at, key)).as(at).containsExactlyInAnyOrder(ancestors);
        }
    }

    private boolean listedForPurge(String at) {
        StoreKeys keys = new StoreKeys(0);
        try (Scan scan = cluster.disk(at).scan(Table.META, keys.purgeables(), StoreKeys.successor(keys.purgeables()))) {
            return scan.advance();
        }
    }

    private static Duration seconds(long seconds) {
        return Duration.ofSeconds(seconds);
    }
}
