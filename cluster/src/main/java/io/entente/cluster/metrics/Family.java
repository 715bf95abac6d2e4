package io.entente.cluster.metrics;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.MultiGauge;
import org.jspecify.annotations.Nullable;

/** The figures whose series come and go with data centers, nodes and maps. Micrometer makes Prometheus' names of these. */
enum Family {
    LAG(
            "entente.replication.lag",
            "seconds",
            "Age of the oldest entry that data center 'to' is not known to have yet; 0 when it has all."),
    BACKLOG(
            "entente.replication.backlog.entries",
            null,
            "Entries of this node that data center 'to' is not known to have yet."),
    MISSING(
            "entente.replication.missing.entries",
            null,
            "Entries that data center 'from' is known to have and this node has not."),
    APPLIED(
            "entente.entries.applied",
            null,
            "Entries of data center 'from' that this node has applied since it started, its own among them.",
            true),
    LINK_UP("entente.link.up", null, "1 while entries travel to data center 'to', 0 when it is cut or down."),
    CLOCK_SKEW(
            "entente.clock.skew", "seconds", "How far the clock of 'peer' is ahead of this node's; negative: behind."),
    HELD_BACK("entente.purge.held.back", null, "1 while member 'by' holds back the purging of deletions, else 0."),
    PARTITIONS("entente.partitions", null, "Partitions that this node holds, and those that it leads."),
    STALENESS(
            "entente.read.staleness",
            "seconds",
            "For how long this node has known of writes that one of its copies lacks; 0 when none lacks any. So old may be what"
                    + " a read shows that asks no other copy."),
    HELD_FOR(
            "entente.handoff.entries",
            null,
            "Entries that this node, standing in, has for home 'for', which can't be heard and isn't known to have them."),
    DEGRADED_WRITES(
            "entente.degraded.writes",
            null,
            "Writes that this node has acknowledged since it started, although fewer followers had them than the mode asks for.",
            true),
    CONFLICTS(
            "entente.conflicts",
            null,
            "Conflicts that this node has seen since it started, by what its resolver made of them.",
            true),
    UNRESOLVED(
            "entente.unresolved.keys",
            null,
            "Keys whose conflict the map's resolver fails on, as far as the journal has them.");

    private final String meter;
    private final @Nullable String unit;
    private final String help;
    private final boolean counts;

    Family(String meter, @Nullable String unit, String help) {
        this(meter, unit, help, false);
    }

    Family(String meter, @Nullable String unit, String help, boolean counts) {
        this.meter = meter;
        this.unit = unit;
        this.help = help;
        this.counts = counts;
    }

    MultiGauge gauge(MeterRegistry registry) {
        return MultiGauge.builder(meter).baseUnit(unit).description(help).register(registry);
    }

    Counter.Builder counter() {
        return Counter.builder(meter).description(help);
    }

    /** The name that Prometheus sees. */
    String exposed() {
        String name = meter.replace('.', '_') + (unit == null ? "" : "_" + unit);
        return counts ? name + "_total" : name;
    }

    /** The lines that announce it. */
    String header() {
        return "# HELP " + exposed() + " " + help + "\n# TYPE " + exposed() + " " + (counts ? "counter" : "gauge")
                + "\n";
    }
}
