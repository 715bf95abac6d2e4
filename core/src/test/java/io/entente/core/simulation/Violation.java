package io.entente.core.simulation;

import java.util.Optional;
import java.util.Set;
import java.util.function.LongConsumer;

/** A law was broken. */
final class Violation extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final Law law;

    Violation(Law law, String what) {
        super(law + ": " + what);
        this.law = law;
    }

    Law law() {
        return law;
    }

    /** The first of so many histories in which one of these laws is broken. */
    static Optional<Long> firstSeedThatBreaks(Set<Law> laws, long firstSeed, int histories, LongConsumer history) {
        for (long seed = firstSeed; seed < firstSeed + histories; seed++) {
            try {
                history.accept(seed);
            } catch (Violation broken) {
                if (laws.contains(broken.law())) {
                    return Optional.of(seed);
                }
            }
        }
        return Optional.empty();
    }

    static void unless(boolean holds, Law law, java.util.function.Supplier<String> what) {
        if (!holds) {
            throw new Violation(law, what.get());
        }
    }
}
