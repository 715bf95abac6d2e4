package io.entente.core.simulation;

import java.util.EnumMap;
import java.util.Map;
import java.util.function.LongFunction;
import java.util.stream.LongStream;

/** How often what happened. */
final class Tally {

    private final Map<Path, Long> counts = new EnumMap<>(Path.class);

    /** What the histories of so many seeds come to; they run beside each other. */
    static Tally ofAll(long firstSeed, int histories, LongFunction<Simulation.Outcome> history) {
        Tally tally = new Tally();
        LongStream.range(firstSeed, firstSeed + histories)
                .parallel()
                .mapToObj(history)
                .forEach(outcome -> {
                    synchronized (tally) {
                        tally.add(outcome.tally());
                    }
                });
        return tally;
    }

    void count(Path path) {
        count(path, 1);
    }

    void count(Path path, long times) {
        counts.merge(path, times, Long::sum);
    }

    long of(Path path) {
        return counts.getOrDefault(path, 0L);
    }

    void add(Tally other) {
        other.counts.forEach((path, count) -> counts.merge(path, count, Long::sum));
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Tally tally && counts.equals(tally.counts);
    }

    @Override
    public int hashCode() {
        return counts.hashCode();
    }

    @Override
    public String toString() {
        return counts.toString();
    }
}
