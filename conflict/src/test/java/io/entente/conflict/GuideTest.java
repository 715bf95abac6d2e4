package io.entente.conflict;

import static io.entente.conflict.Siblings.conflict;
import static io.entente.conflict.Siblings.delete;
import static io.entente.conflict.Siblings.put;
import static org.assertj.core.api.Assertions.assertThat;

import io.entente.conflict.OwnResolverTest.Order;
import io.entente.conflict.clock.HybridTimestamp;
import io.entente.conflict.verify.ResolverVerifier;
import io.entente.conflict.version.Dot;
import io.entente.conflict.version.Origin;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The guide "Writing a resolver" of the README: its code compiles, and does what is said of it. */
class GuideTest {

    private static final Path README = Path.of("README.md");
    private static final Path TESTS = Path.of("src/test/java/io/entente/conflict");
    private static final Pattern BLOCK = Pattern.compile("```java\n(.*?)\n```", Pattern.DOTALL);

    @Test
    void aLambdaIsAResolverAndAlmostRight() {
        ConflictResolver<Set<String>> everything = Resolvers.named("everything", 1, conflict -> {
            SortedSet<String> all = new TreeSet<>();
            conflict.live().forEach(version -> all.addAll(version.value().orElseThrow()));
            return all.isEmpty() ? Resolution.deleted() : Resolution.merged(all);
        });

        assertThat(everything.resolve(conflict(put("eu", 1, 10, Set.of("tea")), put("us", 2, 20, Set.of("jam")))))
                .isEqualTo(Resolution.merged(Set.of("jam", "tea")));
        assertThat(everything.name()).isEqualTo("everything");
        verifier(everything).verify();
    }

    @Test
    void aDeletionMayWin() {
        ConflictResolver<Order> forgotten = Resolvers.named(
                "forgotten",
                1,
                conflict -> conflict.live().size() < conflict.siblings().size()
                        ? Resolution.deleted()
                        : Resolution.pick(conflict.lastWritten()));

        Version<Order> order = put("eu", 1, 20, new Order("milk", true));
        assertThat(forgotten.resolve(conflict(order, delete("us", 2, 10)))).isEqualTo(Resolution.deleted());
        assertThat(forgotten.resolve(conflict(order, put("us", 2, 10, new Order("tea", true)))))
                .isEqualTo(Resolution.pick(order));
    }

    /** A shared shopping list: what anybody put on it is there, what anybody struck off is gone. */
    static final class ListMerge implements ConflictResolver<Set<String>> {

        @Override
        public Resolution<Set<String>> resolve(Conflict<Set<String>> conflict) {
            Set<String> before = conflict.ancestor().flatMap(Version::value).orElse(Set.of());
            SortedSet<String> merged = new TreeSet<>();
            conflict.live().forEach(side -> merged.addAll(side.value().orElseThrow()));
            for (Version<Set<String>> side : conflict.siblings()) {
                SortedSet<String> struckOff = new TreeSet<>(before);
                struckOff.removeAll(side.value().orElse(Set.of()));
                merged.removeAll(struckOff);
            }
            return merged.isEmpty() ? Resolution.deleted() : Resolution.merged(merged);
        }

        @Override
        public String name() {
            return "list-merge";
        }

        @Override
        public boolean needsAncestor() {
            return true;
        }
    }

    @Test
    void listMergeObeysTheLaws() {
        ResolverVerifier.of(ListMerge::new)
                .values(draws ->
                        draws.percent(50) ? Set.of("milk") : Set.of("milk", "tea")) // few, so that equal ones meet
                .verify();
    }

    @Test
    void whatOneSideStruckOffStaysAway() {
        Origin eu = new Origin("eu", "eu-1", 1, 0);
        Origin us = new Origin("us", "us-1", 2, 0);
        Version<Set<String>> before = Version.of(new Dot(eu, 1), new HybridTimestamp(10, 0), Set.of("milk", "tea"));
        Version<Set<String>> here = Version.of(new Dot(eu, 2), new HybridTimestamp(20, 0), Set.of("tea"));
        Version<Set<String>> there =
                Version.of(new Dot(us, 1), new HybridTimestamp(30, 0), Set.of("milk", "tea", "jam"));

        Conflict<Set<String>> conflict = new Conflict<>("lists", "home", List.of(here, there), Optional.of(before));

        assertThat(new ListMerge().resolve(conflict)).isEqualTo(Resolution.merged(Set.of("jam", "tea")));
    }

    @Test
    void anotherVersionKeepsTheName() {
        ConflictResolver<Set<String>> second = Resolvers.named("list-merge", 2, new ListMerge());

        assertThat(second.name()).isEqualTo(new ListMerge().name());
        assertThat(second.version()).isEqualTo(2);
        assertThat(second.needsAncestor()).isTrue();
    }

    @Test
    void everyBlockOfTheGuideIsHereOrInOwnResolverTest() throws IOException {
        String readme = Files.readString(README);
        String guide = readme.substring(readme.indexOf("## Writing a resolver"));
        String tests = bare(Files.readString(TESTS.resolve("GuideTest.java"))
                + Files.readString(TESTS.resolve("OwnResolverTest.java")));
        List<String> blocks = BLOCK.matcher(guide.substring(0, guide.indexOf("\n## ")))
                .results()
                .map(MatchResult::group)
                .toList();
        assertThat(blocks)
                .hasSize(7)
                .allSatisfy(block -> assertThat(tests)
                        .contains(bare(block.replace("```java", "").replace("```", ""))));
    }

    /** Less what formatting and nesting add. */
    private static String bare(String source) {
        return source.replace("static final class", "final class").replaceAll("\\s", "");
    }

    private static ResolverVerifier<Set<String>> verifier(ConflictResolver<Set<String>> resolver) {
        return ResolverVerifier.<Set<String>>of(() -> resolver)
                .values(List.of(Set.of("milk"), Set.of("milk", "tea"), Set.of("jam")));
    }
}
