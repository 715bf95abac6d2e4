package io.entente.cluster.metrics;

import io.entente.cluster.routing.RequestTimes;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * How long requests and commits take, in buckets from a tenth of a millisecond to ten seconds, which are the same on all nodes and so can be added up.
 * Recording allocates nothing. Thread-safe.
 */
final class Timers implements RequestTimes {

    private static final Duration[] BUCKETS = {
        Duration.ofNanos(100_000),
        Duration.ofNanos(250_000),
        Duration.ofNanos(500_000),
        Duration.ofMillis(1),
        Duration.ofNanos(2_500_000),
        Duration.ofMillis(5),
        Duration.ofMillis(10),
        Duration.ofMillis(25),
        Duration.ofMillis(50),
        Duration.ofMillis(100),
        Duration.ofMillis(250),
        Duration.ofMillis(500),
        Duration.ofSeconds(1),
        Duration.ofMillis(2_500),
        Duration.ofSeconds(5),
        Duration.ofSeconds(10)
    };

    private final Map<Kind, Timer> operations = new EnumMap<>(Kind.class);
    private final Timer commits;

    /** Timers of that registry, all there from now on. */
    Timers(MeterRegistry registry) {
        for (Kind kind : Kind.values()) {
            operations.put(
                    kind,
                    Timer.builder("entente.operation")
                            .description(
                                    "Time that requests to this node's replicas took, other nodes' requests among them.")
                            .tag("op", kind.name().toLowerCase(Locale.ROOT))
                            .serviceLevelObjectives(BUCKETS)
                            .register(registry));
        }
        commits = Timer.builder("entente.commit")
                .description("Time that commits to the store took, each of all batches that waited.")
                .serviceLevelObjectives(BUCKETS)
                .register(registry);
    }

    Timer commits() {
        return commits;
    }

    @Override
    public void took(Kind kind, long nanos) {
        Timer timer = operations.get(kind);
        if (timer != null) {
            timer.record(nanos, TimeUnit.NANOSECONDS);
        }
    }
}
