package io.entente.conflict.version;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

class LineageTest {

    private static final Origin ORIGIN = new Origin("eu", "eu-1", 1, 1);

    @Test
    void ofOneLineTheNewestCommonOneIsWhereTheSidesParted() {
        Lineage lineage = lineage(Map.of(1, List.of(), 2, List.of(1), 3, List.of(2), 4, List.of(2), 5, List.of(3)));
        assertThat(lineage.newestCommon(List.of(dot(4), dot(5)))).containsExactly(dot(2));
        assertThat(lineage.ancestorsOf(dot(5))).containsExactly(dot(1), dot(2), dot(3));
    }

    @Test
    void linesThatCrossHaveSeveralNewestCommonOnes() {
        Lineage lineage =
                lineage(Map.of(1, List.of(), 2, List.of(1), 3, List.of(1), 4, List.of(2, 3), 5, List.of(2, 3)));
        assertThat(lineage.newestCommon(List.of(dot(4), dot(5)))).containsExactly(dot(2), dot(3));
    }

    @Test
    void whatIsNotKnownHasNoAncestors() {
        Lineage lineage = lineage(Map.of(2, List.of(1)));
        assertThat(lineage.knows(dot(1))).isFalse();
        assertThat(lineage.newestCommon(List.of(dot(2), dot(7)))).isEmpty();
        assertThat(lineage.newestCommon(List.of())).isEmpty();
        assertThat(Lineage.none().isEmpty()).isTrue();
    }

    @Test
    void newestCommonOnesAreThoseThatTheDefinitionSays() {
        for (int seed = 1; seed <= 500; seed++) {
            Map<Integer, List<Integer>> replaced = randomLines(new Random(seed), 10);
            Lineage lineage = lineage(replaced);
            for (int a = 1; a <= 10; a++) {
                for (int b = 1; b <= 10; b++) {
                    Set<Integer> common = below(replaced, a);
                    common.retainAll(below(replaced, b));
                    Set<Dot> expected = new HashSet<>();
                    for (int candidate : common) {
                        if (common.stream()
                                .noneMatch(other -> below(replaced, other).contains(candidate))) {
                            expected.add(dot(candidate));
                        }
                    }
                    assertThat(lineage.newestCommon(List.of(dot(a), dot(b))))
                            .as("seed %d: %d and %d of %s", seed, a, b, replaced)
                            .containsExactlyInAnyOrderElementsOf(expected)
                            .isSorted();
                }
            }
        }
    }

    private static Map<Integer, List<Integer>> randomLines(Random random, int versions) {
        Map<Integer, List<Integer>> replaced = new LinkedHashMap<>();
        for (int version = 1; version <= versions; version++) {
            List<Integer> earlier = new ArrayList<>();
            for (int candidate = 1; candidate < version; candidate++) {
                if (random.nextInt(4) == 0) {
                    earlier.add(candidate);
                }
            }
            replaced.put(version, earlier);
        }
        return replaced;
    }

    private static Set<Integer> below(Map<Integer, List<Integer>> replaced, int version) {
        Set<Integer> below = new HashSet<>(replaced.getOrDefault(version, List.of()));
        replaced.getOrDefault(version, List.of()).forEach(each -> below.addAll(below(replaced, each)));
        return below;
    }

    private static Lineage lineage(Map<Integer, List<Integer>> replaced) {
        Map<Dot, List<Dot>> dots = new LinkedHashMap<>();
        replaced.forEach((version, earlier) ->
                dots.put(dot(version), earlier.stream().map(LineageTest::dot).toList()));
        return Lineage.of(dots);
    }

    private static Dot dot(int sequence) {
        return new Dot(ORIGIN, sequence);
    }
}
