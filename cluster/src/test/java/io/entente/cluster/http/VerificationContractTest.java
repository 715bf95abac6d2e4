package io.entente.cluster.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.entente.conflict.version.VersionVector;
import io.entente.core.bytes.Bytes;
import io.entente.core.codec.StoreKeys;
import io.entente.core.effect.Reply;
import io.entente.core.message.Digest;
import io.entente.core.message.NodeId;
import io.entente.core.message.RowState;
import io.entente.core.record.RecordKey;
import io.entente.core.repair.Difference;
import io.entente.core.repair.Difference.Outcome;
import io.entente.core.repair.VerificationReport;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code POST /admin/verify} compares, {@code GET /verify} shows what was found. */
class VerificationContractTest {

    private static final NodeId EU = new NodeId("eu", "eu-1");
    private static final NodeId US = new NodeId("us", "us-1");

    private HttpNode node;

    @BeforeEach
    void start() {
        node = new HttpNode();
    }

    @AfterEach
    void stop() {
        node.close();
    }

    @Test
    void equalCopiesAreProvedEqualAndShownAsSuchFromThenOn() {
        assertThat(node.get("/verify").json().path("verdict").textValue()).isEqualTo("incomplete");
        node.verified = new Reply.Verified(report(List.of()));
        JsonNode found = verify("").hasStatus(200).json();
        assertThat(found.path("verdict").textValue()).isEqualTo("equal");
        assertThat(found.path("rows").longValue()).isEqualTo(7);
        assertThat(found.path("partitions").path(0).path("compared")).hasToString("[\"us-1\"]");
        assertThat(node.get("/verify").json()).isEqualTo(found);
    }

    @Test
    void whatDiffersIsNamed() {
        Bytes row = new StoreKeys(0).record(new RecordKey("users", "alice"));
        Difference difference = new Difference(
                new RecordKey("users", "alice"),
                row,
                new TreeMap<>(Map.of(
                        EU, RowState.live(row, new Digest(1, 2)), US, RowState.of(row, RowState.Kind.UNREADABLE))),
                Outcome.REPAIRED);
        node.verified = new Reply.Verified(report(List.of(difference)));
        JsonNode found = verify("?timeout=2s").hasStatus(200).json();
        assertThat(found.path("verdict").textValue()).isEqualTo("repaired");
        assertThat(found.path("unrepaired").longValue()).isZero();
        assertThat(found.path("partitions").path(0).path("named").path(0))
                .hasToString("{\"map\":\"users\",\"key\":\"alice\",\"part\":false,"
                        + "\"held\":{\"eu-1\":\"00000000000000010000000000000002\",\"us-1\":\"unreadable\"},"
                        + "\"outcome\":\"repaired\"}");
    }

    @Test
    void aPartitionThatCouldNotBeVerifiedSaysWhy() {
        JsonNode found = verify("").hasStatus(200).json();
        assertThat(found.path("verdict").textValue()).isEqualTo("incomplete");
        assertThat(found.path("failed").path("0").textValue()).isEqualTo("not now");
    }

    @ParameterizedTest
    @ValueSource(strings = {"null", "[]", "{\"keys\":1}", "{\"node\":"})
    void whatIsNoFormOfTheRequestIsRefused(String body) {
        node.post("/admin/verify", body).isProblem(400, "malformed-body");
    }

    @Test
    void anEmptyObjectIsAsGoodAsNothing() {
        node.verified = new Reply.Verified(report(List.of()));
        node.post("/admin/verify", "{}").hasStatus(200);
    }

    private Answer verify(String query) {
        return node.post("/admin/verify" + query, "");
    }

    private static VerificationReport report(List<Difference> differences) {
        return new VerificationReport(
                EU,
                VersionVector.empty(),
                7,
                new Digest(3, 4),
                new TreeSet<>(List.of(US)),
                new TreeMap<>(),
                0,
                differences.size(),
                differences);
    }
}
