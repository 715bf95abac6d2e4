package io.entente.cluster.metrics;

import io.entente.cluster.conflict.ConflictFilter;
import io.entente.cluster.conflict.ConflictPage;
import io.entente.cluster.conflict.ConflictQuery;
import io.entente.cluster.conflict.ConflictQuery.State;
import io.entente.cluster.conflict.Conflicts;
import java.util.Collections;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Counts the keys whose conflict is unresolved, by map: goes through the journal, of those maps alone whose resolver can fail. It is done
 * beside a scrape and not before it, so a scrape shows what the one before it found, and a node that nobody scrapes counts nothing.
 *
 * <p>Thread-safe; one census at a time. At most {@value #MOST} of a map are counted.
 */
final class UnresolvedCensus {

    /** Where counting ends: more are more than anybody looks at. */
    static final int MOST = 1_000;

    /** Small, so that a resolver that takes its time is asked for no more than a few at once. */
    private static final int PAGE = 50;

    private static final Logger LOG = LoggerFactory.getLogger(UnresolvedCensus.class);

    private final Conflicts conflicts;
    private boolean counting;
    private Map<String, Integer> counts = Collections.emptySortedMap();

    UnresolvedCensus(Conflicts conflicts) {
        this.conflicts = conflicts;
    }

    /** What the last census found; a map that it didn't look at is not among them. */
    synchronized Map<String, Integer> counts() {
        return counts;
    }

    /** Begins another census of these maps, unless one is under way. */
    void begin(SortedSet<String> maps) {
        synchronized (this) {
            if (counting) {
                return;
            }
            counting = true;
        }
        Map<String, Integer> found = new TreeMap<>();
        CompletionStage<Void> done = CompletableFuture.completedFuture(null);
        for (String map : maps) {
            ConflictQuery first = ConflictQuery.of(ConflictFilter.map(map))
                    .in(State.UNRESOLVED)
                    .limit(PAGE);
            done = done.thenCompose(before -> count(first, 0)).thenAccept(count -> found.put(map, count));
        }
        var unused = done.whenComplete((all, failure) -> {
            if (failure != null) {
                LOG.debug("unresolved keys could not be counted this time", failure);
            }
            end(failure == null ? found : counts());
        });
    }

    private synchronized void end(Map<String, Integer> found) {
        counting = false;
        counts = Collections.unmodifiableMap(found);
    }

    private CompletionStage<Integer> count(ConflictQuery query, int before) {
        return conflicts.list(query).thenCompose(page -> {
            int sum = before + page.conflicts().size();
            return isEnd(page, sum) ? CompletableFuture.completedFuture(sum) : count(query.after(page.position()), sum);
        });
    }

    private static boolean isEnd(ConflictPage page, int sum) {
        return !page.more() || sum >= MOST;
    }
}
