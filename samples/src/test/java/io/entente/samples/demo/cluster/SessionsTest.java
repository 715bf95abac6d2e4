package io.entente.samples.demo.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import io.entente.cluster.map.SessionToken;
import io.entente.conflict.version.CausalContext;
import io.entente.conflict.version.Dot;
import io.entente.conflict.version.Origin;
import io.entente.conflict.version.VersionVector;
import io.entente.core.record.RecordKey;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What the shell remembers, and what it forgets when data are gone. */
class SessionsTest {

    private static final Origin EU = new Origin("eu", "eu-1", 1, 1);
    private static final Origin US = new Origin("us", "us-1", 1, 1);
    private static final RecordKey KEY = new RecordKey("map", "key");

    private final Sessions sessions = new Sessions();

    private static SessionToken seen(Origin... origins) {
        VersionVector vector = VersionVector.empty();
        for (Origin origin : origins) {
            vector = vector.with(origin, 1);
        }
        return SessionToken.of(0, vector);
    }

    @Test
    void whoeverHasSeenWritesOfANodeWhoseDataAreGoneBeginsAnewWhereverItIs() {
        sessions.saw("eu", seen(EU));
        sessions.saw("us", seen(US));
        sessions.saw("alice", seen(US, EU));
        sessions.saw("alice", KEY, CausalContext.of(List.of(new Dot(EU, 1)), false));
        sessions.saw("us", KEY, CausalContext.of(List.of(new Dot(US, 1)), false));
        sessions.use(Optional.of("trip"));
        sessions.saw("us", seen(EU));

        sessions.forgetWritesOf("eu-1");

        assertThat(sessions.at("us")).as("the session that goes on").isEqualTo(SessionToken.empty());
        sessions.use(Optional.empty());
        assertThat(sessions.at("eu")).isEqualTo(SessionToken.empty());
        assertThat(sessions.at("alice")).as("a client that keeps to eu").isEqualTo(SessionToken.empty());
        assertThat(sessions.contextOf("alice", KEY)).isEmpty();
        assertThat(sessions.at("us")).as("who has seen none of its writes").isEqualTo(seen(US));
        assertThat(sessions.contextOf("us", KEY)).isPresent();
    }
}
