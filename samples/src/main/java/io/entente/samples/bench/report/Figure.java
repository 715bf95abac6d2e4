package io.entente.samples.bench.report;

import java.util.Optional;

/**
 * What is measured.
 *
 * @param id its name for programs, as {@code put.async.p99}; kept from version to version
 * @param label its name for people
 * @param unit in what it is measured; figures of one unit are comparable
 * @param bound what its median is meant to keep to
 */
public record Figure(String id, String label, String unit, Optional<Bound> bound) {

    /** A figure without a bound. */
    public static Figure of(String id, String label, String unit) {
        return new Figure(id, label, unit, Optional.empty());
    }

    /** The same, meant to be at least that much. */
    public Figure atLeast(double limit) {
        return new Figure(id, label, unit, Optional.of(new Bound(limit, true)));
    }

    /** The same, meant to be at most that much. */
    public Figure atMost(double limit) {
        return new Figure(id, label, unit, Optional.of(new Bound(limit, false)));
    }
}
