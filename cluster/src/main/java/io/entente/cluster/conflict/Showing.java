package io.entente.cluster.conflict;

import io.entente.cluster.conflict.SeenConflict.SeenVersion;
import io.entente.cluster.conflict.SeenConflict.Verdict;
import io.entente.cluster.map.MapDefinition;
import io.entente.cluster.map.StoredValue;
import io.entente.cluster.settings.MapSettings;
import io.entente.core.bytes.MalformedBytesException;
import io.entente.core.codec.UnsupportedFormatException;
import io.entente.core.journal.JournaledConflict;
import io.entente.core.journal.JournaledVersion;
import io.entente.core.record.Payload;
import io.entente.core.record.RecordKey;
import io.entente.core.record.Sibling;
import io.entente.core.record.Siblings;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** From a row of the journal to what people are shown: with the outcome, which is derived. Thread-safe. */
final class Showing {

    private final ConflictSource source;

    Showing(ConflictSource source) {
        this.source = source;
    }

    /** The conflicts of some rows, in their order, each resolved after the one before: one slow resolver holds no more than one thread. */
    CompletionStage<List<SeenConflict>> all(List<JournalListing.Row> rows, Optional<MapSettings> whatIf) {
        CompletionStage<List<SeenConflict>> all = CompletableFuture.completedStage(new ArrayList<>(rows.size()));
        for (JournalListing.Row row : rows) {
            all = all.thenCompose(shown -> one(row, whatIf).thenApply(conflict -> {
                shown.add(conflict);
                return shown;
            }));
        }
        return all;
    }

    private CompletionStage<SeenConflict> one(JournalListing.Row row, Optional<MapSettings> whatIf) {
        JournaledConflict conflict = row.conflict();
        RecordKey key = conflict.key();
        Optional<Siblings> record = row.current().or(conflict::record);
        CompletionStage<Verdict> outcome = verdict(source.catalog().definition(key.map()), key, record);
        CompletionStage<Optional<Verdict>> other = whatIf.map(settings -> verdict(
                                source.catalog().definition(key.map(), settings), key, record)
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
                ancestor(row).map(Showing::version),
                conflict.extended(),
                outcome,
                whatIf,
                row.current().isPresent(),
                Instant.ofEpochMilli(conflict.atMillis()),
                source.node());
    }

    private static Optional<JournaledVersion> ancestor(JournalListing.Row row) {
        List<Sibling> current = row.current().map(Siblings::ancestors).orElse(List.of());
        return current.size() == 1
                ? Optional.of(JournaledVersion.whole(current.get(0)))
                : row.conflict().ancestor();
    }

    private CompletionStage<Verdict> verdict(MapDefinition<?> definition, RecordKey key, Optional<Siblings> record) {
        return record.map(siblings -> definition
                        .resolve(key.key(), siblings, source.executor())
                        .thenApply(Optional::of))
                .orElseGet(() -> CompletableFuture.completedStage(Optional.empty()))
                .thenApply(resolved -> new Verdict(definition.resolver(), resolved));
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
