package io.entente.cluster.metrics;

import io.entente.cluster.verify.Verifier;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;

/** What this node's verifications have found, read off the verifier while somebody scrapes. */
final class VerificationFigures {

    private VerificationFigures() {}

    static void show(MeterRegistry registry, Verifier verifier) {
        FunctionCounter.builder("entente.verify.partitions", verifier, Verifier::finished)
                .description("Partitions whose copies this node has compared since it started.")
                .register(registry);
        FunctionCounter.builder("entente.verify.differences", verifier, Verifier::differencesFound)
                .description("Rows found to differ, or not to be readable, since this node started, repaired ones too.")
                .register(registry);
        Gauge.builder("entente.verify.rows", verifier, last -> last.last().rows())
                .description("Rows that the last comparison of each partition was about.")
                .register(registry);
        Gauge.builder(
                        "entente.verify.unrepaired.rows",
                        verifier,
                        last -> last.last().unrepaired())
                .description("Rows that differed, and were not repaired, when this node last compared their partition.")
                .register(registry);
    }
}
