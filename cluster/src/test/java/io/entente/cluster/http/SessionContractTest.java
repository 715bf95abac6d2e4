package io.entente.cluster.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.entente.conflict.version.CausalContext;
import io.entente.conflict.version.Dot;
import io.entente.conflict.version.Origin;
import io.entente.conflict.version.VersionVector;
import io.entente.core.codec.ContextCodec;
import io.entente.core.codec.SessionTokenCodec;
import io.entente.core.record.RecordKey;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Session tokens and contexts from elsewhere: what they make requests wait for, and how they merge. */
class SessionContractTest {

    private static final Origin ELSEWHERE = new Origin("us", "us-1", 2_000, 7);
    private static final SessionTokenCodec SESSIONS = new SessionTokenCodec(4_096);
    private static final ContextCodec CONTEXTS = new ContextCodec(4_096);

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
    void aSessionReadsWhatItWrote() {
        String session = node.put("/maps/sessions/mine", "1").header("Entente-Session");
        assertThat(node.get("/maps/sessions/mine", "Entente-Session", session)
                        .hasStatus(200)
                        .text())
                .isEqualTo("1");
    }

    @Test
    void aReadWaitsForWhatTheSessionHasSeenAndSaysSoWhenItDidNotCome() {
        Answer refused = node.get("/maps/sessions/theirs?timeout=20ms", "Entente-Session", tokenOf(ELSEWHERE))
                .isProblem(503, "not-reached");
        assertThat(refused.header("Retry-After")).isEqualTo("1");
        node.get("/maps/sessions/theirs?timeout=20ms&read=session", "Entente-Session", tokenOf(ELSEWHERE))
                .isProblem(503, "not-reached");
    }

    @Test
    void aLocalReadDoesNotWaitAndKeepsWhatTheSessionHasSeen() {
        Answer absent = node.get("/maps/sessions/theirs?read=local", "Entente-Session", tokenOf(ELSEWHERE))
                .isProblem(404, "absent");
        assertThat(seenIn(absent).sequenceOf(ELSEWHERE)).isEqualTo(9);
    }

    @Test
    void aReadByQuorumIsOneOfItsSessionToo() {
        node.put("/maps/sessions/quorum", "1");
        for (String concern : List.of("quorum", "local-quorum", "1")) {
            assertThat(node.get("/maps/sessions/quorum?read=" + concern)
                            .hasStatus(200)
                            .text())
                    .isEqualTo("1");
        }
        node.get("/maps/sessions/quorum?timeout=20ms&read=quorum", "Entente-Session", tokenOf(ELSEWHERE))
                .isProblem(503, "not-reached");
    }

    @Test
    void aSessionThatGoesOnRemembersOnlyWhatNamesTheRest() {
        String first = node.put("/maps/sessions/goes", "1").header("Entente-Session");
        String second =
                node.put("/maps/sessions/on", "2", "Entente-Session", first).header("Entente-Session");
        assertThat(SESSIONS.decode(second)
                        .getOrDefault(0, VersionVector.empty())
                        .size())
                .isEqualTo(1);
    }

    @Test
    void aWriteOfASessionWaitsTooSoThatItComesAfterWhatTheSessionSaw() {
        node.put("/maps/sessions/write?timeout=20ms", "1", "Entente-Session", tokenOf(ELSEWHERE))
                .isProblem(503, "not-reached");
        node.get("/maps/sessions/write").isProblem(404, "absent");
    }

    @Test
    void theAnswersTokenMergesTheRequestsWithWhatWasSeen() {
        Answer put = node.put("/maps/sessions/merged", "1");
        VersionVector written = seenIn(put);
        Answer absent = node.get("/maps/sessions/none?read=local", "Entente-Session", tokenOf(ELSEWHERE));
        assertThat(seenIn(absent).dominates(written)).isTrue();
        assertThat(seenIn(absent).contains(new Dot(ELSEWHERE, 9))).isTrue();
    }

    @Test
    void aContextAheadOfTheReplicaIsWaitedFor() {
        RecordKey key = new RecordKey("sessions", "ahead");
        CausalContext ahead = CausalContext.of(List.of(new Dot(ELSEWHERE, 1)), false);
        String context = CONTEXTS.encode(key, ahead);
        node.put("/maps/sessions/ahead?timeout=20ms", "1", "Entente-Context", context)
                .isProblem(503, "not-reached");
        node.put("/maps/sessions/ahead?timeout=20ms", "1", "If-Match", '"' + context + '"')
                .isProblem(503, "not-reached");
        node.get("/maps/sessions/ahead").isProblem(404, "absent");
    }

    private static String tokenOf(Origin origin) {
        SortedMap<Integer, VersionVector> seen = new TreeMap<>();
        seen.put(0, VersionVector.of(origin, 9));
        return SESSIONS.encode(seen);
    }

    private static VersionVector seenIn(Answer answer) {
        return SESSIONS.decode(answer.header("Entente-Session")).getOrDefault(0, VersionVector.empty());
    }
}
