package io.entente.conflict.verify;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** Histories drawn from a seed. Their values are seeds too, so that each time one is played it gets values nobody has touched. */
final class Histories {

    private static final int MOST_DATA_CENTERS = 4;
    private static final int MOST_STEPS = 12;
    private static final int MANY = 24;
    private static final List<String> NAMES = List.of("eu", "us", "ap", "sa");

    private Histories() {}

    /** A history that may show that the law is broken. */
    static History<Long> forLaw(Law law, Draws draws) {
        return switch (law) {
            case TAKES_MANY_SIBLINGS -> many(draws);
            case TAKES_EQUAL_VALUES -> equal(any(draws, 15), draws.bits());
            case RESPECTS_DELETIONS -> any(draws, 90);
            default -> any(draws, 20);
        };
    }

    private static History<Long> any(Draws draws, int deletionsPercent) {
        List<String> dataCenters = NAMES.subList(0, draws.between(2, MOST_DATA_CENTERS));
        History<Long> history = History.empty();
        for (int steps = draws.between(2, MOST_STEPS); steps > 0; steps--) {
            String at = draws.oneOf(dataCenters);
            if (draws.percent(30)) {
                history = history.bring(at, draws.oneOf(dataCenters));
            } else if (draws.percent(deletionsPercent)) {
                history = history.delete(at, draws.between(1, 9));
            } else {
                history = history.put(at, draws.between(1, 9), draws.bits());
            }
        }
        return history;
    }

    private static History<Long> many(Draws draws) {
        History<Long> history = History.empty();
        for (int i = draws.between(5, MANY); i > 0; i--) {
            history = history.put("dc-" + i, draws.between(1, 9), draws.bits());
        }
        return history;
    }

    private static History<Long> equal(History<Long> history, long value) {
        return map(history, seed -> value);
    }

    /** The same history with other values. */
    static <A, B> History<B> map(History<A> history, Function<A, B> value) {
        List<History.Step<B>> steps = new ArrayList<>();
        for (History.Step<A> step : history.steps()) {
            if (step instanceof History.Write<A> write) {
                Optional<B> mapped = write.value().map(value);
                steps.add(new History.Write<>(write.dataCenter(), write.millis(), mapped));
            } else if (step instanceof History.Bring<A> bring) {
                steps.add(new History.Bring<>(bring.from(), bring.to()));
            }
        }
        return new History<>(steps);
    }
}
