package io.entente.cluster.conflict;

import io.entente.cluster.conflict.SeenConflict.SeenVersion;
import io.entente.cluster.conflict.SeenConflict.Verdict;
import io.entente.cluster.map.MapDefinition;
import io.entente.cluster.map.PageTime;
import io.entente.cluster.map.StoredValue;
import io.entente.cluster.settings.MapSettings;
import io.entente.core.bytes.MalformedBytesException;
import io.entente.core.codec.UnsupportedFormatException;
import io.entente.core.journal.JournaledConflict;
import io.entente.core.journal.JournaledVersion;
import io.entente.core.record.Payload;
import io.entente.core.record.Sibling;
import io.entente.core.record.Siblings;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;

/** From a row of the journal to what people are shown: with the outcome, which is derived. Thread-safe. */
final class Showing {

    private final ConflictSource source;

    Showing(ConflictSource source) {
        this.source = source;
    }

    /**
     * The conflicts of some rows, in their order, each resolved after the one before: one slow resolver holds no more than one thread.
     * Where resolvers are slow it is only the first rows, and at least one.
     */
    CompletionStage<List<SeenConflict>> some(List<JournalListing.Row> rows, Optional<MapSettings> whatIf) {
        PageTime time = PageTime.of(source.catalog().callTime());
        CompletionStage<List<SeenConflict>> some = CompletableFuture.completedStage(new ArrayList<>(rows.size()));
        for (JournalListing.Row row : rows) {
            some = some.thenCompose(shown -> shown.isEmpty() || !time.isOver()
                    ? one(row, whatIf, time).thenApply(conflict -> with(shown, conflict))
                    : CompletableFuture.completedStage(shown));
        }
        return some;
    }

    private static List<SeenConflict> with(List<SeenConflict> shown, SeenConflict next) {
        shown.add(next);
        return shown;
    }

    private CompletionStage<SeenConflict> one(JournalListing.Row row, Optional<MapSettings> whatIf, PageTime time) {
        String map = row.conflict().key().map();
        CompletionStage<Verdict> outcome = verdict(source.catalog().definition(map), row, time);
        CompletionStage<Optional<Verdict>> other = whatIf.map(
                        settings -> verdict(source.catalog().definition(map, settings), row, time)
                                .thenApply(Optional::of))
                .orElseGet(() -> CompletableFuture.completedStage(Optional.empty()));
        return outcome.thenCombine(other, (now, instead) -> shown(row, now, instead));
    }

    private SeenConflict shown(JournalListing.Row row, Verdict outcome, Optional<Verdict> whatIf) {
        JournaledConflict conflict = row.conflict();
        List<SeenVersion> siblings = row.current()
                .map(record -> record.versions().stream()
                        .map(version -> version(JournaledVersion.whole(version)))
                        .toList())
                .orElseGet(
                        () -> conflict.siblings().stream().map(Showing::version).toList());
        return new SeenConflict(
                conflict.id(),
                conflict.key(),
                siblings,
                ancestors(row).stream().map(Showing::version).toList(),
                conflict.extended(),
                outcome,
                whatIf,
                row.current().isPresent(),
                Instant.ofEpochMilli(conflict.atMillis()),
                source.node());
    }

    private static List<JournaledVersion> ancestors(JournalListing.Row row) {
        List<Sibling> current = row.current().map(Siblings::ancestors).orElse(List.of());
        return current.isEmpty()
                ? row.conflict().ancestors()
                : current.stream().map(JournaledVersion::whole).toList();
    }

    private CompletionStage<Verdict> verdict(MapDefinition<?> definition, JournalListing.Row row, PageTime time) {
        String key = row.conflict().key().key();
        return row.current()
                .or(() -> journaled(definition, row.conflict()))
                .map(siblings -> time.resolve(definition, key, siblings, source.executor())
                        .exceptionally(overloaded -> definition.unresolved(key, siblings, words(overloaded)))
                        .thenApply(Optional::of))
                .orElseGet(() -> CompletableFuture.completedStage(Optional.empty()))
                .thenApply(resolved -> new Verdict(definition.resolver(), resolved));
    }

    /** What the journal has of it, where that is all that the resolver would see. */
    private static Optional<Siblings> journaled(MapDefinition<?> definition, JournaledConflict conflict) {
        return definition.needsAncestor() && conflict.isCrossed() ? Optional.empty() : conflict.record();
    }

    /** That there were too many conflicts to resolve is no failure of who looks at one. */
    private static String words(Throwable overloaded) {
        Throwable cause = overloaded instanceof CompletionException wrapped && wrapped.getCause() != null
                ? wrapped.getCause()
                : overloaded;
        return String.valueOf(cause.getMessage());
    }

    private static SeenVersion version(JournaledVersion version) {
        Optional<StoredValue> value = version.payload()
                .flatMap(payload ->
                        payload instanceof Payload.Value whole ? Optional.of(opened(whole)) : Optional.empty());
        boolean deleted = version.payload().map(Payload::isDeletion).orElse(false);
        return new SeenVersion(version.dot(), version.timestamp(), deleted, value, version.length());
    }

    private static StoredValue opened(Payload.Value value) {
        try {
            return StoredValue.open(value.content());
        } catch (MalformedBytesException | UnsupportedFormatException unreadable) {
            return StoredValue.binary(value.content());
        }
    }
}
