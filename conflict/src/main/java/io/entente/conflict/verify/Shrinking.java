package io.entente.conflict.verify;

import java.util.function.Predicate;

/** Makes a history smaller as long as it still shows the same: leaves out steps, then makes values and times simple. */
final class Shrinking {

    private static final long SIMPLEST_VALUES = 4;

    private final Predicate<History<Long>> stillShows;

    Shrinking(Predicate<History<Long>> stillShows) {
        this.stillShows = stillShows;
    }

    History<Long> shrink(History<Long> failing) {
        History<Long> smallest = failing;
        History<Long> before;
        do {
            before = smallest;
            smallest = withFewerSteps(smallest);
            smallest = withSimplerWrites(smallest);
        } while (!smallest.equals(before));
        return smallest;
    }

    private History<Long> withFewerSteps(History<Long> failing) {
        History<Long> smallest = failing;
        for (int i = smallest.steps().size() - 1; i >= 0; i--) {
            History<Long> candidate = smallest.without(i);
            if (stillShows.test(candidate)) {
                smallest = candidate;
            }
        }
        return smallest;
    }

    private History<Long> withSimplerWrites(History<Long> failing) {
        History<Long> simplest = failing;
        for (int i = 0; i < simplest.steps().size(); i++) {
            if (simplest.steps().get(i) instanceof History.Write<Long> write) {
                simplest = withSimplerTime(simplest, i, write);
                simplest = withSimplerValue(simplest, i);
            }
        }
        return simplest;
    }

    private History<Long> withSimplerTime(History<Long> failing, int at, History.Write<Long> write) {
        History<Long> candidate = failing.with(at, new History.Write<>(write.dataCenter(), 1, write.value()));
        return stillShows.test(candidate) ? candidate : failing;
    }

    private History<Long> withSimplerValue(History<Long> failing, int at) {
        History.Write<Long> write = (History.Write<Long>) failing.steps().get(at);
        long present = write.value().orElse(0L);
        for (long seed = 0; seed < SIMPLEST_VALUES && (present < 0 || present >= SIMPLEST_VALUES); seed++) {
            long simple = seed;
            History<Long> candidate = failing.with(
                    at,
                    new History.Write<>(
                            write.dataCenter(), write.millis(), write.value().map(any -> simple)));
            if (stillShows.test(candidate)) {
                return candidate;
            }
        }
        return failing;
    }
}
