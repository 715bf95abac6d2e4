package io.entente.cluster.map;

import io.entente.cluster.map.NotAppliedException.Reason;
import io.entente.cluster.routing.Router;
import io.entente.conflict.merge.Change;
import io.entente.conflict.merge.Meaning;
import io.entente.conflict.merge.MergeableType;
import io.entente.conflict.merge.Operation;
import io.entente.conflict.merge.PartName;
import io.entente.conflict.merge.View;
import io.entente.core.bytes.Bytes;
import io.entente.core.effect.Reply;
import io.entente.core.record.Payload;
import io.entente.core.record.RecordKey;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;

/**
 * The mergeable values of a map: what every surface reads and operates through. Limits are checked and failures typed here, once for
 * all.
 *
 * <p>Thread-safe; never blocks. Stages fail with {@link EntenteException}.
 */
final class MergeableValues {

    private final Router router;
    private final RequestRules rules;
    private final Executor executor;
    private final String map;
    private final MergeableType type;
    private final Quorums quorums;

    MergeableValues(MapAccess access, String map, MergeableType type) {
        this.router = access.router();
        this.rules = new RequestRules(access.limits());
        this.executor = access.executor();
        this.quorums = access.quorums();
        this.map = rules.map(map);
        this.type = type;
    }

    String map() {
        return map;
    }

    ReadOptions reading() {
        return quorums.reading(map);
    }

    WriteOptions writing() {
        return quorums.writing(map);
    }

    MergeableType type() {
        return type;
    }

    /** A value as the nearest replica holds it. */
    CompletionStage<MergedReading> read(String key, ReadOptions options) {
        return read(key, options, rules.mergeableBytes());
    }

    /** A value, as far as its parts have no more than so many bytes; else {@link Reason#VALUE_TOO_LARGE}. */
    CompletionStage<MergedReading> read(String key, ReadOptions options, int mostBytes) {
        return StoredMap.guarded(
                false,
                () -> parts(key, Optional.empty(), mostBytes, options)
                        .thenApplyAsync(
                                found -> PartBytes.read(
                                        type, found.parts(), SessionToken.of(router.partitionOf(key), found.applied())),
                                executor));
    }

    /** Whether a set holds an element, at the cost of a look at that element. */
    CompletionStage<Boolean> contains(String key, String element, ReadOptions options) {
        return StoredMap.guarded(false, () -> {
            Bytes part = Bytes.utf8(PartName.element(type, rules.element(element)));
            return parts(key, Optional.of(part), rules.mergeableBytes(), options)
                    .thenApply(found ->
                            found.parts().stream().anyMatch(each -> View.contains(type, PartBytes.state(each))));
        });
    }

    private CompletionStage<Reply.FoundParts> parts(
            String key, Optional<Bytes> part, int mostBytes, ReadOptions options) {
        RecordKey record = record(key);
        quorums.check(map, router.partitionOf(key), options.copies());
        return router.parts(new Router.PartsRead(record, part, mostBytes, rules.terms(options, router, key)))
                .thenApply(Answers::foundParts);
    }

    /**
     * Does some operations, all at once or none. It costs what they change, whatever the size of the value. They aren't idempotent: after
     * {@link OutcomeUnknownException} they may have been done, and doing them again may do them twice.
     */
    CompletionStage<Written> update(String key, List<Operation<StoredValue>> operations, WriteOptions options) {
        return StoredMap.guarded(true, () -> {
            rules.operations(operations);
            return write(key, meaning(operations), options);
        });
    }

    /** Deletes a value as far as the accepting replica has seen it; what is done concurrently survives. */
    CompletionStage<Written> delete(String key, WriteOptions options) {
        return StoredMap.guarded(true, () -> write(key, List.of(Meaning.deletion()), options));
    }

    private List<Change<StoredValue>> meaning(List<Operation<StoredValue>> operations) {
        List<Change<StoredValue>> changes;
        try {
            changes = Meaning.of(type, operations);
        } catch (IllegalArgumentException meaningless) {
            throw new NotAppliedException(Reason.INVALID_ARGUMENT, String.valueOf(meaningless.getMessage()));
        }
        if (changes.isEmpty() || changes.size() > Payload.Operations.MOST) {
            throw new NotAppliedException(
                    Reason.INVALID_ARGUMENT,
                    "an update of " + changes.size() + " changes: make 1 to " + Payload.Operations.MOST + " at once");
        }
        return changes;
    }

    private CompletionStage<Written> write(String key, List<Change<StoredValue>> changes, WriteOptions options) {
        if (!options.isUnconditional()) {
            throw new NotAppliedException(
                    Reason.INVALID_ARGUMENT,
                    "an operation on a mergeable value has no condition, for it merges with whatever is there: leave out"
                            + " ifCurrent, ifAbsent and seen");
        }
        quorums.check(map, router.partitionOf(key), options.copies());
        Router.Write write = new Router.Write(
                        record(key),
                        PartBytes.payload(changes),
                        options.condition(),
                        options.concern(),
                        options.timeout())
                .after(rules.atLeast(options.session(), router, key));
        int partition = router.partitionOf(key);
        return router.write(write).thenApplyAsync(reply -> Answers.written(partition, reply), executor);
    }

    /** Some values in key order. One with more than a mebibyte of parts is there without its value, and says so. */
    CompletionStage<Page<MergedEntry>> entries(PageRequest request) {
        return StoredMap.guarded(false, () -> {
            PageRequest valid = rules.page(request);
            return router.list(new Router.ListRequest(map, valid.prefix(), valid.after(), valid.limit(), true))
                    .thenApplyAsync(this::page, executor);
        });
    }

    /**
     * One key of a map and its value.
     *
     * @param key the key
     * @param reading the value; empty, with a reason, for one too large to be listed
     */
    record MergedEntry(String key, MergedReading reading) {}

    private Page<MergedEntry> page(Router.Listing listing) {
        List<MergedEntry> entries = new ArrayList<>();
        for (Router.Listed listed : listing.records()) {
            MergedReading reading = listed.parts()
                    .map(parts -> PartBytes.read(type, parts, SessionToken.empty()))
                    .orElseGet(MergeableValues::tooLarge);
            if (reading.value().isPresent() || reading.unresolved().isPresent()) {
                entries.add(new MergedEntry(listed.key(), reading));
            }
        }
        return new Page<>(entries, listing.next());
    }

    private static MergedReading tooLarge() {
        return new MergedReading(
                Optional.empty(),
                Optional.of("the value is too large for a list of values: read it by its key"),
                SessionToken.empty());
    }

    private RecordKey record(String key) {
        return new RecordKey(map, rules.key(key));
    }
}
