package io.entente.conflict.verify;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.entente.conflict.Conflict;
import io.entente.conflict.ConflictResolver;
import io.entente.conflict.Resolution;
import io.entente.conflict.Resolvers;
import io.entente.conflict.Version;
import io.entente.conflict.version.Dot;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The verifier passes resolvers that are right, and catches those that are wrong, by the law they break. */
class ResolverVerifierTest {

    private static final List<String> TEXTS = List.of("", "a", "bb", "milk, eggs", "\"quoted\"");

    private static ResolverVerifier<String> over(Supplier<? extends ConflictResolver<String>> resolver) {
        return ResolverVerifier.<String>of(resolver)
                .values(TEXTS)
                .codec(text -> text.getBytes(UTF_8), bytes -> new String(bytes, UTF_8));
    }

    private static Arguments right(String name, Supplier<? extends ConflictResolver<String>> resolver, Law... laws) {
        return Arguments.of(name, resolver, laws);
    }

    static Stream<Arguments> rightOnes() {
        return Stream.of(
                right("last writer wins", Resolvers::lastWriterWins, Law.ASSOCIATIVE, Law.IDEMPOTENT),
                right("first writer wins", Resolvers::firstWriterWins, Law.IDEMPOTENT),
                right("priority", () -> Resolvers.dataCenterPriority(List.of("us", "eu")), Law.IDEMPOTENT),
                right("max", () -> Resolvers.max(Comparator.<String>naturalOrder()), Law.values()),
                right("min", () -> Resolvers.min(Comparator.<String>naturalOrder()), Law.values()),
                right("longest", Resolvers::longest, Law.IDEMPOTENT),
                right("keep all", Resolvers::keepAll),
                right("concatenation, which is none of the three", () -> Resolvers.merging((a, b) -> a + b)),
                right("union of letters", () -> Resolvers.merging(ResolverVerifierTest::union), Law.COMMUTATIVE),
                right("a deletion wins", () -> ResolverVerifierTest::deletionWins, Law.IDEMPOTENT),
                right("three-way", ThreeWay::new));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("rightOnes")
    void aRightResolverPasses(String name, Supplier<? extends ConflictResolver<String>> resolver, Law[] laws) {
        Law[] optional = Stream.of(laws).filter(Law::isOptional).toArray(Law[]::new);
        assertThatCode(() -> over(resolver).demanding(optional).verify())
                .as(name)
                .doesNotThrowAnyException();
    }

    private static Arguments wrong(
            String name, Law broken, int steps, Supplier<? extends ConflictResolver<String>> resolver) {
        return Arguments.of(name, broken, steps, resolver);
    }

    static Stream<Arguments> wrongOnes() {
        return Stream.of(
                wrong("picks by chance", Law.DETERMINISTIC, 2, ByChance::new),
                wrong("counts its calls", Law.DETERMINISTIC, 2, Counting::new),
                wrong("keeps the first answer it gave", Law.CONVERGES, 4, Stubborn::new),
                wrong("keeps the first answer it gave", Law.INDEPENDENT_OF_ARRIVAL, 3, Stubborn::new),
                wrong("answers null", Law.ANSWERS, 2, AnsweringNull::new),
                wrong("expects values", Law.ANSWERS, 2, () -> ResolverVerifierTest::allHaveValues),
                wrong("picks what is no sibling", Law.ANSWERS, 2, () -> ResolverVerifierTest::picksAStranger),
                wrong("takes two only", Law.TAKES_MANY_SIBLINGS, 3, () -> ResolverVerifierTest::takesTwo),
                wrong("takes values for keys", Law.TAKES_EQUAL_VALUES, 2, () -> ResolverVerifierTest::valuesAreKeys),
                wrong("revives the dead", Law.RESPECTS_DELETIONS, 2, () -> ResolverVerifierTest::neverEmpty),
                wrong("compares identities", Law.SURVIVES_THE_CODEC, 2, () -> ResolverVerifierTest::byIdentity));
    }

    @ParameterizedTest(name = "{0}: {1}")
    @MethodSource("wrongOnes")
    void aWrongResolverIsCaughtAndItsSmallestHistoryShown(
            String name, Law broken, int steps, Supplier<? extends ConflictResolver<String>> resolver) {
        List<Finding> findings = over(resolver).findings();
        Finding finding = findings.stream()
                .filter(each -> each.law() == broken)
                .findFirst()
                .orElseThrow(() -> new AssertionError(name + " was not caught by " + broken + ": " + findings));
        assertThat(finding.history().steps()).as(finding.toString()).hasSizeLessThanOrEqualTo(steps);
    }

    @Test
    void aResolverThatModifiesItsInputIsCaught() {
        ResolverVerifier<List<String>> verifier = ResolverVerifier.<List<String>>of(AddingToTheFirst::new)
                .values(draws -> new ArrayList<>(List.of("x" + draws.between(1, 3))));
        assertThat(verifier.findings()).extracting(Finding::law).contains(Law.LEAVES_INPUTS_ALONE);
    }

    @Test
    void aCodecThatLosesSomethingIsCaught() {
        ResolverVerifier<String> verifier = ResolverVerifier.<String>of(Resolvers::lastWriterWins)
                .values(List.of("a", "A"))
                .codec(text -> text.toLowerCase(java.util.Locale.ROOT).getBytes(UTF_8), b -> new String(b, UTF_8));
        assertThat(verifier.findings()).extracting(Finding::law).containsExactly(Law.SURVIVES_THE_CODEC);
    }

    @Test
    void optionalLawsAreDemandedOnRequestOnly() {
        ResolverVerifier<String> concatenation = over(() -> Resolvers.merging((a, b) -> a + b));
        assertThat(concatenation.findings()).isEmpty();
        assertThat(concatenation.demanding(Law.COMMUTATIVE, Law.IDEMPOTENT).findings())
                .extracting(Finding::law)
                .containsExactly(Law.COMMUTATIVE, Law.IDEMPOTENT);
        ResolverVerifier<Integer> average = ResolverVerifier.<Integer>of(() -> Resolvers.merging((a, b) -> (a + b) / 2))
                .values(draws -> draws.between(0, 100));
        assertThat(average.demanding(Law.ASSOCIATIVE).findings())
                .extracting(Finding::law)
                .containsExactly(Law.ASSOCIATIVE);
    }

    @Test
    void aFindingTellsAStoryAndGivesATest() {
        assertThatThrownBy(() -> over(() -> ResolverVerifierTest::allHaveValues).verify())
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("answers every conflict")
                .hasMessageContaining("deletes the key")
                .hasMessageContaining("verifier.replay(history -> history")
                .hasMessageContaining(".delete(\"")
                .hasMessageContaining("seed 1");
    }

    @Test
    void aHistoryOfAFindingCanBeReplayed() {
        ResolverVerifier<String> verifier = over(() -> ResolverVerifierTest::allHaveValues);
        assertThatThrownBy(() ->
                        verifier.replay(history -> history.put("eu", 1, "a").delete("us", 1)))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("No value present");
        assertThatCode(() -> verifier.replay(
                        history -> history.put("eu", 1, "a").bring("eu", "us").delete("us", 1)))
                .as("a deletion that has seen the value is no conflict")
                .doesNotThrowAnyException();
    }

    @Test
    void theSameSeedFindsTheSame() {
        assertThat(over(Stubborn::new).seed(7).findings())
                .isEqualTo(over(Stubborn::new).seed(7).findings());
    }

    @Test
    void withoutAValueThereIsNothingToVerify() {
        assertThatThrownBy(() -> ResolverVerifier.<String>of(Resolvers::keepAll).values(List.of()))
                .isInstanceOf(IllegalArgumentException.class);
    }

    private static String union(String a, String b) {
        Set<Integer> letters =
                Stream.concat(a.chars().boxed(), b.chars().boxed()).collect(Collectors.toCollection(TreeSet::new));
        return letters.stream().map(Character::toString).collect(Collectors.joining());
    }

    private static Resolution<String> deletionWins(Conflict<String> conflict) {
        return conflict.live().size() < conflict.siblings().size()
                ? Resolution.deleted()
                : Resolution.pick(conflict.lastWritten());
    }

    private static Resolution<String> allHaveValues(Conflict<String> conflict) {
        return Resolution.merged(conflict.siblings().stream()
                .map(version -> version.value().orElseThrow())
                .collect(Collectors.joining()));
    }

    private static Resolution<String> picksAStranger(Conflict<String> conflict) {
        Version<String> last = conflict.lastWritten();
        return Resolution.pick(new Version<>(last.dot(), last.timestamp(), "nowhere", last.value()));
    }

    private static Resolution<String> takesTwo(Conflict<String> conflict) {
        if (conflict.siblings().size() > 2) {
            throw new IllegalStateException("two at the most");
        }
        return Resolution.pick(conflict.lastWritten());
    }

    private static Resolution<String> valuesAreKeys(Conflict<String> conflict) {
        Map<Optional<String>, Dot> byValue =
                conflict.live().stream().collect(Collectors.toMap(Version::value, Version::dot));
        return byValue.isEmpty() ? Resolution.deleted() : Resolution.pick(conflict.lastWritten());
    }

    private static Resolution<String> neverEmpty(Conflict<String> conflict) {
        return Resolution.merged(conflict.live().stream()
                .map(version -> version.value().orElseThrow())
                .collect(Collectors.joining(",", "[", "]")));
    }

    @SuppressWarnings("ReferenceEquality")
    private static Resolution<String> byIdentity(Conflict<String> conflict) {
        boolean known = conflict.live().stream()
                .anyMatch(version ->
                        TEXTS.stream().anyMatch(text -> text == version.value().orElseThrow()));
        return known ? Resolution.pick(conflict.lastWritten()) : Resolution.keepAll();
    }

    private static final class ByChance implements ConflictResolver<String> {

        private final Random random = new Random();

        @Override
        public Resolution<String> resolve(Conflict<String> conflict) {
            return Resolution.merged("drawn " + random.nextInt(1_000));
        }
    }

    private static final class AnsweringNull implements ConflictResolver<String> {

        @Override
        @SuppressWarnings("NullAway")
        public Resolution<String> resolve(Conflict<String> conflict) {
            return null;
        }
    }

    private static final class Counting implements ConflictResolver<String> {

        private int calls;

        @Override
        public Resolution<String> resolve(Conflict<String> conflict) {
            return Resolution.merged("call " + ++calls);
        }
    }

    /** Remembers, per value it once saw alone in front, what it answered: a cache with the wrong key. */
    private static final class Stubborn implements ConflictResolver<String> {

        private String answer = "";

        @Override
        public Resolution<String> resolve(Conflict<String> conflict) {
            if (answer.isEmpty()) {
                answer = "of " + conflict.siblings().size();
            }
            return Resolution.merged(answer);
        }
    }

    private static final class AddingToTheFirst implements ConflictResolver<List<String>> {

        @Override
        public Resolution<List<String>> resolve(Conflict<List<String>> conflict) {
            if (conflict.live().isEmpty()) {
                return Resolution.deleted();
            }
            List<String> first = conflict.live().get(0).value().orElseThrow();
            conflict.live().stream()
                    .skip(1)
                    .forEach(version -> first.addAll(version.value().orElseThrow()));
            return Resolution.merged(first);
        }
    }

    /** The common ancestor with what each sibling has put behind it. */
    private static final class ThreeWay implements ConflictResolver<String> {

        @Override
        public boolean needsAncestor() {
            return true;
        }

        @Override
        public Resolution<String> resolve(Conflict<String> conflict) {
            if (conflict.live().isEmpty()) {
                return Resolution.deleted();
            }
            String base = conflict.ancestor().flatMap(Version::value).orElse("");
            return Resolution.merged(conflict.live().stream()
                    .map(version -> version.value().orElseThrow())
                    .map(value -> value.startsWith(base) ? value.substring(base.length()) : value)
                    .collect(Collectors.joining("|", base, "")));
        }
    }
}
