package io.entente.conflict.version;

import static org.assertj.core.api.Assertions.assertThat;

import io.entente.conflict.Seeds;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

/**
 * The laws of version vectors: for all pairs and triples over three origins with sequences 0 to 2, and for larger
 * vectors under many seeds. Every vector occurs sharing its origins with others and with origins of its own.
 */
@SuppressWarnings("ReferenceEquality") // that an argument itself is returned is one of the laws
class VersionVectorLawsTest {

    private static final long HIGHEST = 2;
    private static final List<VersionVector> DOMAIN = domain();

    @Test
    void dominanceIsAPartialOrder() {
        for (VersionVector a : DOMAIN) {
            check(a.dominates(a), "each dominates itself", a);
            for (VersionVector b : DOMAIN) {
                if (a.dominates(b) && b.dominates(a)) {
                    check(a.equals(b), "only equals dominate each other", a, b);
                }
                checkTransitive(a, b);
            }
        }
    }

    private static void checkTransitive(VersionVector a, VersionVector b) {
        if (a.dominates(b)) {
            for (VersionVector c : DOMAIN) {
                check(!b.dominates(c) || a.dominates(c), "dominance is transitive", a, b, c);
            }
        }
    }

    @Test
    void joinIsTheLeastUpperBound() {
        for (VersionVector a : DOMAIN) {
            for (VersionVector b : DOMAIN) {
                VersionVector join = a.join(b);
                check(join.dominates(a) && join.dominates(b), "a join dominates both", join, a, b);
                for (VersionVector c : DOMAIN) {
                    check(
                            !(c.dominates(a) && c.dominates(b)) || c.dominates(join),
                            "no bound is below the join",
                            c,
                            a,
                            b);
                }
            }
        }
    }

    @Test
    void joinIsIdempotentCommutativeAndAssociative() {
        for (VersionVector a : DOMAIN) {
            check(a.join(a).equals(a), "a join with itself changes nothing", a);
            for (VersionVector b : DOMAIN) {
                check(a.join(b).equals(b.join(a)), "joins commute", a, b);
                for (VersionVector c : DOMAIN) {
                    check(a.join(b).join(c).equals(a.join(b.join(c))), "joins associate", a, b, c);
                }
            }
        }
    }

    @Test
    void everyPairBehavesLikeTheModel() {
        for (VersionVector a : DOMAIN) {
            for (VersionVector b : DOMAIN) {
                compareWithModel(a, new VectorModel(a.asMap()), b, new VectorModel(b.asMap()));
            }
        }
    }

    @Test
    void largeVectorsBehaveLikeTheModel() {
        Seeds.each(2_000, random -> {
            Origin[] origins = origins(random.nextInt(40), random);
            VectorModel a = anyModel(origins, random);
            VectorModel b = random.nextBoolean() ? anyModel(origins, random) : neighbour(a, origins, random);
            compareWithModel(a.vector(), a, b.vector(), b);
        });
    }

    @Test
    void raisingStepByStepIsLikeTheModel() {
        Seeds.each(500, random -> {
            Origin[] origins = origins(1 + random.nextInt(20), random);
            VersionVector vector = VersionVector.empty();
            VectorModel model = new VectorModel(Map.of());
            for (int step = 0; step < 60; step++) {
                Origin origin = copyOf(origins[random.nextInt(origins.length)]);
                long sequence = random.nextInt(10);
                VersionVector raised = vector.with(origin, sequence);
                check(
                        (raised == vector) == (vector.sequenceOf(origin) >= sequence),
                        "raising to no more returns the same",
                        vector,
                        sequence);
                vector = raised;
                model = model.with(origin, sequence);
                check(model.describes(vector), "raising is as in the model", vector, model);
            }
        });
    }

    @Test
    void theBuilderIsLikeRaisingStepByStep() {
        Seeds.each(500, random -> {
            Origin[] origins = origins(1 + random.nextInt(20), random);
            VersionVector.Builder builder = new VersionVector.Builder(random.nextInt(4));
            VersionVector stepByStep = VersionVector.empty();
            for (int step = 0; step < 40; step++) {
                Origin origin = origins[random.nextInt(origins.length)];
                long sequence = random.nextInt(5);
                builder.raise(origin, sequence);
                stepByStep = stepByStep.with(origin, sequence);
            }
            assertThat(builder.build()).isEqualTo(stepByStep).hasSameHashCodeAs(stepByStep);
            assertThat(builder.size()).isEqualTo(stepByStep.size());
        });
    }

    private static void compareWithModel(VersionVector a, VectorModel modelA, VersionVector b, VectorModel modelB) {
        check(modelA.describes(a) && modelB.describes(b), "both are like their models", a, b);
        check(a.dominates(b) == modelA.dominates(modelB), "dominance is as in the model", a, b);
        check(a.compare(b) == modelA.compare(modelB), "comparison is as in the model", a, b);
        check(a.equals(b) == (modelA.compare(modelB) == Causality.EQUAL), "equality is of components", a, b);
        check(modelA.join(modelB).describes(a.join(b)), "the join is as in the model", a, b);
        check(modelA.newSince(modelB).describes(a.newSince(b)), "the news are as in the model", a, b);
        check(b.join(a.newSince(b)).equals(a.join(b)), "the news bring the other up to date", a, b);
        check(!a.dominates(b) || a.join(b) == a, "the join is the one that dominates", a, b);
        check(a.total() == a.asMap().values().stream().mapToLong(n -> n).sum(), "the total is the sum", a);
        for (Origin origin : b.asMap().keySet()) {
            check(a.sequenceOf(origin) == modelA.sequenceOf(origin), "a sequence is as in the model", origin, a);
            check(
                    a.sequenceOf(copyOf(origin)) == modelA.sequenceOf(origin),
                    "a sequence is as in the model",
                    origin,
                    a);
        }
    }

    /**
     * Every vector over three origins three times: sharing the array of origins, sharing the origins, sharing
     * nothing.
     */
    private static List<VersionVector> domain() {
        Origin[] origins = {origin(1), origin(2), origin(3)};
        List<VersionVector> domain = new ArrayList<>();
        for (long x = 0; x <= HIGHEST; x++) {
            for (long y = 0; y <= HIGHEST; y++) {
                for (long z = 0; z <= HIGHEST; z++) {
                    domain.add(vector(origins, x, y, z));
                    domain.add(vector(new Origin[] {origin(1), origin(2), origin(3)}, x, y, z));
                    if (x * y * z > 0) {
                        domain.add(new VersionVector(origins, new long[] {x, y, z}));
                    }
                }
            }
        }
        return domain;
    }

    private static VersionVector vector(Origin[] origins, long... sequences) {
        VersionVector.Builder builder = new VersionVector.Builder();
        for (int i = origins.length - 1; i >= 0; i--) {
            builder.raise(origins[i], sequences[i]);
        }
        return builder.build();
    }

    private static Origin origin(long start) {
        return new Origin("dc" + start, "node", start, -start);
    }

    private static Origin[] origins(int count, Random random) {
        Origin[] origins = new Origin[count];
        for (int i = 0; i < count; i++) {
            origins[i] = new Origin("dc" + random.nextInt(3), "n" + i, random.nextInt(5), random.nextInt(5));
        }
        return origins;
    }

    private static VectorModel anyModel(Origin[] origins, Random random) {
        Map<Origin, Long> components = new HashMap<>();
        for (Origin origin : origins) {
            components.put(random.nextBoolean() ? origin : copyOf(origin), (long) random.nextInt(4));
        }
        return new VectorModel(components);
    }

    /** A model that dominates {@code model} or is the same. */
    private static VectorModel neighbour(VectorModel model, Origin[] origins, Random random) {
        VectorModel near = model;
        for (int i = 0; i < origins.length && random.nextInt(4) > 0; i++) {
            near = near.with(origins[random.nextInt(origins.length)], random.nextInt(6));
        }
        return near;
    }

    private static Origin copyOf(Origin origin) {
        return new Origin(origin.dataCenter(), origin.node(), origin.startedAtMillis(), origin.random());
    }

    /** Cheaper than a fluent assertion, for laws that are checked hundreds of thousands of times. */
    private static void check(boolean holds, String law, Object... subjects) {
        if (!holds) {
            throw new AssertionError("Broken: " + law + ", with " + Arrays.toString(subjects));
        }
    }
}
