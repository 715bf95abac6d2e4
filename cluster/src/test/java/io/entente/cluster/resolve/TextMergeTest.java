package io.entente.cluster.resolve;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.entente.conflict.Conflict;
import io.entente.conflict.GuardedResolver;
import io.entente.conflict.Outcome;
import io.entente.conflict.verify.Draws;
import io.entente.conflict.verify.Law;
import io.entente.conflict.verify.ResolverVerifier;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** What {@code text-merge} makes of lines; a slash stands for a line feed. */
class TextMergeTest {

    @ParameterizedTest(name = "{4}")
    @CsvSource(delimiter = '|', ignoreLeadingAndTrailingWhitespace = true, textBlock = """
            a/b/c/d/ | A/b/c/d/ | a/b/c/D/ | A/b/c/D/     | changes in different places are both taken
            a/b      | a/b/c    | A/b      | A/b/c        | with or without a line feed at the end
            a/b/c/   | a/c/     | a/b/c/d/ | a/c/d/       | removed lines stay away
            a/b/c/   | a/X/c/   | a/X/c/   | a/X/c/       | the same change on both sides is one
            a/b/c/   | a/X/c/   | a/Y/c/   | a/X/Y/c/     | of lines that both changed both stay, the earlier first
            a/b/c/   | a/c/     | a/Y/c/   | a/Y/c/       | a changed line beats one that was removed
            a/b/c/   | absent   | a/b/c/   | absent       | a deletion beats what was not changed
            a/b/c/   | a/X/c/   | absent   | a/X/c/       | and not what was
            absent   | a/       | b/       | a/b/         | without an ancestor all was added
            absent   | a/b/     | a/c/     | a/b/c/       | and what is common is there once
            """)
    void linesAreMergedByRule(String ancestor, String eu, String us, String merged, String rule) {
        assertThat(merge(TextConflicts.BOTH, ancestor, eu, us)).as(rule).isEqualTo(merged);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            BOTH   | a/X/Y/c/
            LATER  | a/Y/c/
            MARKED | a/<<<<<<< eu/X/=======/Y/>>>>>>> us/c/
            """)
    void whatBecomesOfLinesThatBothChangedCanBeChosen(TextConflicts conflicts, String merged) {
        assertThat(merge(conflicts, "a/b/c/", "a/X/c/", "a/Y/c/")).isEqualTo(merged);
    }

    @Test
    void moreThanTwoAreMergedInTheOrderInWhichTheyWereWritten() {
        assertThat(merge(TextConflicts.BOTH, "a/b/c/d/e/", "A/b/c/d/e/", "a/b/c/d/E/", "a/b/C/d/e/"))
                .isEqualTo("A/b/C/d/E/");
        assertThat(merge(TextConflicts.BOTH, "a/b/c/", "a/X/c/", "a/Y/c/", "a/Z/c/"))
                .isEqualTo("a/X/Y/Z/c/");
        assertThat(merge(TextConflicts.LATER, "a/b/c/", "a/X/c/", "a/Y/c/", "a/Z/c/"))
                .isEqualTo("a/Z/c/");
        assertThat(merge(TextConflicts.BOTH, "a/b/c/", "a/X/c/", "a/Y/c/", "a/X/c/"))
                .isEqualTo("a/Y/X/c/");
    }

    @Test
    void aMergeThatIsOneOfTheSiblingsIsThatSibling() {
        Conflict<String> conflict = conflict("a/b/", "a/b/c/", "a/b/c/d/");
        assertThat(GuardedResolver.of(DocumentResolvers.textMerge(TextConflicts.LATER, TextForm.plain()))
                        .resolve(conflict))
                .isEqualTo(new Outcome.Value<>(
                        "a\nb\nc\nd\n", Optional.of(conflict.siblings().get(1))));
    }

    /** Keeping both sides of what was changed on both means that nobody's words are lost, whatever else happened around them. */
    @Test
    void whatAnySideAddedIsThereInTheEnd() {
        for (int seed = 0; seed < 500; seed++) {
            Draws draws = new Draws(seed);
            List<String> base = List.of("one", "two", "three", "four", "five");
            List<String> sides =
                    List.of(changed(base, "eu", draws), changed(base, "us", draws), changed(base, "ap", draws));
            String merged = merge(TextConflicts.BOTH, String.join("/", base), sides.toArray(String[]::new));
            List<String> added = sides.stream()
                    .flatMap(side -> Arrays.stream(side.split("/")))
                    .filter(line -> !base.contains(line))
                    .toList();
            assertThat(List.of(merged.split("/")))
                    .as("seed %d: %s", seed, sides)
                    .containsAll(added);
        }
    }

    /** Some lines removed, and some of its own added, each different. */
    private static String changed(List<String> base, String side, Draws draws) {
        List<String> lines = new ArrayList<>();
        for (String line : base) {
            if (draws.percent(30)) {
                lines.add(side + " before " + line);
            }
            if (draws.percent(70)) {
                lines.add(line);
            }
        }
        lines.add(draws.percent(50) ? "end" : side + " at the end");
        return String.join("/", lines);
    }

    /** Lines that occur often are dear to compare; a merge of such texts is coarser, but neither endless nor lossy. */
    @Test
    @Timeout(30)
    void hugeTextsOfFewKindsOfLinesAreMergedInBoundedTime() {
        String base = "start/" + drawn(100_000, 1);
        String eu = "eu/" + drawn(100_000, 2);
        String us = "us/" + drawn(100_000, 3);
        List<String> merged = List.of(merge(TextConflicts.BOTH, base, eu, us).split("/"));
        assertThat(merged).contains("eu", "us").doesNotContain("start");
    }

    private static String drawn(int lines, long seed) {
        Draws draws = new Draws(seed);
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < lines; i++) {
            text.append((char) ('a' + draws.between(0, 25))).append('/');
        }
        return text.toString();
    }

    @Test
    void valuesThatAreNoTextsAreLeftToTheLastWriter() {
        var merge = DocumentResolvers.textMerge(TextConflicts.BOTH, TextForm.json());
        assertThat(Documents.read(merge, "\"a\\nb\"", "\"A\\nb\"", "\"a\\nb\\nc\""))
                .isEqualTo("\"A\\nb\\nc\"");
        assertThat(Documents.read(merge, "\"a\"", "\"b\"", "5")).isEqualTo("5");
        assertThat(Documents.read(merge, "\"a\"", "5", "\"a\"")).isEqualTo("5");
        assertThat(Documents.read(merge, "5", "\"a\"", "\"a\\nb\"")).isEqualTo("\"a\\nb\"");
    }

    @Test
    void itsNameTellsOptionsApart() {
        assertThat(DocumentResolvers.textMerge().name()).isEqualTo("text-merge");
        assertThat(DocumentResolvers.textMerge(TextConflicts.LATER, TextForm.plain())
                        .name())
                .isEqualTo("text-merge(later)");
    }

    @ParameterizedTest
    @EnumSource
    void textMergeObeysTheLaws(TextConflicts conflicts) {
        ResolverVerifier.of(() -> DocumentResolvers.textMerge(conflicts, TextForm.plain()))
                .values(TextMergeTest::text)
                .codec(text -> text.getBytes(UTF_8), bytes -> new String(bytes, UTF_8))
                .demanding(Law.IDEMPOTENT)
                .verify();
    }

    /** A few lines of few kinds. */
    private static String text(Draws draws) {
        StringBuilder text = new StringBuilder();
        for (int lines = draws.between(0, 5); lines > 0; lines--) {
            text.append(draws.oneOf(List.of("a", "b", "c", "<<<<<<< eu"))).append('\n');
        }
        return text.append(draws.percent(30) ? "end" : "").toString();
    }

    private static String merge(TextConflicts conflicts, String ancestor, String... siblings) {
        Outcome<String> outcome = GuardedResolver.of(DocumentResolvers.textMerge(conflicts, TextForm.plain()))
                .resolve(conflict(ancestor, siblings));
        return outcome instanceof Outcome.Value<String> value ? value.value().replace('\n', '/') : Documents.ABSENT;
    }

    private static Conflict<String> conflict(String ancestor, String... siblings) {
        List<Optional<String>> texts =
                Arrays.stream(siblings).map(TextMergeTest::optional).toList();
        return Documents.conflict(optional(ancestor), texts);
    }

    private static Optional<String> optional(String text) {
        return text.equals(Documents.ABSENT) ? Optional.empty() : Optional.of(text.replace('/', '\n'));
    }
}
