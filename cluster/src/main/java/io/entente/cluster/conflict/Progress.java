package io.entente.cluster.conflict;

import io.entente.cluster.feed.Reading;
import io.entente.core.message.NodeId;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * How far one follower is in the journals, and what it gets next. What the journal has dropped before the follower got it is told in front
 * of the next conflicts, never twice without a look at these in between: one that lags behind for ever advances all the same. Confined to
 * that follower's steps.
 */
final class Progress implements Reading<ConflictEvent> {

    private final NodeId node;
    private final JournalAccess journals;
    private final Showing showing;
    private final Scope scope;
    private JournalPosition reached;
    private JournalPosition told = JournalPosition.START;
    private boolean mayBeTold = true;

    Progress(NodeId node, JournalAccess journals, Showing showing, Scope scope, JournalPosition start) {
        this.node = node;
        this.journals = journals;
        this.showing = showing;
        this.scope = scope;
        this.reached = start;
    }

    /**
     * What is followed.
     *
     * @param partitions the journals of which partitions
     * @param filter which conflicts
     */
    record Scope(Collection<Integer> partitions, ConflictFilter filter) {}

    @Override
    public CompletionStage<Batch<ConflictEvent>> next(int most) {
        return journals.readNow(listing -> {
            List<ConflictEvent> events = new ArrayList<>();
            if (mayBeTold && misses(listing)) {
                events.add(new ConflictEvent.Missed(reached.text(node)));
            }
            mayBeTold = events.size() < most;
            return mayBeTold
                    ? following(listing, events, most - events.size())
                    : CompletableFuture.completedStage(new Batch<>(events, true));
        });
    }

    /** Whether conflicts were dropped that this follower had not got, and has not been told of. */
    private boolean misses(JournalListing listing) {
        JournalPosition dropped = listing.dropped(scope.partitions, reached);
        boolean news = dropped.reached().entrySet().stream()
                .anyMatch(partition -> partition.getValue() > told.of(partition.getKey()));
        told = dropped;
        return news;
    }

    private CompletionStage<Batch<ConflictEvent>> following(
            JournalListing listing, List<ConflictEvent> events, int most) {
        JournalPosition from = reached;
        JournalListing.Found all =
                listing.read(new JournalListing.Look(scope.partitions, from, scope.filter, false, most));
        return showing.some(all.rows(), Optional.empty()).thenApply(shown -> {
            JournalListing.Found found = all.upTo(shown.size(), from);
            for (int i = 0; i < shown.size(); i++) {
                JournalListing.Row row = found.rows().get(i);
                reached = reached.with(row.partition(), row.conflict().position());
                events.add(new ConflictEvent.Seen(shown.get(i), reached.text(node)));
            }
            reached = found.reached();
            return new Batch<>(events, found.more());
        });
    }
}
