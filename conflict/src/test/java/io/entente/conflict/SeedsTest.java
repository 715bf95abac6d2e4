package io.entente.conflict;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class SeedsTest {

    @Test
    void aFailureNamesTheSeedThatReplaysIt() {
        assertThatExceptionOfType(AssertionError.class)
                .isThrownBy(() -> Seeds.each(3, random -> {
                    throw new IllegalStateException("broken");
                }))
                .withMessageMatching(".* seed (\\d+); replay with -Dseed=\\1")
                .withCauseInstanceOf(IllegalStateException.class);
    }

    @Test
    void theSameSeedsGiveTheSameNumbers() {
        assertThat(numbers()).isEqualTo(numbers());
    }

    private static List<Long> numbers() {
        List<Long> numbers = new ArrayList<>();
        Seeds.each(3, random -> numbers.add(random.nextLong()));
        return numbers;
    }
}
