package io.entente.cluster.clock;

import static org.assertj.core.api.Assertions.assertThat;

import io.entente.cluster.clock.ClockReport.Verdict;
import io.entente.core.message.NodeId;
import java.time.Duration;
import java.util.Objects;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Times are made up; nothing here reads a clock. */
class ClockWatchTest {

    private static final NodeId EU = new NodeId("eu", "eu-1");
    private static final NodeId US = new NodeId("us", "us-1");
    private static final NodeId AP = new NodeId("ap", "ap-1");
    private static final NodeId SA = new NodeId("sa", "sa-1");
    private static final long HOUR = 3_600_000;
    private static final long WALL = 1_800_000_000_000L;
    private static final long MILLI = 1_000_000;

    private final ClockWatch watch = new ClockWatch(EU, Duration.ofSeconds(1));
    private long nowNanos = 77 * MILLI;
    private long ownErrorMillis;
    private long suspendedMillis;

    @Test
    void skewIsMeasuredFromTheMiddleOfTheRoundTrip() {
        exchange(US, 250, 40, 40);
        assertThat(report().skews().get(US)).isEqualTo(new Skew(250, 80));
    }

    @Test
    void theErrorIsHalfTheRoundTripAtMostHoweverUnevenTheWaysAre() {
        Random random = new Random(1);
        for (int i = 0; i < 1_000; i++) {
            ClockWatch fresh = new ClockWatch(EU, Duration.ofSeconds(1));
            int there = random.nextInt(500);
            int back = random.nextInt(500);
            long skew = random.nextInt(10_000) - 5_000L;
            exchange(fresh, US, skew, there, back);
            Skew measured = Objects.requireNonNull(
                    fresh.judge(nowNanos, wall(), 1).skews().get(US));
            assertThat(Math.abs(measured.millis() - skew)).isLessThanOrEqualTo((there + back) / 2L + 1);
        }
    }

    @Test
    void ofTheLastFewAnswersTheQuickestCounts() {
        exchange(US, 100, 1, 1);
        for (int i = 1; i < PeerClock.READINGS; i++) {
            exchange(US, 100, 10, 900);
        }
        assertThat(report().skews().get(US)).isEqualTo(new Skew(100, 2));
        exchange(US, 100, 10, 900);
        assertThat(report().skews().get(US)).isEqualTo(new Skew(-345, 910));
    }

    /** Whether a clock was set, or its machine was suspended, shows only when the others are asked again. */
    @Test
    void aClockThatHasJumpedIsTrustedAgainWhenOthersConfirmIt() {
        exchange(US, 0, 5, 5);
        exchange(AP, 0, 5, 5);
        assertThat(report().verdict()).isEqualTo(Verdict.RIGHT);
        ownErrorMillis = HOUR;
        assertThat(report().verdict()).isEqualTo(Verdict.UNCHECKED);
        assertThat(report().refusal()).isPresent();
        exchange(US, 0, 5, 5);
        assertThat(report().verdict()).isEqualTo(Verdict.UNCHECKED);
        exchange(AP, 0, 5, 5);
        assertThat(report().verdict()).isEqualTo(Verdict.OFF);
        assertThat(report().aheadMillis()).isEqualTo(HOUR);
        ownErrorMillis = 0;
        exchange(US, 0, 5, 5);
        exchange(AP, 0, 5, 5);
        assertThat(report().verdict()).isEqualTo(Verdict.RIGHT);
    }

    /** The monotonic clock stands still while a machine is suspended; the others' clocks and, once it is back, its own go on. */
    @Test
    void aMachineThatWasSuspendedIsNotTakenForOneThatIsOff() {
        exchange(US, 0, 1, 1);
        exchange(AP, 0, 1, 1);
        assertThat(report().verdict()).isEqualTo(Verdict.RIGHT);
        suspendedMillis += HOUR;
        assertThat(report().verdict()).isEqualTo(Verdict.UNCHECKED);
        exchange(US, 0, 40, 40);
        exchange(AP, 0, 40, 40);
        assertThat(report().verdict()).isEqualTo(Verdict.RIGHT);
    }

    /** A virtual machine may come back with the time at which it was stopped: nothing at home shows that. */
    @Test
    void whoseClockStoodStillWithItsMachineIsFoundOutByTheNextAnswers() {
        for (int i = 0; i < PeerClock.READINGS; i++) {
            exchange(US, 0, 1, 1);
            exchange(AP, 0, 1, 1);
        }
        suspendedMillis += HOUR;
        ownErrorMillis = -HOUR;
        assertThat(report().verdict()).isEqualTo(Verdict.RIGHT);
        exchange(US, 0, 40, 40);
        exchange(AP, 0, 40, 40);
        assertThat(report().verdict()).isEqualTo(Verdict.OFF);
        assertThat(report().aheadMillis()).isEqualTo(-HOUR);
    }

    @Test
    void aNodeThatStartsAmongOthersWaitsForTheirAnswersThoughNotForLong() {
        assertThat(report(2).verdict()).isEqualTo(Verdict.UNCHECKED);
        assertThat(report(2).refusal())
                .hasValueSatisfying(text -> assertThat(text).contains("not been compared", "in a moment"));
        nowNanos += ClockWatch.PATIENCE_NANOS;
        assertThat(report(2).verdict()).isEqualTo(Verdict.UNCHECKED);
        nowNanos += 1;
        assertThat(report(2).verdict()).as("nobody answers").isEqualTo(Verdict.RIGHT);
        assertThat(report(5).verdict()).as("it has begun").isEqualTo(Verdict.RIGHT);
    }

    @Test
    void aNodeThatStartsWithAWrongClockTakesNoWriteBeforeThatIsFoundOut() {
        ownErrorMillis = HOUR;
        assertThat(report(2).refusal()).isPresent();
        exchange(US, 0, 5, 5);
        assertThat(report(2).refusal()).isPresent();
        exchange(AP, 0, 5, 5);
        assertThat(report(2).verdict()).isEqualTo(Verdict.OFF);
    }

    @Test
    void aNodeThatKnowsTooFewOthersToBeJudgedDoesNotWait() {
        assertThat(report(1).verdict()).isEqualTo(Verdict.RIGHT);
        assertThat(report(2).verdict()).as("it has begun").isEqualTo(Verdict.RIGHT);
    }

    @ParameterizedTest
    @CsvSource({
        "0, 0, 0, RIGHT",
        "1000, 0, 0, RIGHT",
        "1001, 0, 0, OFF",
        "-1001, 0, 0, OFF",
        "0, 3600000, 0, RIGHT",
        "0, 3600000, -3600000, RIGHT",
        "0, 3600000, 3600000, OFF",
        "900, -900, 0, RIGHT"
    })
    void aClockFurtherFromTheMedianOfThreeThanTheLimitIsOff(long own, long us, long ap, Verdict verdict) {
        ownErrorMillis = own;
        exchange(US, us, 0, 0);
        exchange(AP, ap, 0, 0);
        assertThat(report().verdict()).isEqualTo(verdict);
        assertThat(report().refusal().isPresent()).isEqualTo(verdict == Verdict.OFF);
    }

    @Test
    void whatTheMeasurementMayBeWrongByIsNoFaultOfTheClock() {
        exchange(US, 0, 4_000, 0);
        exchange(AP, 0, 4_000, 0);
        assertThat(report().aheadMillis()).isEqualTo(-2_000);
        assertThat(report().verdict()).isEqualTo(Verdict.RIGHT);
        ownErrorMillis = 5_001;
        exchange(US, 0, 4_000, 0);
        exchange(AP, 0, 4_000, 0);
        assertThat(report().verdict()).isEqualTo(Verdict.OFF);
    }

    @ParameterizedTest
    @CsvSource({"0, RIGHT", "3600000, RIGHT", "-3600000, OFF"})
    void twoAgainstTwoCondemnsNobody(long own, Verdict verdict) {
        ownErrorMillis = own;
        exchange(US, 0, 5, 5);
        exchange(AP, HOUR, 5, 5);
        exchange(SA, HOUR, 5, 5);
        assertThat(report().verdict()).isEqualTo(verdict);
    }

    @Test
    void ofTwoClocksBothAreDoubtedAndBothGoOn() {
        exchange(US, -90_000, 5, 5);
        assertThat(report(1).verdict()).isEqualTo(Verdict.DOUBTED);
        assertThat(report(1).refusal()).isEmpty();
        assertThat(report(1).warning())
                .hasValueSatisfying(text -> assertThat(text)
                        .contains("eu-1 is 90 s ahead of that of node us-1")
                        .contains("entente.max-clock-drift is 1000 ms"));
    }

    @Test
    void aClockThatIsOffStaysSoUntilOthersSayThatItIsRight() {
        ownErrorMillis = -HOUR;
        exchange(US, 0, 5, 5);
        exchange(AP, 0, 5, 5);
        assertThat(report().refusal())
                .hasValueSatisfying(text -> assertThat(text)
                        .contains("eu-1 is 3600 s behind the median")
                        .contains("entente.max-clock-drift is 1000 ms")
                        .contains("set it, best by NTP"));
        nowNanos += PeerClock.MOST_AGE_NANOS + 1;
        assertThat(report().skews()).isEmpty();
        assertThat(report().verdict()).isEqualTo(Verdict.OFF);
        exchange(US, 0, 5, 5);
        assertThat(report().verdict()).isEqualTo(Verdict.OFF);
        ownErrorMillis = 0;
        exchange(US, 0, 5, 5);
        exchange(AP, 0, 5, 5);
        assertThat(report().verdict()).isEqualTo(Verdict.RIGHT);
    }

    @Test
    void aClockThatIsOffIsRightWhereItWasSetThoughNobodyIsHeardAnyMore() {
        foundOffAndLeftAlone(-HOUR);
        assertThat(report().refusal())
                .hasValueSatisfying(text -> assertThat(text).contains("3600 s behind the median"));
        ownErrorMillis += HOUR / 2;
        assertThat(report().verdict()).as("set by half of it").isEqualTo(Verdict.OFF);
        ownErrorMillis = 0;
        assertThat(report().verdict()).as("somebody may answer yet").isEqualTo(Verdict.UNCHECKED);
        nowNanos += ClockWatch.PATIENCE_NANOS + 1;
        assertThat(report().verdict()).isEqualTo(Verdict.RIGHT);
    }

    /** By 500 parts in a million at the most: what is off by a second more than allowed is not for ever. */
    @Test
    void aClockThatIsOffMayHaveBeenSlewedThoughNobodyIsHeardAnyMore() {
        foundOffAndLeftAlone(3_000);
        assertThat(report().verdict()).isEqualTo(Verdict.OFF);
        nowNanos += 2_000 * 2_000 * MILLI;
        assertThat(report().verdict()).isEqualTo(Verdict.RIGHT);
    }

    private void foundOffAndLeftAlone(long errorMillis) {
        ownErrorMillis = errorMillis;
        exchange(US, 0, 5, 5);
        exchange(AP, 0, 5, 5);
        assertThat(report().verdict()).isEqualTo(Verdict.OFF);
        nowNanos += PeerClock.MOST_AGE_NANOS + 1;
    }

    @Test
    void aNodeAloneTrustsItsClock() {
        ownErrorMillis = HOUR;
        assertThat(report(0).verdict()).isEqualTo(Verdict.RIGHT);
    }

    @Test
    void anAnswerFromBeforeItsQuestionIsNone() {
        watch.answered(US, nowNanos + 5, nowNanos, WALL);
        assertThat(report().skews()).isEmpty();
    }

    private ClockReport report() {
        return report(2);
    }

    private ClockReport report(int others) {
        watch.look(nowNanos, wall());
        return watch.judge(nowNanos, wall(), others);
    }

    /** A question and its answer: its node's clock is off by so much, and the ways take so long. */
    private void exchange(NodeId peer, long errorMillis, int there, int back) {
        exchange(watch, peer, errorMillis, there, back);
    }

    private void exchange(ClockWatch at, NodeId peer, long errorMillis, int there, int back) {
        long sent = nowNanos;
        at.look(sent, wall());
        nowNanos += there * MILLI;
        long shown = truth() + errorMillis;
        nowNanos += back * MILLI;
        at.answered(peer, sent, nowNanos, shown);
        nowNanos += 500 * MILLI;
    }

    private long wall() {
        return truth() + ownErrorMillis;
    }

    private long truth() {
        return WALL + suspendedMillis + nowNanos / MILLI;
    }
}
