package io.entente.conflict;

import static org.assertj.core.api.Assertions.assertThat;

import io.entente.conflict.clock.HybridTimestamp;
import io.entente.conflict.version.Dot;
import io.entente.conflict.version.Lineage;
import io.entente.conflict.version.Origin;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class AncestorsTest {

    private static final Origin ORIGIN = new Origin("eu", "eu-1", 1, 1);

    private final Map<Dot, List<Dot>> replaced = new TreeMap<>();
    private final Map<Dot, Version<String>> versions = new TreeMap<>();

    @Test
    void theNewestCommonVersionIsTheAncestor() {
        value(1, "old");
        value(2, "base", 1);
        value(3, "left", 2);
        value(4, "right", 2);
        assertThat(ancestorOf(3, 4)).contains("base");
        assertThat(ancestorOf(2, 3)).contains("old");
    }

    @Test
    void ancestorsOfCrossedLinesAreResolvedWithTheirOwnAncestor() {
        value(1, "x");
        value(2, "xa", 1);
        value(3, "xb", 1);
        value(4, "xab1", 2, 3);
        value(5, "xab2", 2, 3);
        assertThat(ancestorOf(4, 5)).contains("x+a+b");
    }

    @Test
    void linesThatCrossAgainAndAgainAreFollowedToTheirBeginning() {
        value(1, "x");
        value(2, "xa", 1);
        value(3, "xb", 1);
        value(4, "xac", 2, 3);
        value(5, "xbd", 2, 3);
        value(6, "left", 4, 5);
        value(7, "right", 4, 5);
        assertThat(ancestorOf(6, 7)).contains("x+a+b+xac+xbd");
    }

    @Test
    void aDeletionIsNoAncestor() {
        value(1, "base");
        deletion(2, 1);
        value(3, "left", 2);
        value(4, "right", 2);
        assertThat(ancestorOf(3, 4)).isEmpty();
        assertThat(ancestorOf(2, 3)).contains("base");
    }

    @Test
    void beforeADeletionThatCrossedAValueTheValueIsTheAncestor() {
        value(1, "base");
        value(2, "kept", 1);
        deletion(3, 1);
        value(4, "left", 2, 3);
        value(5, "right", 2, 3);
        assertThat(ancestorOf(4, 5)).contains("kept");
    }

    @Test
    void whereTheResolverMakesNoValueOfSeveralThereIsNoAncestor() {
        value(1, "a");
        value(2, "b");
        value(3, "left", 1, 2);
        value(4, "right", 1, 2);
        assertThat(ancestorOf(Resolvers.keepAll(), 3, 4)).isEmpty();
        assertThat(ancestorOf(conflict -> Resolution.deleted(), 3, 4)).isEmpty();
        assertThat(ancestorOf(
                        conflict -> {
                            throw new IllegalStateException("not today");
                        },
                        3,
                        4))
                .isEmpty();
        assertThat(ancestorOf(Resolvers.lastWriterWins(), 3, 4)).contains("b");
    }

    @Test
    void whatIsNoLongerKnownIsNoAncestor() {
        value(1, "base");
        value(2, "left", 1);
        value(3, "right", 1);
        versions.remove(dot(1));
        assertThat(ancestorOf(2, 3)).isEmpty();
        assertThat(ancestorOf(2, 9)).isEmpty();
    }

    private Optional<String> ancestorOf(int... siblings) {
        return ancestorOf(AncestorsTest::added, siblings);
    }

    private Optional<String> ancestorOf(ConflictResolver<String> resolver, int... siblings) {
        List<Dot> dots =
                java.util.Arrays.stream(siblings).mapToObj(AncestorsTest::dot).toList();
        return new Ancestors<>(
                        GuardedResolver.of(resolver),
                        Lineage.of(replaced),
                        dot -> Optional.ofNullable(versions.get(dot)))
                .of("map", "key", dots)
                .flatMap(Version::value);
    }

    /** The ancestor, and behind it what each sibling has put behind it. */
    private static Resolution<String> added(Conflict<String> conflict) {
        String base = conflict.ancestor().flatMap(Version::value).orElse("");
        StringBuilder merged = new StringBuilder(base);
        conflict.live().forEach(version -> {
            String value = version.value().orElseThrow();
            merged.append('+').append(value.startsWith(base) ? value.substring(base.length()) : value);
        });
        return Resolution.merged(merged.toString());
    }

    private void value(int number, String value, int... replaces) {
        versions.put(dot(number), Version.of(dot(number), new HybridTimestamp(number, 0), value));
        replaced(number, replaces);
    }

    private void deletion(int number, int... replaces) {
        versions.put(dot(number), Version.deletion(dot(number), new HybridTimestamp(number, 0)));
        replaced(number, replaces);
    }

    private void replaced(int number, int... replaces) {
        replaced.put(
                dot(number),
                java.util.Arrays.stream(replaces).mapToObj(AncestorsTest::dot).toList());
    }

    private static Dot dot(int number) {
        return new Dot(ORIGIN, number);
    }
}
