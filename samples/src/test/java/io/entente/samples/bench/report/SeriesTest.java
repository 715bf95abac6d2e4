package io.entente.samples.bench.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import org.junit.jupiter.api.Test;

class SeriesTest {

    private static final Figure RATIO = Figure.of("ratio", "to raw", "ratio");

    @Test
    void theMedianIsTheValueInTheMiddleWhateverTheOrder() {
        assertThat(new Series(RATIO, List.of(9.0, 1.0, 5.0)).median()).isEqualTo(5);
    }

    @Test
    void theMedianOfAnEvenNumberIsTheMeanOfTheTwoInTheMiddle() {
        assertThat(new Series(RATIO, List.of(8.0, 1.0, 2.0, 4.0)).median()).isEqualTo(3);
    }

    @Test
    void theSpreadIsLeastAndGreatest() {
        Series series = new Series(RATIO, List.of(3.0, -1.0, 2.0));
        assertThat(series.least()).isEqualTo(-1);
        assertThat(series.greatest()).isEqualTo(3);
        assertThat(series.values()).containsExactly(3.0, -1.0, 2.0);
    }

    @Test
    void aSeriesHasValues() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Series(RATIO, List.of()))
                .withMessageContaining("ratio");
    }

    @Test
    void aBoundIsKeptByTheMedianAlone() {
        assertThat(new Series(RATIO.atLeast(0.6), List.of(0.1, 0.6, 0.9)).keepsItsBound())
                .isTrue();
        assertThat(new Series(RATIO.atLeast(0.6), List.of(0.1, 0.5, 0.9)).keepsItsBound())
                .isFalse();
        assertThat(new Series(RATIO.atMost(256), List.of(256.0)).keepsItsBound())
                .isTrue();
        assertThat(new Series(RATIO.atMost(256), List.of(256.5)).keepsItsBound())
                .isFalse();
        assertThat(new Series(RATIO, List.of(1e9)).keepsItsBound()).isTrue();
    }

    @Test
    void measurementsKeepTheOrderOfFiguresAndRuns() {
        Measurements measurements = new Measurements();
        for (int run = 1; run <= 2; run++) {
            measurements.add(Figure.of("b", "second", "ms"), run);
            measurements.add(Figure.of("a", "first", "ms"), 10 * run);
        }
        assertThat(measurements.series())
                .extracting(series -> series.figure().id())
                .containsExactly("b", "a");
        assertThat(measurements.series().get(1).values()).containsExactly(10.0, 20.0);
        assertThat(measurements.lastRun()).containsExactly("second 2.00 ms", "first 20.0 ms");
    }
}
