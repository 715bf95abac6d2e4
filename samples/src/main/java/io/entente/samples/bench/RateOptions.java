package io.entente.samples.bench;

import io.entente.samples.bench.load.Pace;
import io.entente.samples.terminal.CountOption;
import java.util.Optional;
import picocli.CommandLine.Option;

/** At which rate requests come, and for how long. */
final class RateOptions {

    private static final int MOST_A_SECOND = 1_000_000;
    private static final int MOST_SECONDS = 3_600;

    @Option(
            names = "--rate",
            paramLabel = "N",
            converter = CountOption.class,
            description =
                    "Requests a second and data center (default: 1,000 for latency, 2,000 for lag, 5,000 for reads).")
    private Optional<Integer> rate = Optional.empty();

    @Option(
            names = "--seconds",
            paramLabel = "N",
            defaultValue = "10",
            converter = CountOption.class,
            description = "For how long a run is measured; half as long again warms up (default: ${DEFAULT-VALUE}).")
    private int seconds = 10;

    Pace pace(int defaultRate) {
        requireAtMost(MOST_A_SECOND, rate.orElse(defaultRate), "--rate");
        requireAtMost(MOST_SECONDS, seconds, "--seconds");
        return new Pace(rate.orElse(defaultRate), (seconds + 1) / 2, seconds);
    }

    private static void requireAtMost(int most, int value, String option) {
        if (value > most) {
            throw new IllegalArgumentException(option + " is " + value + ": give at most " + most);
        }
    }
}
