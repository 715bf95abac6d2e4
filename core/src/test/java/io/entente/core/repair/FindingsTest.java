package io.entente.core.repair;

import static org.assertj.core.api.Assertions.assertThat;

import io.entente.conflict.version.VersionVector;
import io.entente.core.bytes.Bytes;
import io.entente.core.message.NodeId;
import io.entente.core.record.RecordKey;
import io.entente.core.repair.Difference.Outcome;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class FindingsTest {

    private final Findings findings = new Findings();

    @Test
    void whatIsNotRepairedIsNamedEvenAfterManyThatAre() {
        IntStream.range(0, VerificationReport.MOST_NAMED).forEach(row -> add(Outcome.REPAIRED));
        add(Outcome.NOT_REPAIRED);
        add(Outcome.NO_MAJORITY);
        add(Outcome.REPAIRED);

        VerificationReport report = report();
        assertThat(report.differences()).isEqualTo(VerificationReport.MOST_NAMED + 3);
        assertThat(report.named())
                .hasSize(VerificationReport.MOST_NAMED)
                .extracting(Difference::outcome)
                .contains(Outcome.NOT_REPAIRED, Outcome.NO_MAJORITY);
    }

    @Test
    void aRowWithoutMajorityIsNamedBeforeOneThatWaits() {
        IntStream.range(0, VerificationReport.MOST_NAMED).forEach(row -> add(Outcome.CHANGED_MEANWHILE));
        add(Outcome.NO_MAJORITY);

        assertThat(report().named()).extracting(Difference::outcome).contains(Outcome.NO_MAJORITY);
    }

    private void add(Outcome outcome) {
        findings.add(new Difference(new RecordKey("m", "k"), Bytes.utf8("row"), new TreeMap<>(), outcome));
    }

    private VerificationReport report() {
        return findings.report(new NodeId("eu", "eu-1"), VersionVector.empty(), new TreeSet<>(), new TreeMap<>(), 0);
    }
}
