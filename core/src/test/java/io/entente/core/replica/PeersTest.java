package io.entente.core.replica;

import static org.assertj.core.api.Assertions.assertThat;

import io.entente.conflict.version.Dot;
import io.entente.conflict.version.Origin;
import io.entente.conflict.version.VersionVector;
import io.entente.core.message.Ballot;
import io.entente.core.message.Census;
import io.entente.core.message.Life;
import io.entente.core.message.NodeId;
import io.entente.core.message.Registration;
import io.entente.core.message.Report;
import java.time.Duration;
import java.util.Collections;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What is known of others only grows within a life, and begins anew with the next. */
class PeersTest {

    private static final NodeId US = new NodeId("us", "us-1");
    private static final Origin ORIGIN = new Origin("us", "us-1", 1, 1);
    private static final Life FIRST = Life.first(new Registration(1, 1));
    private static final Life SECOND = new Life(1, new Registration(2, 2));

    private final Peers peers = new Peers(Duration.ofSeconds(1));

    @Test
    void reportsOfOneLifeAreJoinedInWhateverOrderTheyCome() {
        peers.learn(whole(FIRST, 5));
        peers.learn(partial(FIRST, 9));
        peers.learn(whole(FIRST, 3));
        assertThat(peers.appliedBy(US, ORIGIN)).isEqualTo(9);
        assertThat(peers.wholeReportOf(US)).hasValue(whole(FIRST, 5));
    }

    @Test
    void withANewLifeEverythingSaidBeforeIsForgotten() {
        peers.learn(whole(FIRST, 5));
        peers.begin("us-1", SECOND);
        assertThat(peers.appliedBy(US, ORIGIN)).isZero();
        assertThat(peers.holdersOf(new Dot(ORIGIN, 5), Ballot.zero())).isEmpty();
        assertThat(peers.wholeReportOf(US)).isEmpty();
        assertThat(peers.wholeReportsBut(new NodeId("eu", "eu-1"))).isEmpty();

        peers.learn(whole(SECOND, 2));
        assertThat(peers.wholeReportOf(US)).hasValue(whole(SECOND, 2));
    }

    private static Report partial(Life life, long sequence) {
        return new Report(US, life, Ballot.zero(), VersionVector.of(ORIGIN, sequence), Optional.empty());
    }

    private static Report whole(Life life, long sequence) {
        Census census = new Census(true, Collections.emptySortedMap());
        return new Report(US, life, Ballot.zero(), VersionVector.of(ORIGIN, sequence), Optional.of(census));
    }
}
