package io.entente.core.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Each rule of snapshots and truncated logs, left out, is found out. */
class SnapshotBugsTest {

    private static final int MOST_LOSING = 60;

    static List<InjectedBugsTest.Bug> bugs() {
        return List.of(
                bug("records are merged twice", SnapshotBugs.MergedTwice::new, Law.RECORD),
                bug("a record is not merged before it is looked at", SnapshotBugs.NotMergedFirst::new, Law.RECORD)
                        .from(5),
                bug(
                        "writes depend on the old vector while a snapshot is merged",
                        SnapshotBugs.DependsOnOldVector::new,
                        Law.CAUSAL_ORDER,
                        Law.RECORD,
                        Law.ALARM),
                bug("the vector is joined before the rows", SnapshotBugs.JoinedBeforeMerged::new, Law.CAUSAL_ORDER)
                        .from(5),
                bug("rows are put in place as they come", SnapshotBugs.InPlace::new, Law.RECORD, Law.CAUSALITY_FIRST),
                bug(
                        "dependencies are those of the wrong side",
                        SnapshotBugs.OldDependenciesKept::new,
                        Law.RECORD,
                        Law.CAUSALITY_FIRST,
                        Law.ALARM),
                bug("a gap in a snapshot is not noticed", SnapshotBugs.GapInSnapshot::new, Law.RECORD)
                        .from(5),
                bug("where a log begins is not noted", SnapshotBugs.BeginningNotNoted::new, Law.LOG),
                bug("own entries go that nobody has", SnapshotBugs.OwnEntriesTruncated::new, Law.RETENTION),
                bug("a report counts before its reporter's writes", Bugs.ReportCountedEarly::new, Law.PURGE),
                bug("reports of a former life count", LossBugs.FormerLifeCounted::new, Law.PURGE, Law.LIVENESS)
                        .from(30));
    }

    private static InjectedBugsTest.Bug bug(String name, Supplier<Surgery> surgery, Law... laws) {
        return new InjectedBugsTest.Bug(name, surgery, Set.of(laws));
    }

    @ParameterizedTest
    @MethodSource("bugs")
    void aBugIsFoundOut(InjectedBugsTest.Bug bug) {
        Optional<Long> seed = InjectedBugsTest.firstSeedThatShows(
                bug, each -> Simulation.runTruncated(each, bug.surgery().get(), Optional.empty()));
        assertThat(seed)
                .as(
                        "a history among %d in which one of %s is broken, since %s",
                        InjectedBugsTest.MOST_HISTORIES, bug.laws(), bug)
                .isPresent();
    }

    /** Whoever lost data would be admitted without what only the merging replica has, which isn't in its vector yet. */
    @Test
    void wholeReportsWhileASnapshotIsMergedAreFoundOut() {
        assertThat(LongStream.rangeClosed(1, MOST_LOSING)
                        .filter(seed ->
                                isBroken(() -> Simulation.runLosing(seed, new WholeWhileMerging(), Optional.empty())))
                        .findFirst())
                .as("a history among %d in which admission is broken", MOST_LOSING)
                .isPresent();
    }

    private static boolean isBroken(Runnable history) {
        try {
            history.run();
            return false;
        } catch (Violation broken) {
            return broken.law() == Law.ADMISSION;
        }
    }
}
