package io.entente.cluster.metrics;

import io.entente.cluster.conflict.ConflictEvent;
import io.entente.cluster.conflict.SeenConflict;
import io.entente.cluster.map.Resolved;
import io.entente.cluster.map.ResolverIdentity;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Flow;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Counts conflicts by what became of them, as a follower of the journal: replication has nothing to do with it. Under a storm of conflicts
 * it counts later, and what the journal drops before is counted as missed.
 *
 * <p>Thread-safe. A conflict is counted by every node that sees it.
 */
final class ConflictCounts implements Flow.Subscriber<ConflictEvent> {

    private static final Logger LOG = LoggerFactory.getLogger(ConflictCounts.class);

    private final MeterRegistry registry;
    private final MapLabels maps;
    private final Counter missed;

    ConflictCounts(MeterRegistry registry, MapLabels maps) {
        this.registry = registry;
        this.maps = maps;
        this.missed = Counter.builder("entente.conflicts.missed")
                .description("How often the journal dropped conflicts before they were counted.")
                .register(registry);
    }

    /** What readers of a key in conflict get, as a label. */
    enum OutcomeLabel {
        VALUE,
        ABSENT,
        SIBLINGS,
        UNRESOLVED,
        UNKNOWN;

        static OutcomeLabel of(Optional<Resolved> outcome) {
            if (outcome.isEmpty()) {
                return UNKNOWN;
            }
            Resolved resolved = outcome.get();
            if (resolved.unresolved().isPresent()) {
                return UNRESOLVED;
            }
            if (resolved.content() instanceof Resolved.Value) {
                return VALUE;
            }
            return resolved.content() instanceof Resolved.Absent ? ABSENT : SIBLINGS;
        }

        String text() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** Has the counters of these maps there before the first conflict, so that the first one is a rise. */
    void expect(Map<String, ResolverIdentity> resolvers) {
        resolvers.forEach((map, resolver) -> {
            for (OutcomeLabel outcome : OutcomeLabel.values()) {
                counter(map, resolver, outcome);
            }
        });
    }

    @Override
    public void onSubscribe(Flow.Subscription subscription) {
        subscription.request(Long.MAX_VALUE);
    }

    @Override
    public void onNext(ConflictEvent event) {
        if (event instanceof ConflictEvent.Seen seen) {
            SeenConflict.Verdict verdict = seen.conflict().outcome();
            counter(seen.conflict().key().map(), verdict.resolver(), OutcomeLabel.of(verdict.resolved()))
                    .increment();
        } else {
            missed.increment();
        }
    }

    @Override
    public void onError(Throwable failure) {
        LOG.warn("conflicts are no longer counted until the node is started again: {}", failure.getMessage());
    }

    @Override
    public void onComplete() {
        // The node stops.
    }

    /** A map's resolver changes with its configuration alone, so there are about as many series as maps. */
    private Counter counter(String map, ResolverIdentity resolver, OutcomeLabel outcome) {
        String label = maps.of(map);
        return Family.CONFLICTS
                .counter()
                .tag("map", label)
                .tag("resolver", label.equals(MapLabels.OTHER) ? MapLabels.OTHER : resolver.name())
                .tag("outcome", outcome.text())
                .register(registry);
    }
}
