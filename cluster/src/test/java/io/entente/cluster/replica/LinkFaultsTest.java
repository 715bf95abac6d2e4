package io.entente.cluster.replica;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

/** Cuts have a direction; delays are between data centers. */
class LinkFaultsTest {

    private final LinkFaults faults = new LinkFaults("eu", Duration.ofMillis(40));

    @Test
    void aCutIsInOneDirectionUntilItIsMended() {
        faults.set("eu", "us", true);
        assertThat(faults.isCut("eu", "us")).isTrue();
        assertThat(faults.isCut("us", "eu")).isFalse();
        faults.set("eu", "us", false);
        assertThat(faults.isCut("eu", "us")).isFalse();
    }

    @Test
    void onlyOtherDataCentersAreFarAway() {
        assertThat(faults.delayTo("us")).isEqualTo(Duration.ofMillis(40));
        assertThat(faults.delayTo("eu")).isZero();
    }

    @Test
    void delayedMessagesAreBoundedAndKeepTheirOrder() {
        try (DelayLine line = new DelayLine("eu-1")) {
            Duration hour = Duration.ofHours(1);
            assertThat(line.deliver(hour, (int) DelayLine.MOST_BYTES, () -> {})).isTrue();
            assertThat(line.deliver(hour, 1, () -> {})).isFalse();
            assertThat(line.deliver(hour, 0, () -> {})).isTrue();
        }
    }

    @Test
    void aClosedLineDeliversNothingAndDoesNotComplain() {
        DelayLine line = new DelayLine("eu-1");
        line.close();
        assertThat(line.deliver(Duration.ZERO, 1, () -> {})).isFalse();
    }
}
