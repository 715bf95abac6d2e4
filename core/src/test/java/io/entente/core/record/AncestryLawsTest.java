package io.entente.core.record;

import static org.assertj.core.api.Assertions.assertThat;

import io.entente.conflict.clock.HybridTimestamp;
import io.entente.conflict.version.Dot;
import io.entente.conflict.version.Origin;
import io.entente.core.bytes.Bytes;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What is kept is a function of the set of writes: whatever order that respects causality they come in, the record is the same. */
class AncestryLawsTest {

    private static final int HISTORIES = 150;
    private static final int ORDERS = 6;

    /** A write with everything that its origin had. */
    private record Write(Sibling version, List<Dot> replaces, boolean isKept, Set<Dot> past) {

        Siblings applyTo(Siblings before) {
            Set<Dot> gone = new LinkedHashSet<>();
            before.versions().stream()
                    .filter(present ->
                            replaces.contains(present.dot()) || (present.isTombstone() && past.contains(present.dot())))
                    .forEach(present -> gone.add(present.dot()));
            return before.after(present -> gone.contains(present.dot()), version)
                    .with(before.ancestryAfter(gone, version.dot(), isKept, replaces));
        }
    }

    @Test
    void everyOrderOfArrivalLeavesTheSameRecord() {
        for (int seed = 1; seed <= HISTORIES; seed++) {
            Random random = new Random(seed);
            List<Write> history = history(random, seed % 30 == 0 ? 120 : 12);
            Siblings expected = play(history);
            for (int i = 0; i < ORDERS; i++) {
                assertThat(play(reordered(history, random))).as("seed %d", seed).isEqualTo(expected);
            }
        }
    }

    @Test
    void noLineOnTopOfAKeptVersionIsLongerThanTheBound() {
        Siblings record = play(history(new Random(1), 150));
        int longest = 0;
        for (Sibling kept : record.ancestry().kept()) {
            longest = Math.max(
                    longest, lineOnTopOf(kept.dot(), record.ancestry().lineage().replaced()));
        }
        assertThat(longest).isEqualTo(Ancestry.GENERATIONS);
    }

    private static int lineOnTopOf(Dot version, Map<Dot, List<Dot>> replaced) {
        return replaced.entrySet().stream()
                .filter(other -> other.getValue().contains(version))
                .mapToInt(other -> 1 + lineOnTopOf(other.getKey(), replaced))
                .max()
                .orElse(0);
    }

    private static Siblings play(List<Write> history) {
        Siblings record = Siblings.none();
        for (Write write : history) {
            record = write.applyTo(record);
        }
        return record;
    }

    /** Three nodes that hear of each other now and then; some writes replace but part of what their node has, some aren't kept. */
    private static List<Write> history(Random random, int writes) {
        List<Map<Dot, Write>> nodes = List.of(new LinkedHashMap<>(), new LinkedHashMap<>(), new LinkedHashMap<>());
        List<Write> history = new ArrayList<>();
        while (history.size() < writes) {
            int node = random.nextInt(nodes.size());
            Map<Dot, Write> at = nodes.get(node);
            if (random.nextInt(3) == 0) {
                at.putAll(nodes.get(random.nextInt(nodes.size())));
            } else {
                Write write = write(random, node, at);
                at.put(write.version.dot(), write);
                history.add(write);
            }
        }
        return history;
    }

    private static Write write(Random random, int node, Map<Dot, Write> has) {
        Origin origin = new Origin("dc" + node, "n" + node, node + 1L, node);
        long sequence = 1
                + has.keySet().stream()
                        .filter(dot -> dot.origin().equals(origin))
                        .count();
        Dot dot = new Dot(origin, sequence);
        Payload payload = random.nextInt(4) == 0 ? Payload.deletion() : Payload.value(Bytes.utf8(dot.toString()));
        boolean partly = random.nextInt(4) == 0;
        List<Dot> replaces = play(inOrder(has)).versions().stream()
                .filter(present -> present.isTombstone() || !partly || random.nextBoolean())
                .map(Sibling::dot)
                .toList();
        return new Write(
                new Sibling(dot, new HybridTimestamp(sequence, 0), payload),
                replaces,
                random.nextInt(10) > 0,
                Set.copyOf(has.keySet()));
    }

    private static List<Write> inOrder(Map<Dot, Write> has) {
        return reordered(new ArrayList<>(has.values()), new Random(0));
    }

    /** Another order in which each write comes after all that it had seen. */
    private static List<Write> reordered(List<Write> history, Random random) {
        List<Write> waiting = new ArrayList<>(history);
        Collections.shuffle(waiting, random);
        List<Write> ordered = new ArrayList<>();
        Set<Dot> arrived = new LinkedHashSet<>();
        while (!waiting.isEmpty()) {
            Write next = waiting.stream()
                    .filter(write -> arrived.containsAll(write.past))
                    .findFirst()
                    .orElseThrow();
            waiting.remove(next);
            arrived.add(next.version.dot());
            ordered.add(next);
        }
        return ordered;
    }
}
