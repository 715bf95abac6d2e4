package io.entente.samples.bench.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class WorkloadTest {

    private final Workload workload = new Workload(1_000, 50, 20, 8);

    @Test
    void theSameWriteIsTheSameInEachRun() {
        Workload again = new Workload(1_000, 50, 20, 8);
        for (int write = 0; write < 100; write++) {
            assertThat(again.key(1, write)).isEqualTo(workload.key(1, write));
            assertThat(again.value(1, write))
                    .isEqualTo(workload.value(1, write))
                    .hasSize(20);
        }
    }

    @Test
    void writesReachEveryKeyAndNoOther() {
        Set<String> keys = IntStream.range(0, 50).mapToObj(workload::keyNumber).collect(Collectors.toSet());
        Set<String> written = IntStream.range(0, 1_000)
                .mapToObj(write -> workload.key(0, write))
                .collect(Collectors.toSet());
        assertThat(written).isEqualTo(keys);
    }

    @Test
    void dataCentersWriteDifferentValues() {
        assertThat(workload.value(0, 7)).isNotEqualTo(workload.value(1, 7));
    }

    @Test
    void whatIsBelowOneIsRefusedByItsOption() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Workload(1, 0, 1, 1))
                .withMessage("--keys is 0: give at least 1");
    }

    @Test
    void moreRequestsThanCanBeNumberedAreAsManyAsCan() {
        assertThat(workload.times(10).writes()).isEqualTo(10_000);
        assertThat(new Workload(1_000_000_000, 1, 1, 1).times(10).writes()).isEqualTo(Integer.MAX_VALUE);
    }
}
