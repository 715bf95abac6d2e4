package io.entente.core.store.directory;

import static io.entente.core.store.directory.Recovery.State.FRESH;
import static io.entente.core.store.directory.Recovery.State.INTACT;
import static io.entente.core.store.directory.Recovery.State.MAY_HAVE_LOST;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class JudgementTest {

    private static final String NOW = "this boot";
    private static final String BEFORE = "an earlier boot";
    private static final String UNKNOWN = "";

    @Test
    void aCrashWithinTheBootIsProvenByAHeadThatReachesTheRecord() {
        assertThat(afterCrash(9, NOW, NOW, 8)).isEqualTo(MAY_HAVE_LOST);
        assertThat(afterCrash(9, NOW, NOW, 9)).isEqualTo(INTACT);
        // Committed, and killed before it was recorded: nobody was told, nothing is missing.
        assertThat(afterCrash(9, NOW, NOW, 10)).isEqualTo(INTACT);
    }

    @Test
    void aCrashInAnotherBootProvesNothing() {
        for (int recovered : List.of(0, 8, 9, 10)) {
            assertThat(afterCrash(9, BEFORE, NOW, recovered)).isEqualTo(MAY_HAVE_LOST);
        }
    }

    @Test
    void anUnknownBootIsNeverTheSame() {
        assertThat(afterCrash(9, UNKNOWN, UNKNOWN, 9)).isEqualTo(MAY_HAVE_LOST);
        assertThat(afterCrash(9, NOW, UNKNOWN, 9)).isEqualTo(MAY_HAVE_LOST);
        assertThat(afterCrash(9, UNKNOWN, NOW, 9)).isEqualTo(MAY_HAVE_LOST);
    }

    @Test
    void aCleanStopIsProvenByEqualHeadsInWhateverBoot() {
        for (String boot : List.of(NOW, BEFORE, UNKNOWN)) {
            assertThat(afterCleanStop(9, boot, 8)).isEqualTo(MAY_HAVE_LOST);
            assertThat(afterCleanStop(9, boot, 9)).isEqualTo(INTACT);
            assertThat(afterCleanStop(9, boot, 10)).isEqualTo(MAY_HAVE_LOST);
        }
    }

    @Test
    void withoutARecordNothingIsProven() {
        for (int recovered : List.of(0, 9)) {
            assertThat(new Judgement(Optional.empty(), Optional.empty(), NOW, recovered).recovery())
                    .extracting(Recovery::state)
                    .isEqualTo(MAY_HAVE_LOST);
        }
    }

    @Test
    void aDoubtOutlivesEveryLaterProof() {
        HighWater proof = new HighWater(9, true, NOW);
        Recovery recovery = new Judgement(Optional.of(proof), Optional.of("the log was cut"), NOW, 9).recovery();

        assertThat(recovery.mayHaveLost()).isTrue();
        assertThat(recovery.reason()).contains("the log was cut");
    }

    @Test
    void aStoreProvenToBeEmptyIsFresh() {
        assertThat(afterCrash(0, NOW, NOW, 0)).isEqualTo(FRESH);
        assertThat(afterCleanStop(0, BEFORE, 0)).isEqualTo(FRESH);
        assertThat(afterCrash(0, BEFORE, NOW, 0)).isEqualTo(MAY_HAVE_LOST);
    }

    private static Recovery.State afterCrash(int recorded, String recordedIn, String boot, int recovered) {
        HighWater highWater = new HighWater(recorded, false, recordedIn);
        return new Judgement(Optional.of(highWater), Optional.empty(), boot, recovered)
                .recovery()
                .state();
    }

    private static Recovery.State afterCleanStop(int recorded, String recordedIn, int recovered) {
        HighWater highWater = new HighWater(recorded, true, recordedIn);
        return new Judgement(Optional.of(highWater), Optional.empty(), NOW, recovered)
                .recovery()
                .state();
    }
}
