package io.entente.core.message;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** Voters on their way to others: all ways among five nodes. */
class VotersTowardsTest {

    private static final List<String> NAMES = List.of("a", "b", "c", "d", "e");

    private static SortedSet<String> some(int bits) {
        SortedSet<String> names = new TreeSet<>();
        for (int i = 0; i < NAMES.size(); i++) {
            if ((bits >> i & 1) == 1) {
                names.add(NAMES.get(i));
            }
        }
        return names;
    }

    private static Epoch of(Set<String> voters) {
        return new Epoch(Ballot.zero(), Optional.empty(), ReplicationMode.multiLeader(), new TreeSet<>(voters), false);
    }

    @Test
    void eachStepIsOneVoterAndTheWayEndsAtTheAim() {
        int all = 1 << NAMES.size();
        for (int from = 1; from < all; from++) {
            for (int to = 1; to < all; to++) {
                SortedSet<String> aim = some(to);
                SortedSet<String> at = some(from);
                for (int steps = Integer.bitCount(from ^ to); steps > 0; steps--) {
                    SortedSet<String> next = of(at).votersTowards(aim);
                    assertThat(differing(at, next))
                            .as("from " + at + " to " + next)
                            .isEqualTo(1);
                    at = next;
                }
                assertThat(at).isEqualTo(aim);
                assertThat(of(at).votersTowards(aim)).isEqualTo(aim);
            }
        }
    }

    @Test
    void whoJoinsDoesSoBeforeAnybodyLeaves() {
        List<Set<String>> way = new ArrayList<>();
        SortedSet<String> at = some(0b00011);
        for (int steps = 0; steps < 4; steps++) {
            at = of(at).votersTowards(Set.of("c", "d"));
            way.add(at);
        }
        assertThat(way)
                .containsExactly(
                        Set.of("a", "b", "c"), Set.of("a", "b", "c", "d"), Set.of("b", "c", "d"), Set.of("c", "d"));
    }

    private static int differing(Set<String> one, Set<String> other) {
        Set<String> all = new TreeSet<>(one);
        all.addAll(other);
        all.removeIf(name -> one.contains(name) && other.contains(name));
        return all.size();
    }
}
