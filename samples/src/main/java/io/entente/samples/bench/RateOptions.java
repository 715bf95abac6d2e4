package io.entente.samples.bench;

import io.entente.samples.bench.load.Pace;
import io.entente.samples.terminal.CountOption;
import java.util.Optional;
import picocli.CommandLine.Option;

/** At which rate requests come, and for how long. */
final class RateOptions {

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
        return new Pace(rate.orElse(defaultRate), (seconds + 1) / 2, seconds);
    }
}
