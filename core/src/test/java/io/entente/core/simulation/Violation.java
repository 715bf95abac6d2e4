package io.entente.core.simulation;

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

    static void unless(boolean holds, Law law, java.util.function.Supplier<String> what) {
        if (!holds) {
            throw new Violation(law, what.get());
        }
    }
}
