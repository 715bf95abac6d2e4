package io.entente.conflict;

import static org.assertj.core.api.Assertions.assertThat;

import io.entente.conflict.clock.HybridTimestamp;
import io.entente.conflict.version.Dot;
import io.entente.conflict.version.Origin;
import io.entente.conflict.version.VersionVector;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/**
 * Replicas that have applied the same writes agree, whatever the resolver: it sees the siblings, not the order in
 * which they came, so it need not commute, associate or be idempotent.
 *
 * <p>Three replicas write to one key and hear of each other's writes in any causal order. Each keeps what no other
 * write has replaced.
 */
class ConvergenceTest {

    private static final int REPLICAS = 3;
    private static final int STEPS = 30;

    @Test
    void theResolverOfTheseTestsHasNoLawToRelyOn() {
        assertThat(wayward("a", "b")).isNotEqualTo(wayward("b", "a"));
        assertThat(wayward(wayward("a", "b"), "c")).isNotEqualTo(wayward("a", wayward("b", "c")));
        assertThat(wayward("a", "a")).isNotEqualTo("a");
    }

    @Test
    void replicasThatAppliedTheSameWritesAgreeWhateverTheResolver() {
        Seeds.each(500, random -> {
            History history = History.any(random);
            Replica first = history.replicas.get(0);
            for (Replica other : history.replicas) {
                assertThat(other.applied).isEqualTo(first.applied);
                assertThat(other.siblings).containsExactlyInAnyOrderElementsOf(history.notReplaced());
                assertThat(other.read(Resolvers.merging(ConvergenceTest::wayward)))
                        .isEqualTo(first.read(Resolvers.merging(ConvergenceTest::wayward)));
            }
        });
    }

    @Test
    void aResolverThatSawTheOrderOfArrivalWouldNotConverge() {
        assertThat(LongStream.rangeClosed(1, 100).mapToObj(seed -> History.any(new Random(seed))))
                .anySatisfy(history -> assertThat(history.replicas.stream()
                                .map(Replica::readInOrderOfArrival)
                                .distinct())
                        .hasSizeGreaterThan(1));
    }

    /** Neither commutes nor associates, nor is idempotent. */
    private static String wayward(String a, String b) {
        return "(" + a + "-" + b + ")";
    }

    /** What was written to a key, and replicas that have applied all of it. */
    private record History(List<Write> writes, List<Replica> replicas) {

        static History any(Random random) {
            History history = new History(new ArrayList<>(), new ArrayList<>());
            for (int i = 0; i < REPLICAS; i++) {
                history.replicas.add(new Replica(i));
            }
            for (int step = 0; step < STEPS; step++) {
                history.step(history.replicas.get(random.nextInt(REPLICAS)), random);
            }
            history.replicas.forEach(replica -> replica.hearAll(Histories.shuffled(history.writes, random)));
            return history;
        }

        private void step(Replica replica, Random random) {
            if (random.nextInt(3) == 0) {
                writes.add(replica.write(random));
            } else if (!writes.isEmpty()) {
                replica.hear(writes.get(random.nextInt(writes.size())));
            }
        }

        /** The versions that no write has replaced: what each replica must hold, found without any replica. */
        List<Version<String>> notReplaced() {
            Set<Dot> replaced = new TreeSet<>();
            writes.forEach(write -> replaced.addAll(write.replaces));
            return writes.stream()
                    .map(Write::version)
                    .filter(version -> !replaced.contains(version.dot()))
                    .toList();
        }
    }

    private record Write(Version<String> version, VersionVector seen, Set<Dot> replaces) {}

    /** Just enough of a replica: a vector, and the versions nobody has replaced, in order of arrival. */
    private static final class Replica {

        private final Origin origin;
        private final List<Version<String>> siblings = new ArrayList<>();
        private VersionVector applied = VersionVector.empty();

        Replica(int index) {
            origin = new Origin("dc-" + index, "node", Siblings.START, index);
        }

        Write write(Random random) {
            Dot dot = new Dot(origin, applied.sequenceOf(origin) + 1);
            HybridTimestamp time = new HybridTimestamp(random.nextInt(10), 0);
            Version<String> version = random.nextInt(4) == 0
                    ? Version.deletion(dot, time)
                    : Version.of(dot, time, String.valueOf(dot.sequence()) + origin.dataCenter());
            Set<Dot> replaces = siblings.stream().map(Version::dot).collect(Collectors.toCollection(TreeSet::new));
            Write write = new Write(version, applied, replaces);
            hear(write);
            return write;
        }

        /** Applies the write once, and only after all that its author had seen; says whether it did. */
        boolean hear(Write write) {
            Dot dot = write.version.dot();
            boolean next = applied.sequenceOf(dot.origin()) == dot.sequence() - 1;
            if (!next || !applied.dominates(write.seen)) {
                return false;
            }
            siblings.removeIf(sibling -> write.replaces.contains(sibling.dot()));
            siblings.add(write.version);
            applied = applied.with(dot.origin(), dot.sequence());
            return true;
        }

        void hearAll(List<Write> writes) {
            boolean progress = true;
            while (progress) {
                progress = false;
                for (Write write : writes) {
                    progress |= hear(write);
                }
            }
        }

        Outcome<String> read(ConflictResolver<String> resolver) {
            return GuardedResolver.of(resolver).resolve("carts", "alice", siblings);
        }

        String readInOrderOfArrival() {
            return siblings.stream()
                    .flatMap(sibling -> sibling.value().stream())
                    .reduce(ConvergenceTest::wayward)
                    .orElse("");
        }
    }
}
