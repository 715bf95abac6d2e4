package io.entente.core.history;

import static org.assertj.core.api.Assertions.assertThat;

import io.entente.core.history.Linearizability.Call;
import io.entente.core.history.Linearizability.Model;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** The checker on histories of a single register: figures of the book and of papers, and whatever chance makes. */
class LinearizabilityTest {

    /** A write of a value, or a read that gave it. */
    private record Operation(boolean isWrite, int value) {}

    private static final class Register implements Model<Integer, Operation> {

        @Override
        public Integer initial() {
            return 0;
        }

        @Override
        public Optional<Integer> after(Integer state, Operation call) {
            return call.isWrite || call.value == state ? Optional.of(call.value) : Optional.empty();
        }
    }

    private static Call<Operation> write(int value, long began, long ended) {
        return new Call<>(new Operation(true, value), began, ended);
    }

    private static Call<Operation> read(int value, long began, long ended) {
        return new Call<>(new Operation(false, value), began, ended);
    }

    @SafeVarargs
    @SuppressWarnings("varargs")
    private static boolean holds(Call<Operation>... calls) {
        return Linearizability.holds(new Register(), List.of(calls));
    }

    @Test
    void aReadDuringAWriteMayGiveTheOldValueOrTheNew() {
        assertThat(holds(write(1, 0, 10), read(0, 2, 3))).isTrue();
        assertThat(holds(write(1, 0, 10), read(1, 2, 3))).isTrue();
    }

    @Test
    void onceAReadGaveTheNewValueNoneGivesTheOld() {
        assertThat(holds(write(1, 0, 10), read(1, 2, 3), read(0, 4, 5))).isFalse();
        assertThat(holds(write(1, 0, 10), read(1, 2, 5), read(0, 4, 6)))
                .as("they overlap")
                .isTrue();
    }

    @Test
    void aReadAfterAWriteGivesItsValue() {
        assertThat(holds(write(1, 0, 1), read(0, 2, 3))).isFalse();
        assertThat(holds(write(1, 0, 1), write(2, 2, 3), read(1, 4, 5))).isFalse();
    }

    @Test
    void aWriteWithoutAnAnswerMayTakeEffectAtAnyTimeOrNever() {
        assertThat(holds(write(1, 0, Long.MAX_VALUE), read(0, 100, 101))).isTrue();
        assertThat(holds(write(1, 0, Long.MAX_VALUE), read(0, 100, 101), read(1, 102, 103)))
                .isTrue();
        assertThat(holds(write(1, 0, Long.MAX_VALUE), read(1, 100, 101), read(0, 102, 103)))
                .isFalse();
    }

    @Test
    void whatIsRecordedFromARealRegisterHolds() {
        for (int seed = 0; seed < 300; seed++) {
            assertThat(Linearizability.holds(new Register(), recorded(new SplittableRandom(seed), false)))
                    .as("seed " + seed)
                    .isTrue();
        }
    }

    @Test
    void aRegisterThatNowAndThenAnswersFromThePastIsFoundOut() {
        int found = 0;
        for (int seed = 0; seed < 300; seed++) {
            found += Linearizability.holds(new Register(), recorded(new SplittableRandom(seed), true)) ? 0 : 1;
        }
        assertThat(found).isGreaterThan(200);
    }

    /** Clients of a register, each call of which takes effect at some moment while it lasts. */
    private static List<Call<Operation>> recorded(SplittableRandom random, boolean stale) {
        List<Call<Operation>> calls = new ArrayList<>();
        List<Integer> past = new ArrayList<>(List.of(0));
        for (int i = 1; i <= 40; i++) {
            long effect = i * 100L;
            long began = effect - random.nextInt(250);
            long ended = effect + random.nextInt(250);
            int value = past.get(past.size() - 1);
            if (random.nextBoolean()) {
                past.add(i);
                calls.add(write(i, began, ended));
            } else {
                boolean isStale = stale && random.nextInt(4) == 0 && past.size() > 5;
                calls.add(read(isStale ? past.get(past.size() - 5) : value, began, ended));
            }
        }
        return calls;
    }
}
