package io.entente.core.history;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Optional;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** Histories of a register whose clients don't hear of every outcome. */
class RegisterHistoryTest {

    private final RegisterHistory history = new RegisterHistory("k");

    private void written(String value, long began, long ended) {
        history.asked(value, began).acknowledged(ended);
    }

    private void read(String value, long began, long ended) {
        history.read(Optional.of(value), began, ended);
    }

    @Test
    void readsThatShowTheLatestWriteFit() {
        history.read(Optional.empty(), 0, 1);
        written("a", 2, 5);
        read("a", 4, 6);
        written("b", 7, 8);
        read("b", 9, 10);
        assertThat(history.fault()).isEmpty();
        assertThat(history.size()).isEqualTo(5);
    }

    @Test
    void aReadThatMissesAnAcknowledgedWriteIsFoundOutAndToldLast() {
        written("a", 0, 1);
        written("b", 2_000_000, 3_000_000);
        read("a", 4_000_000, 5_000_000);
        read("b", 6_000_000, 7_000_000);
        assertThat(history.fault().orElseThrow())
                .startsWith("no order fits what clients of k were told")
                .endsWith("4.000 to      5.000 ms: read a");
    }

    @Test
    void aWriteOfUnknownOutcomeMayTakeEffectLateAndOnceAtTheMost() {
        written("a", 0, 1);
        history.asked("b", 2);
        read("a", 10, 11);
        read("b", 20, 21);
        assertThat(history.fault()).isEmpty();
        read("a", 30, 31);
        assertThat(history.fault()).isPresent();
    }

    @Test
    void aWriteThatIsSaidNotToBeThereIsNotThere() {
        history.asked("a", 0).refused();
        assertThat(history.fault()).isEmpty();
        read("a", 1, 2);
        assertThat(history.fault()).contains("k is read as a, whose writer was told that it is not written");
    }

    @Test
    void nobodyReadsWhatNobodyWroteAndNobodyWritesTwice() {
        read("a", 1, 2);
        assertThat(history.fault()).contains("k is read as a, which nobody wrote");
        history.asked("a", 3);
        assertThatThrownBy(() -> history.asked("a", 4)).hasMessageContaining("each value is written once");
    }

    /** Each would double the search, were it open when it takes effect. */
    @Test
    void manyWritesOfUnknownOutcomeAndThousandsOfCallsAreJudgedSoon() {
        SplittableRandom random = new SplittableRandom(7);
        Optional<String> value = Optional.empty();
        for (int i = 1; i <= 5_000; i++) {
            long effect = i * 100L;
            long began = effect - random.nextInt(250);
            long ended = effect + random.nextInt(250);
            if (random.nextBoolean()) {
                RegisterHistory.Write write = history.asked("v" + i, began);
                boolean happens = random.nextInt(3) > 0;
                value = happens ? Optional.of("v" + i) : value;
                if (happens && random.nextBoolean()) {
                    write.acknowledged(ended);
                }
            } else {
                history.read(value, began, ended);
            }
        }
        assertThat(history.fault()).isEmpty();
        history.read(Optional.of("v1"), 1_000_000, 1_000_001);
        assertThat(history.fault()).isPresent();
    }
}
