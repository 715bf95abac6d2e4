package io.entente.conflict;

import java.util.Random;
import java.util.function.Consumer;

/** Checks a law under many seeds; a failure names its seed, and {@code -Dseed=} replays just that one. */
public final class Seeds {

    private Seeds() {}

    /** Checks {@code law} under the seeds 1 to {@code count}, or under the one of {@code -Dseed=}. */
    public static void each(int count, Consumer<Random> law) {
        Long only = Long.getLong("seed");
        if (only != null) {
            under(only, law);
            return;
        }
        for (long seed = 1; seed <= count; seed++) {
            under(seed, law);
        }
    }

    private static void under(long seed, Consumer<Random> law) {
        try {
            law.accept(new Random(seed));
        } catch (RuntimeException | AssertionError broken) {
            throw new AssertionError("The law breaks under seed " + seed + "; replay with -Dseed=" + seed, broken);
        }
    }
}
