package io.entente.conflict;

import static io.entente.conflict.Siblings.conflict;
import static io.entente.conflict.Siblings.delete;
import static io.entente.conflict.Siblings.put;
import static java.util.Comparator.naturalOrder;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.entente.conflict.clock.HybridTimestamp;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ResolversTest {

    private static final Version<String> EARLY = put("eu", 3, 10, "aaa");
    private static final Version<String> MIDDLE = put("us", 1, 20, "c");
    private static final Version<String> LATE = put("ap", 2, 30, "bb");

    private static final Version<String> EARLY_DELETION = delete("eu", 4, 5);
    private static final Version<String> LATE_DELETION = delete("us", 5, 40);

    @Test
    void theLastWriterWins() {
        ConflictResolver<String> resolver = Resolvers.lastWriterWins();

        assertPicks(resolver, LATE, EARLY, MIDDLE, LATE);
        assertPicks(resolver, LATE_DELETION, EARLY, LATE, LATE_DELETION);
        assertPicks(resolver, LATE, EARLY_DELETION, LATE);
    }

    @Test
    void theCounterDecidesWithinAMillisecondAndTheDotAmongEqualTimes() {
        Version<String> counted =
                Version.of(Siblings.dot("eu", 1), new HybridTimestamp(30, 1), "counted later in the same millisecond");
        Version<String> sameTime = put("eu", 9, 30, "of a higher dot");

        assertPicks(Resolvers.lastWriterWins(), counted, counted, LATE);
        assertPicks(Resolvers.lastWriterWins(), sameTime, sameTime, LATE);
        assertPicks(Resolvers.firstWriterWins(), LATE, sameTime, LATE, counted);
    }

    @Test
    void theFirstWriterWins() {
        ConflictResolver<String> resolver = Resolvers.firstWriterWins();

        assertPicks(resolver, EARLY, MIDDLE, EARLY, LATE);
        assertPicks(resolver, EARLY_DELETION, EARLY, EARLY_DELETION);
        assertPicks(resolver, EARLY, EARLY, LATE_DELETION);
    }

    @Test
    void theDataCenterListedFirstWins() {
        ConflictResolver<String> resolver = Resolvers.dataCenterPriority(List.of("us", "eu"));

        assertPicks(resolver, MIDDLE, EARLY, MIDDLE, LATE);
        assertPicks(resolver, EARLY, EARLY, LATE);
        assertPicks(resolver, EARLY_DELETION, EARLY_DELETION, LATE);
        assertPicks(resolver, LATE_DELETION, LATE_DELETION, MIDDLE);
    }

    @Test
    void amongDataCentersOfEqualRankTheLastWriterWins() {
        ConflictResolver<String> resolver = Resolvers.dataCenterPriority(List.of("sa"));

        assertPicks(resolver, LATE, EARLY, MIDDLE, LATE);
        assertPicks(Resolvers.dataCenterPriority(List.of("eu")), EARLY, EARLY, EARLY_DELETION, LATE);
    }

    @Test
    void aPriorityNamesEachDataCenterOnceAndIsPartOfTheName() {
        assertThat(Resolvers.dataCenterPriority(List.of("us", "eu")).name()).isEqualTo("data-center-priority(us,eu)");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Resolvers.dataCenterPriority(List.of("eu", "us", "eu")))
                .withMessageContaining("[eu, us, eu]");
        assertThatIllegalArgumentException().isThrownBy(() -> Resolvers.dataCenterPriority(List.of()));
    }

    @Test
    void theHighestAndTheLowestValueWin() {
        assertPicks(Resolvers.max(Comparator.naturalOrder()), MIDDLE, EARLY, MIDDLE, LATE, LATE_DELETION);
        assertPicks(Resolvers.min(Comparator.naturalOrder()), EARLY, EARLY, MIDDLE, LATE, LATE_DELETION);
    }

    @Test
    void theLongestValueWins() {
        assertPicks(Resolvers.longest(), EARLY, EARLY, MIDDLE, LATE, LATE_DELETION);
        assertPicks(Resolvers.longest(text -> -text.length()), MIDDLE, EARLY, MIDDLE, LATE, EARLY_DELETION);
    }

    @Test
    void amongEqualValuesTheLastWriterWins() {
        Version<String> last = put("us", 6, 12, "zz");
        Version<String> ofLowerDot = put("eu", 5, 11, "zz");
        Version<String> ofHigherDot = put("us", 7, 10, "zz");

        assertPicks(Resolvers.max(Comparator.naturalOrder()), last, ofLowerDot, last, ofHigherDot, LATE);
        assertPicks(Resolvers.min(Comparator.reverseOrder()), last, ofLowerDot, last, ofHigherDot, LATE);
        assertPicks(Resolvers.longest(), last, ofLowerDot, last, ofHigherDot, MIDDLE);
    }

    @Test
    void whereAllAreDeletionsTheKeyIsDeleted() {
        Conflict<String> conflict = conflict(EARLY_DELETION, LATE_DELETION);

        assertThat(Resolvers.<String>max(Comparator.naturalOrder()).resolve(conflict))
                .isEqualTo(Resolution.deleted());
        assertThat(Resolvers.<String>min(Comparator.naturalOrder()).resolve(conflict))
                .isEqualTo(Resolution.deleted());
        assertThat(Resolvers.<String>longest().resolve(conflict)).isEqualTo(Resolution.deleted());
        assertThat(Resolvers.merging(String::concat).resolve(conflict)).isEqualTo(Resolution.deleted());
    }

    @Test
    void keepingAllDecidesNothing() {
        assertThat(Resolvers.<String>keepAll().resolve(conflict(EARLY, LATE_DELETION)))
                .isEqualTo(Resolution.keepAll());
    }

    @Test
    void mergingFoldsTheValuesInTheOrderOfDots() {
        ConflictResolver<String> resolver = Resolvers.merging((a, b) -> "(" + a + b + ")");

        assertThat(resolver.resolve(conflict(EARLY, MIDDLE, LATE))).isEqualTo(Resolution.merged("((cbb)aaa)"));
        assertThat(resolver.resolve(conflict(LATE_DELETION, EARLY, EARLY_DELETION, MIDDLE)))
                .isEqualTo(Resolution.merged("(caaa)"));
    }

    @Test
    void whatIsLeftBesideDeletionsIsPickedAndNotMerged() {
        assertPicks(Resolvers.merging(String::concat), EARLY, EARLY, LATE_DELETION, EARLY_DELETION);
    }

    @Test
    void aResolverKeepsItsBehaviourUnderAnotherName() {
        ConflictResolver<String> lambda = conflict -> Resolution.merged("decided");
        ConflictResolver<String> named = Resolvers.named("house-rule", 3, lambda);

        assertThat(named.name()).isEqualTo("house-rule");
        assertThat(named.version()).isEqualTo(3);
        assertThat(named.needsAncestor()).isFalse();
        assertThat(named.resolve(conflict(EARLY, LATE))).isEqualTo(Resolution.merged("decided"));
    }

    @Test
    void aNameAndAVersionHaveBounds() {
        ConflictResolver<String> any = Resolvers.keepAll();

        assertThat(Resolvers.named("n".repeat(128), 1, any).name()).hasSize(128);
        assertThatIllegalArgumentException().isThrownBy(() -> Resolvers.named("n".repeat(129), 1, any));
        assertThatIllegalArgumentException().isThrownBy(() -> Resolvers.named(" ", 1, any));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Resolvers.named("house-rule", 0, any))
                .withMessageContaining("0")
                .withMessageContaining("house-rule");
    }

    @Test
    void aNamedResolverAsksForTheAncestorWhenItsInnerOneDoes() {
        assertThat(Resolvers.named("three-way", 1, new AskingForTheAncestor()).needsAncestor())
                .isTrue();
    }

    @Test
    void everyResolverHasTheNameItIsConfiguredBy() {
        assertThat(Resolvers.lastWriterWins().name()).isEqualTo("last-writer-wins");
        assertThat(Resolvers.firstWriterWins().name()).isEqualTo("first-writer-wins");
        assertThat(Resolvers.max(Comparator.<String>naturalOrder()).name()).isEqualTo("max");
        assertThat(Resolvers.min(Comparator.<String>naturalOrder()).name()).isEqualTo("min");
        assertThat(Resolvers.<String>longest().name()).isEqualTo("longest");
        assertThat(Resolvers.keepAll().name()).isEqualTo("keep-all");
        assertThat(Resolvers.merging(String::concat).name()).isEqualTo("merging");
    }

    @Test
    void aResolverIsCalledByItsClassUnlessItSaysOtherwise() {
        ConflictResolver<String> own = new AskingForTheAncestor();

        assertThat(own.name()).isEqualTo(AskingForTheAncestor.class.getName());
        assertThat(own.version()).isEqualTo(1);
        assertThat(Resolvers.lastWriterWins().needsAncestor()).isFalse();
    }

    @Test
    void whatIsSeenThroughAPickIsTheSiblingItself() {
        ConflictResolver<String> longest =
                Resolvers.through(String::length, "x"::repeat, Resolvers.max(naturalOrder()));

        assertPicks(longest, EARLY, EARLY, MIDDLE, LATE, LATE_DELETION);
        assertThat(longest.name()).isEqualTo("max");
    }

    @Test
    void whatIsMergedComesBack() {
        ConflictResolver<String> total =
                Resolvers.through(String::length, "x"::repeat, Resolvers.merging(Integer::sum));

        assertThat(total.resolve(conflict(EARLY, MIDDLE, LATE))).isEqualTo(Resolution.merged("xxxxxx"));
        assertThat(total.resolve(conflict(EARLY_DELETION, LATE_DELETION))).isEqualTo(Resolution.deleted());
        assertThat(Resolvers.<String, Integer>through(String::length, "x"::repeat, Resolvers.keepAll())
                        .resolve(conflict(EARLY, LATE)))
                .isEqualTo(Resolution.keepAll());
    }

    @Test
    void aResolverThatIsSeenThroughKeepsItsIdentityAndSeesTheAncestor() {
        ConflictResolver<String> seen = Resolvers.through(
                String::length, "x"::repeat, Resolvers.named("total", 7, new ConflictResolver<Integer>() {
                    @Override
                    public Resolution<Integer> resolve(Conflict<Integer> conflict) {
                        return Resolution.merged(
                                conflict.ancestor().orElseThrow().value().orElseThrow());
                    }

                    @Override
                    public boolean needsAncestor() {
                        return true;
                    }
                }));
        Conflict<String> conflict = new Conflict<>("carts", "alice", List.of(MIDDLE, LATE), Optional.of(EARLY));

        assertThat(seen.resolve(conflict)).isEqualTo(Resolution.merged("xxx"));
        assertThat(seen.name()).isEqualTo("total");
        assertThat(seen.version()).isEqualTo(7);
        assertThat(seen.needsAncestor()).isTrue();
    }

    @Test
    void whatIsNoSiblingCantBePickedThroughAView() {
        ConflictResolver<String> stranger = Resolvers.through(String::strip, String::strip, new AskingForTheAncestor());
        Conflict<String> conflict = new Conflict<>("carts", "alice", List.of(MIDDLE, LATE), Optional.of(EARLY));

        assertThatExceptionOfType(ResolverContractException.class)
                .isThrownBy(() -> stranger.resolve(conflict))
                .withMessageContaining("not among the siblings");
    }

    private static final class AskingForTheAncestor implements ConflictResolver<String> {

        @Override
        public Resolution<String> resolve(Conflict<String> conflict) {
            Optional<Version<String>> ancestor = conflict.ancestor();
            return ancestor.map(Resolution::pick).orElseGet(Resolution::keepAll);
        }

        @Override
        public boolean needsAncestor() {
            return true;
        }
    }

    /** Whatever the order in which the siblings arrived, {@code winner} is picked. */
    @SafeVarargs
    @SuppressWarnings("varargs") // the list copies them
    private static void assertPicks(
            ConflictResolver<String> resolver, Version<String> winner, Version<String>... siblings) {
        Siblings.inEveryOrder(
                List.of(siblings),
                order -> assertThat(resolver.resolve(Conflict.of("carts", "alice", order)))
                        .as("%s of %s", resolver.name(), order)
                        .isEqualTo(Resolution.pick(winner)));
    }
}
