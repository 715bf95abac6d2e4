package io.entente.core.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.LongConsumer;
import java.util.function.Supplier;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The judge bites: nodes with a bug are found out, by a law that the bug breaks, within a few histories. */
class InjectedBugsTest {

    static final int MOST_HISTORIES = 400;

    /** A bug, and the laws by which it may be found out. */
    record Bug(String name, Supplier<Surgery> surgery, Set<Law> laws, long firstSeed) {

        /** A bug that is looked for from the first history on. */
        Bug(String name, Supplier<Surgery> surgery, Set<Law> laws) {
            this(name, surgery, laws, 1);
        }

        /** The same, looked for from another history on: the first ones that show it come late. */
        Bug from(long seed) {
            return new Bug(name, surgery, laws, seed);
        }

        @Override
        public String toString() {
            return name;
        }
    }

    static List<Bug> bugs() {
        return List.of(
                bug("a sibling is dropped", StoreBugs.SiblingDropped::new, Law.RECORD),
                bug("a tombstone is kept beside later writes", StoreBugs.TombstoneKept::new, Law.CAUSALITY_FIRST),
                bug("the later time wins over causality", StoreBugs.ClockBeforeCausality::new, Law.CAUSALITY_FIRST),
                bug("nothing is kept", StoreBugs.NothingKept::new, Law.ANCESTOR),
                bug("what is kept is dropped early", StoreBugs.KeptDroppedEarly::new, Law.ANCESTOR),
                bug("the replacer's wish counts", StoreBugs.KeptByReplacersWish::new, Law.ANCESTOR)
                        .from(12),
                bug("each node keeps by its own wish", EntryBugs.KeptByOwnWish::new, Law.ANCESTOR),
                bug(
                                "incarnations are numbered from the directory",
                                LossBugs.IncarnationFromDirectory::new,
                                Law.DOT_UNIQUE)
                        .from(16),
                bug("a loss is ignored", LossBugs.LossIgnored::new, Law.ADMISSION)
                        .from(6),
                bug("a replica with loss is admitted at once", LossBugs.AdmittedAtOnce::new, Law.ADMISSION)
                        .from(5),
                bug("reports of a former life count", LossBugs.FormerLifeCounted::new, Law.PURGE, Law.LIVENESS)
                        .from(20),
                bug("lives are not told apart", LossBugs.LivesNotToldApart::new, Law.ADMISSION)
                        .from(89),
                bug("answers leave before the commit", Bugs.AnswerBeforeCommit::new, Law.DURABLE_FIRST),
                bug("a member is forgotten", Bugs.MemberForgotten::new, Law.PURGE),
                bug("a report counts before its reporter's writes", Bugs.ReportCountedEarly::new, Law.PURGE)
                        .from(27),
                bug("a context ahead is accepted", Bugs.ContextAheadAccepted::new, Law.CONDITION),
                bug("a session is ignored", Bugs.SessionIgnored::new, Law.ANSWER),
                bug("the next hop is static", Bugs.StaticNextHop::new, Law.LIVENESS),
                bug("nothing is asked for again", Bugs.NeverAskedAgain::new, Law.LIVENESS),
                bug("credit is never renewed", Bugs.CreditNeverRenewed::new, Law.LIVENESS),
                bug("reports are not passed on", Bugs.NothingRelayed::new, Law.LIVENESS),
                bug("conflicts are journaled beside the commit", JournalBugs.JournaledApart::new, Law.JOURNAL),
                bug("conflicts are named by arrival", JournalBugs.NamedByArrival::new, Law.JOURNAL),
                bug("a conflict forgets what it extends", JournalBugs.ExtensionForgotten::new, Law.JOURNAL),
                bug("the journal is unbounded", JournalBugs.Unbounded::new, Law.JOURNAL),
                bug("an entry is skipped", StoreBugs.EntrySkipped::new, Law.CAUSAL_ORDER, Law.RECORD),
                bug("dependencies are ignored", EntryBugs.DependenciesIgnored::new, Law.CAUSAL_ORDER),
                bug("gaps are ignored", EntryBugs.GapIgnored::new, Law.DOT_UNIQUE),
                bug("damaged entries are accepted", EntryBugs.DamageAccepted::new, Law.DOT_UNIQUE));
    }

    static List<Bug> retirementBugs() {
        return List.of(
                bug(
                                "a member is let go before all have answered",
                                RetirementBugs.AnswersNotAwaited::new,
                                Law.SEAL,
                                Law.CAUSAL_ORDER,
                                Law.RECORD)
                        .from(36),
                bug("old answers count", RetirementBugs.OldAnswersCounted::new, Law.SEAL, Law.ADMISSION)
                        .from(153),
                bug(
                                "a retired member's writes are applied as before",
                                RetirementBugs.AppliesNotStopped::new,
                                Law.SEAL,
                                Law.PURGE,
                                Law.LIVENESS,
                                Law.RECORD)
                        .from(385),
                bug(
                                "writes past the seal are applied",
                                RetirementBugs.AppliedPastTheSeal::new,
                                Law.SEAL,
                                Law.PURGE,
                                Law.LIVENESS,
                                Law.RECORD)
                        .from(280));
    }

    private static Bug bug(String name, Supplier<Surgery> surgery, Law... laws) {
        return new Bug(name, surgery, Set.of(laws));
    }

    @ParameterizedTest
    @MethodSource("bugs")
    void aBugIsFoundOut(Bug bug) {
        assertThat(firstSeedThatShows(bug))
                .as("a history among %d in which one of %s is broken, since %s", MOST_HISTORIES, bug.laws, bug)
                .isPresent();
    }

    @ParameterizedTest
    @MethodSource("retirementBugs")
    void aBugInARetirementIsFoundOut(Bug bug) {
        Optional<Long> seed =
                firstSeedThatShows(bug, each -> Simulation.runRetiring(each, bug.surgery.get(), Optional.empty()));
        assertThat(seed)
                .as("a history among %d in which one of %s is broken, since %s", MOST_HISTORIES, bug.laws, bug)
                .isPresent();
    }

    private static Optional<Long> firstSeedThatShows(Bug bug) {
        return firstSeedThatShows(bug, seed -> Simulation.run(seed, bug.surgery.get()));
    }

    static Optional<Long> firstSeedThatShows(Bug bug, LongConsumer history) {
        return Violation.firstSeedThatBreaks(bug.laws, bug.firstSeed, MOST_HISTORIES, history);
    }
}
