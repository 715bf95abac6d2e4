package io.entente.core.replica;

import static org.assertj.core.api.Assertions.assertThat;

import io.entente.conflict.version.VersionVector;
import io.entente.core.effect.Reply.Found;
import io.entente.core.effect.Reply.Written;
import io.entente.core.event.Event.ReadRequested;
import io.entente.core.event.RequestId;
import io.entente.core.record.RecordKey;
import io.entente.core.replica.Start.Standing;
import java.time.Duration;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** Session tokens name what a replica has applied in few components, and stand for all of it. */
class SessionTokenTest {

    private static final String[] DATA_CENTERS = {"eu", "us", "ap"};
    private static final int RESTARTS = 10;

    private final ScriptedCluster cluster = ScriptedCluster.running(DATA_CENTERS);
    private long requests = 1_000_000;

    @Test
    void aTokenNamesOneWriteForEachNodeAtMostHoweverOftenNodesStartAnew() {
        for (int restart = 0; restart < RESTARTS; restart++) {
            for (String at : DATA_CENTERS) {
                cluster.kill(at);
                cluster.start(at, Standing.INTACT);
                cluster.put(at, "k" + restart % 3, at + restart);
                cluster.run(Duration.ofMillis(20));
            }
        }
        int origins = cluster.status("eu").applied().size();
        assertThat(origins).isGreaterThan(RESTARTS * DATA_CENTERS.length / 2);
        assertThat(seenAt("eu").size()).as("of " + origins).isLessThanOrEqualTo(DATA_CENTERS.length);
    }

    @Test
    void whoHasReachedATokenHasReachedEverythingItStandsFor() {
        cluster.cut("eu", "us");
        cluster.put("eu", "k", "1");
        cluster.run(Duration.ofMillis(500));
        Written later = (Written) Objects.requireNonNull(cluster.answer(cluster.put("ap", "k", "2")));
        assertThat(later.applied().size()).isEqualTo(1);
        RequestId read = new RequestId(++requests);
        cluster.step("us", new ReadRequested(read, new RecordKey("map", "k"), later.applied(), Duration.ofSeconds(30)));
        assertThat(cluster.answer(read)).isNull();
        cluster.run(Duration.ofSeconds(5));
        assertThat(cluster.status("us").applied().dominates(cluster.status("ap").applied()))
                .isTrue();
        assertThat(cluster.answer(read)).isInstanceOf(Found.class);
    }

    private VersionVector seenAt(String at) {
        RequestId read = new RequestId(++requests);
        cluster.step(
                at, new ReadRequested(read, new RecordKey("map", "k"), VersionVector.empty(), Duration.ofSeconds(1)));
        return ((Found) Objects.requireNonNull(cluster.answer(read))).applied();
    }
}
