package io.entente.conflict;

import static io.entente.conflict.Siblings.delete;
import static io.entente.conflict.Siblings.put;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class GuardedResolverTest {

    private static final Version<String> EU = put("eu", 1, 30, "milk");
    private static final Version<String> US = put("us", 2, 10, "bread");
    private static final Version<String> DELETION = delete("ap", 3, 40);

    private static final ConflictResolver<String> FAILING = conflict -> {
        throw new IllegalStateException("out of order");
    };

    static Stream<ConflictResolver<String>> everyResolver() {
        return Stream.of(
                Resolvers.lastWriterWins(),
                Resolvers.firstWriterWins(),
                Resolvers.dataCenterPriority(List.of("eu")),
                Resolvers.max(Comparator.naturalOrder()),
                Resolvers.min(Comparator.naturalOrder()),
                Resolvers.longest(),
                Resolvers.keepAll(),
                Resolvers.merging(String::concat),
                FAILING);
    }

    @ParameterizedTest
    @MethodSource("everyResolver")
    void aSingleVersionNeedsNoResolver(ConflictResolver<String> resolver) {
        assertThat(resolve(resolver, EU)).isEqualTo(new Outcome.Value<>("milk", Optional.of(EU)));
        assertThat(resolve(resolver, DELETION)).isEqualTo(new Outcome.Absent<>());
        assertThat(resolve(resolver)).isEqualTo(new Outcome.Absent<>());
    }

    @ParameterizedTest
    @MethodSource("everyResolver")
    void theOrderOfArrivalNeverMatters(ConflictResolver<String> resolver) {
        Seeds.each(20, random -> {
            List<Version<String>> versions = Histories.siblings(2 + random.nextInt(4), random);
            String expected = resolve(resolver, versions).toString();
            Siblings.inEveryOrder(
                    versions, order -> assertThat(resolve(resolver, order)).hasToString(expected));
        });
    }

    @ParameterizedTest
    @MethodSource("everyResolver")
    void manySiblingsAreResolvedLikeFew(ConflictResolver<String> resolver) {
        Seeds.each(5, random -> {
            List<Version<String>> versions = Histories.siblings(200, random);
            List<Version<String>> shuffled = Histories.shuffled(versions, random);
            assertThat(resolve(resolver, shuffled))
                    .hasToString(resolve(resolver, versions).toString());
        });
    }

    @ParameterizedTest
    @MethodSource("everyResolver")
    void aKeyThatEveryoneDeletedIsAbsent(ConflictResolver<String> resolver) {
        Outcome<String> outcome = resolve(resolver, DELETION, delete("eu", 4, 1));

        assertThat(readOf(outcome)).isEqualTo(new Outcome.Absent<>());
    }

    @Test
    void whatIsPickedIsTheValueOfThatSibling() {
        assertThat(resolve(Resolvers.firstWriterWins(), EU, US))
                .isEqualTo(new Outcome.Value<>("bread", Optional.of(US)));
    }

    @Test
    void pickingADeletionMakesTheKeyAbsent() {
        assertThat(resolve(Resolvers.lastWriterWins(), EU, DELETION)).isEqualTo(new Outcome.Absent<>());
    }

    @Test
    void aMergedValueComesFromNoSingleSibling() {
        assertThat(resolve(Resolvers.merging((a, b) -> a + ", " + b), US, EU))
                .isEqualTo(new Outcome.Value<>("milk, bread", Optional.empty()));
    }

    @Test
    void resolvingToDeletedMakesTheKeyAbsent() {
        assertThat(resolve(conflict -> Resolution.deleted(), EU, US)).isEqualTo(new Outcome.Absent<>());
    }

    @Test
    void keptSiblingsAreAllShownInCanonicalOrderDeletionsToo() {
        assertThat(resolve(Resolvers.keepAll(), DELETION, US, EU))
                .isEqualTo(new Outcome.Siblings<>(List.of(EU, US, DELETION)));
    }

    @Test
    void theAncestorIsHandedToTheResolver() {
        Version<String> ancestor = put("eu", 0, 1, "eggs");
        ConflictResolver<String> resolver = conflict ->
                Resolution.merged(conflict.ancestor().flatMap(Version::value).orElse("none"));

        assertThat(GuardedResolver.of(resolver).resolve("carts", "alice", List.of(EU, US), Optional.of(ancestor)))
                .isEqualTo(new Outcome.Value<>("eggs", Optional.empty()));
        assertThat(resolve(resolver, EU, US)).isEqualTo(new Outcome.Value<>("none", Optional.empty()));
    }

    @Test
    void whenTheResolverThrowsTheLastWriterIsTheFallback() {
        assertUnresolved(FAILING, "out of order");
    }

    @Test
    void errorsOfTheResolversOwnCodeAreCaughtToo() {
        assertUnresolved(GuardedResolverTest::endless, null);
        assertUnresolved(
                conflict -> {
                    throw new NoClassDefFoundError("Cart");
                },
                "Cart");
        assertUnresolved(
                conflict -> {
                    throw new AssertionError("never so");
                },
                "never so");
        assertUnresolved(GuardedResolverTest::throwChecked, "undeclared");
    }

    @Test
    void errorsOfTheMachinePassThrough() {
        GuardedResolver<String> resolver = GuardedResolver.of(conflict -> {
            throw new OutOfMemoryError("heap");
        });

        assertThatExceptionOfType(OutOfMemoryError.class)
                .isThrownBy(() -> resolver.resolve("carts", "alice", List.of(EU, US)));
    }

    @Test
    @NullUnmarked
    void anAnswerThatIsNoneIsUnresolved() {
        assertUnresolved(Resolvers.named("forgetful", 1, conflict -> null), "The resolver forgetful answered null.");
        assertUnresolved(Resolvers.merging((a, b) -> null), "The merge function returned null.");
        assertUnresolved(conflict -> Resolution.merged(null), "must not be null");
    }

    @Test
    void onlyASiblingCanBePicked() {
        assertUnresolved(conflict -> Resolution.pick(put("sa", 9, 1, "wine")), "not among the siblings");
        assertUnresolved(conflict -> Resolution.pick(put("us", 2, 10, "forged")), "not among the siblings");
    }

    @Test
    void aValueThatEqualsNothingCanStillBePicked() {
        Version<Odd> first = put("eu", 1, 30, new Odd());
        Version<Odd> second = put("us", 2, 10, new Odd());
        Outcome<Odd> outcome =
                GuardedResolver.<Odd>of(Resolvers.lastWriterWins()).resolve("carts", "alice", List.of(first, second));

        assertThat(outcome)
                .isInstanceOfSatisfying(
                        Outcome.Value.class,
                        value ->
                                assertThat(value.value()).isSameAs(first.value().orElseThrow()));
    }

    @Test
    void theFallbackOfAnUnresolvedConflictMayBeADeletion() {
        assertThat(resolve(FAILING, EU, DELETION))
                .isInstanceOfSatisfying(
                        Outcome.Unresolved.class,
                        unresolved -> assertThat(unresolved.fallback()).isEqualTo(new Outcome.Absent<>()));
    }

    @Test
    void aFallbackIsNeverUnresolvedItself() {
        Outcome<String> unresolved = resolve(FAILING, EU, US);

        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Outcome.Unresolved<>(unresolved, new IllegalStateException()));
    }

    @Test
    void siblingsThatShareADotAreTheCallersFault() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> resolve(Resolvers.keepAll(), EU, put("eu", 1, 5, "other")))
                .withMessageContaining("share the dot");
    }

    @Test
    void everyOutcomeIsHandled() {
        assertThat(readOf(resolve(Resolvers.lastWriterWins(), EU, US))).isEqualTo(resolve(FAILING, EU));
        assertThat(readOf(resolve(Resolvers.keepAll(), EU, US))).isInstanceOf(Outcome.Siblings.class);
        assertThat(readOf(resolve(FAILING, EU, US))).isEqualTo(resolve(FAILING, EU));
        assertThat(readOf(resolve(FAILING))).isInstanceOf(Outcome.Absent.class);
    }

    @Test
    void theGuardKnowsWhomItGuards() {
        assertThat(GuardedResolver.of(FAILING).resolver()).isSameAs(FAILING);
    }

    /** What a reader is shown: the outcome, or its fallback. */
    private static Outcome<String> readOf(Outcome<String> outcome) {
        return outcome.handle(new Outcome.Handler<>() {
            @Override
            public Outcome<String> value(Outcome.Value<String> value) {
                return value;
            }

            @Override
            public Outcome<String> absent(Outcome.Absent<String> absent) {
                return absent;
            }

            @Override
            public Outcome<String> siblings(Outcome.Siblings<String> siblings) {
                return siblings;
            }

            @Override
            public Outcome<String> unresolved(Outcome.Unresolved<String> unresolved) {
                return unresolved.fallback();
            }
        });
    }

    @NullUnmarked
    private static void assertUnresolved(ConflictResolver<String> resolver, String message) {
        assertThat(resolve(resolver, US, EU)).isInstanceOfSatisfying(Outcome.Unresolved.class, unresolved -> {
            assertThat(unresolved.fallback()).isEqualTo(new Outcome.Value<>("milk", Optional.of(EU)));
            if (message != null) {
                assertThat(unresolved.cause()).hasMessageContaining(message);
            }
        });
    }

    @SafeVarargs
    @SuppressWarnings("varargs") // the list copies them
    private static Outcome<String> resolve(ConflictResolver<String> resolver, Version<String>... siblings) {
        return resolve(resolver, List.of(siblings));
    }

    private static Outcome<String> resolve(ConflictResolver<String> resolver, List<Version<String>> siblings) {
        return GuardedResolver.of(resolver).resolve("carts", "alice", siblings);
    }

    @SuppressWarnings("InfiniteRecursion")
    private static Resolution<String> endless(Conflict<String> conflict) {
        return endless(conflict);
    }

    /** What code of other JVM languages may do. */
    private static Resolution<String> throwChecked(Conflict<String> conflict) {
        throw GuardedResolverTest.<RuntimeException>undeclared(new Exception("undeclared"));
    }

    @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"})
    private static <E extends Throwable> E undeclared(Throwable cause) throws E {
        throw (E) cause;
    }

    /** A value whose author forgot that things equal themselves. */
    private static final class Odd {
        @Override
        public boolean equals(Object other) {
            return false;
        }

        @Override
        public int hashCode() {
            return 1;
        }
    }
}
