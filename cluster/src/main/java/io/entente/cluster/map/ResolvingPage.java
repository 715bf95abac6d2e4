package io.entente.cluster.map;

import io.entente.cluster.map.StoredMap.StoredEntry;
import io.entente.cluster.routing.Router;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;

/**
 * Makes a page of values of a listing's records: one conflict after the other, so that a page asks no more of a resolver's threads than
 * a read does, and in bounded time, so that slow resolvers make it shorter. Confined to one page.
 */
final class ResolvingPage {

    private final MapDefinition<?> map;
    private final Executor executor;
    private final PageTime time;
    private final List<StoredEntry> entries = new ArrayList<>();
    private Optional<String> last = Optional.empty();
    private boolean shortened;

    ResolvingPage(MapDefinition<?> map, Executor executor, PageTime time) {
        this.map = map;
        this.executor = executor;
        this.time = time;
    }

    /** The page; called once. Absent keys are left out. */
    CompletionStage<Page<StoredEntry>> of(Router.Listing listing) {
        CompletionStage<Void> done = CompletableFuture.completedStage(null);
        for (Router.Listed record : listing.records()) {
            done = done.thenCompose(before -> add(record));
        }
        return done.thenApply(all -> new Page<>(entries, shortened ? last : listing.next()));
    }

    private CompletionStage<Void> add(Router.Listed record) {
        shortened = shortened || (last.isPresent() && time.isOver());
        return shortened
                ? CompletableFuture.completedStage(null)
                : time.resolve(map, record.key(), record.siblings(), executor)
                        .thenAccept(resolved -> add(record, resolved));
    }

    private void add(Router.Listed record, Resolved resolved) {
        last = Optional.of(record.key());
        if (!(resolved.content() instanceof Resolved.Absent)) {
            Reading reading = new Reading(resolved, record.siblings().context(), SessionToken.empty());
            entries.add(new StoredEntry(record.key(), reading));
        }
    }
}
