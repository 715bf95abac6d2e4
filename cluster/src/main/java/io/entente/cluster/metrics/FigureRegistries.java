package io.entente.cluster.metrics;

import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.composite.CompositeMeterRegistry;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.util.List;
import java.util.Optional;

/**
 * Where a node's figures are registered: always with a registry of its own, whose text is {@code /metrics}, and with the application's where it has one. Thread-safe.
 */
final class FigureRegistries implements AutoCloseable {

    private final PrometheusMeterRegistry own = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    private final CompositeMeterRegistry both = new CompositeMeterRegistry();
    private final Optional<MeterRegistry> applications;

    FigureRegistries(Optional<MeterRegistry> applications) {
        this.applications = applications;
        both.add(own);
        applications.ifPresent(both::add);
    }

    /** For what is the node's alone, or is the whole process's and in the application's registry already. */
    MeterRegistry own() {
        return own;
    }

    /** For what everybody is to see. */
    MeterRegistry all() {
        return haveApplications() ? both : own;
    }

    /** Whether the application has one. */
    boolean haveApplications() {
        return applications.isPresent();
    }

    /** Everything in Prometheus' text format. */
    String scrape() {
        return own.scrape();
    }

    /** Removes the node's figures from the application's registry, which goes on. */
    @Override
    public void close() {
        for (Meter meter : List.copyOf(both.getMeters())) {
            both.remove(meter);
        }
        applications.ifPresent(both::remove);
        both.close();
        own.close();
    }
}
