package io.entente.cluster.conflict;

import io.entente.cluster.feed.Followers;
import io.entente.cluster.map.Codec;
import io.entente.cluster.map.MapDefinition;
import io.entente.cluster.map.NotAppliedException;
import io.entente.cluster.map.NotAppliedException.Reason;
import io.entente.cluster.map.Resolved;
import io.entente.cluster.settings.MapSettings;
import io.entente.conflict.ConflictResolver;
import io.entente.core.record.Ancestry;
import io.entente.core.record.Payload;
import io.entente.core.record.Sibling;
import io.entente.core.record.Siblings;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;

/**
 * The conflicts of the partitions that this node holds: the others' are at the nodes that hold those. Thread-safe; nothing blocks.
 *
 * <p>Stages fail with {@link NotAppliedException}: nothing is ever written here. To overrule an outcome, write to the map
 * {@linkplain io.entente.cluster.map.WriteOptions#seen with} {@link SeenConflict#context()}.
 */
public final class Conflicts implements AutoCloseable {

    /** How many pages may be read at once; one more is refused as overload. */
    static final int MOST_LISTINGS = 16;

    /** How many may follow at once; one more is refused as overload. */
    static final int MOST_FOLLOWERS = 128;

    private final ConflictSource source;
    private final Showing showing;
    private final JournalAccess journals;
    private final List<Integer> partitions;
    private final AtomicInteger listings = new AtomicInteger();
    private final Followers followers;

    /** The conflicts that come from there. */
    public Conflicts(ConflictSource source) {
        this.source = source;
        this.showing = new Showing(source);
        this.journals = new JournalAccess(source);
        this.partitions = IntStream.range(0, source.partitions()).boxed().toList();
        this.followers = new Followers(
                MOST_FOLLOWERS,
                source.executor(),
                () -> overloaded(MOST_FOLLOWERS + " follow the conflicts of this node"));
    }

    /**
     * A page of conflicts, oldest first. A conflict that is journaled while somebody reads page after page is among the later pages.
     *
     * @throws IllegalArgumentException when the position is none of this node
     */
    public CompletionStage<ConflictPage> list(ConflictQuery query) {
        JournalPosition after = query.after().map(this::position).orElse(JournalPosition.START);
        if (listings.incrementAndGet() > MOST_LISTINGS) {
            listings.decrementAndGet();
            return CompletableFuture.failedStage(
                    overloaded(MOST_LISTINGS + " pages of conflicts are read at this node"));
        }
        JournalListing.Look look = new JournalListing.Look(
                partitionsOf(query.filter()),
                after,
                query.filter(),
                query.state() != ConflictQuery.State.ANY,
                query.limit());
        return journals.read(listing -> listing.read(look))
                .thenCompose(found -> showing.some(found.rows(), query.whatIf())
                        .thenApply(shown -> page(query, found.upTo(shown.size(), after), shown)))
                .whenComplete((page, failure) -> listings.decrementAndGet());
    }

    /** Where the journals end now: the position from which a follower gets whatever comes. */
    public CompletionStage<String> end() {
        return journals.read(listing -> listing.end(source.partitions())).thenApply(end -> end.text(source.node()));
    }

    /** The position from which a follower gets whatever was seen from that time on, by this node's clock. */
    public String positionAt(Instant time) {
        return JournalPosition.before(time).text(source.node());
    }

    /**
     * Every conflict from a position on, as it is seen, in the order of the partitions' commits. The publisher may be subscribed to
     * several times, each time from that position. A subscriber gets its events on Entente's threads and must not block. It is completed when the node stops.
     *
     * @param after where to begin, as {@link #end}, a page or an event said; it may be from before a restart
     * @throws IllegalArgumentException when the position is none of this node
     */
    public Flow.Publisher<ConflictEvent> follow(ConflictFilter filter, String after) {
        JournalPosition start = position(after);
        Progress.Scope scope = new Progress.Scope(partitionsOf(filter), filter);
        return followers.publisher(() -> new Progress(source.node(), journals, showing, scope, start));
    }

    /**
     * What another resolver would make of a conflict; nothing is written. Where the journal hasn't all the values, or the resolver asks for
     * the ancestor and lines crossed, nothing can be said.
     */
    public <V> CompletionStage<Optional<Resolved>> reResolve(
            SeenConflict conflict, Codec<V> codec, ConflictResolver<V> resolver) {
        MapDefinition<V> definition = source.catalog().definition(conflict.key().map(), codec, resolver);
        return reResolve(conflict, definition);
    }

    /** What a built-in resolver would make of a conflict; likewise. */
    public CompletionStage<Optional<Resolved>> reResolve(SeenConflict conflict, MapSettings resolver) {
        return reResolve(conflict, source.catalog().definition(conflict.key().map(), resolver));
    }

    private CompletionStage<Optional<Resolved>> reResolve(SeenConflict conflict, MapDefinition<?> definition) {
        boolean lacksAncestor = conflict.isCrossed() && definition.needsAncestor();
        return record(conflict)
                .filter(siblings -> !lacksAncestor)
                .map(siblings -> definition
                        .resolve(conflict.key().key(), siblings, source.executor())
                        .thenApply(Optional::of))
                .orElseGet(() -> CompletableFuture.completedStage(Optional.empty()));
    }

    /** A conflict was journaled: whoever follows is told. Costs nothing where nobody does, and never waits for anybody. */
    public void grown() {
        followers.wake();
    }

    /** Completes all followers, and refuses later ones. */
    @Override
    public void close() {
        followers.close();
    }

    private static Optional<Siblings> record(SeenConflict conflict) {
        List<Sibling> versions = new ArrayList<>();
        for (SeenConflict.SeenVersion version : conflict.siblings()) {
            if (version.isOmitted()) {
                return Optional.empty();
            }
            versions.add(sibling(version));
        }
        Siblings siblings = new Siblings(versions);
        if (conflict.ancestor().isEmpty()) {
            return Optional.of(siblings);
        }
        return conflict.ancestor()
                .filter(ancestor -> !ancestor.isOmitted())
                .map(ancestor -> siblings.with(Ancestry.of(sibling(ancestor), siblings.dots())));
    }

    private static Sibling sibling(SeenConflict.SeenVersion version) {
        Payload payload =
                version.value().map(value -> Payload.value(value.envelope())).orElseGet(Payload::deletion);
        return new Sibling(version.dot(), version.timestamp(), payload);
    }

    private ConflictPage page(ConflictQuery query, JournalListing.Found found, List<SeenConflict> shown) {
        List<SeenConflict> wanted = query.state() == ConflictQuery.State.UNRESOLVED
                ? shown.stream()
                        .filter(conflict -> conflict.unresolved().isPresent())
                        .toList()
                : shown;
        return new ConflictPage(wanted, found.reached().text(source.node()), found.more());
    }

    private JournalPosition position(String text) {
        return JournalPosition.parse(source.node(), text);
    }

    private Collection<Integer> partitionsOf(ConflictFilter filter) {
        return filter.key()
                .map(key -> List.of(source.partitionOf().applyAsInt(key)))
                .orElse(partitions);
    }

    private static NotAppliedException overloaded(String why) {
        return new NotAppliedException(Reason.OVERLOADED, why + ", which is the limit: try again in a moment");
    }
}
