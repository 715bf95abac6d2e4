package io.entente.cluster.map;

import com.fasterxml.jackson.databind.JsonNode;
import io.entente.cluster.map.NotAppliedException.Reason;
import io.entente.cluster.routing.Router;
import io.entente.conflict.merge.MergeableType;
import io.entente.core.effect.Reply;
import io.entente.core.record.Payload;
import io.entente.core.record.RecordKey;
import io.entente.core.record.Siblings;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * A map in terms of what is stored: what every surface, typed or not, reads and writes through. Limits are checked, siblings
 * resolved and failures typed here, once for all.
 *
 * <p>Thread-safe; never blocks. Stages fail with {@link EntenteException}.
 */
public final class StoredMap {

    /** What an answer to an operation carries at the most. */
    static final int BRIEF_BYTES = 64 << 10;

    private final Router router;
    private final RequestRules rules;
    private final Executor executor;
    private final String name;
    private final Supplier<MapDefinition<?>> definition;
    private final MapAccess access;
    private final Supplier<Optional<MergeableType>> type;

    /**
     * A map.
     *
     * @param access what brings requests to replicas
     * @param name the map's name
     * @param definition how it is resolved, asked at every request
     * @param type how its values merge by themselves, if they do, asked likewise
     * @throws NotAppliedException when the name is malformed
     */
    StoredMap(
            MapAccess access,
            String name,
            Supplier<MapDefinition<?>> definition,
            Supplier<Optional<MergeableType>> type) {
        this.access = access;
        this.type = type;
        this.router = access.router();
        this.rules = new RequestRules(access.limits());
        this.executor = access.executor();
        this.name = rules.map(name);
        this.definition = definition;
    }

    /** The map's name. */
    public String name() {
        return name;
    }

    /** The type of the map's values where they merge by themselves; empty for registers. */
    public Optional<MergeableType> type() {
        return type.get();
    }

    private Optional<MergeableValues> mergeable() {
        return type().map(merging -> new MergeableValues(access, name, merging));
    }

    /** How a key is read where a read doesn't say: see {@link ReplicatedMap#reading()}. */
    public ReadOptions reading() {
        return access.quorums().reading(name);
    }

    /** How it is written where a write doesn't say: see {@link ReplicatedMap#writing()}. */
    public WriteOptions writing() {
        return access.quorums().writing(name);
    }

    /** The data center that takes the writes of a key, wherever they are asked for; empty where any does. */
    public Optional<String> home(String key) {
        return access.homes().find(record(key));
    }

    /** What a key holds; of a mergeable value its JSON. */
    public CompletionStage<Reading> read(String key, ReadOptions options) {
        return mergeable()
                .map(values -> values.read(key, options).thenApply(MergedJson::reading))
                .orElseGet(() -> read(key, options, Router.Source.NEAREST));
    }

    /** A mergeable value, as {@link #read} gives it; nothing where it has more than {@value #BRIEF_BYTES} bytes of parts. */
    public CompletionStage<Optional<Reading>> readBriefly(String key, ReadOptions options) {
        MergeableValues values = mergeable().orElseThrow(() -> notMergeable(key));
        return values.read(key, options, BRIEF_BYTES)
                .thenApply(MergedJson::reading)
                .handle((reading, failure) -> {
                    if (failure == null) {
                        return Optional.of(reading);
                    }
                    RuntimeException cause = Answers.failure(failure, false);
                    if (cause instanceof NotAppliedException refused && refused.reason() == Reason.VALUE_TOO_LARGE) {
                        return Optional.empty();
                    }
                    throw cause;
                });
    }

    /**
     * Does to a mergeable value what a JSON object says, such as {@code {"increment": 3}}; see this module's README for all
     * operations. Costs what it changes, whatever the size of the value.
     */
    public CompletionStage<Written> update(String key, StoredValue operation, WriteOptions options) {
        return guarded(true, () -> {
            MergeableValues values = mergeable().orElseThrow(() -> notMergeable(key));
            JsonNode json;
            try {
                json = JsonView.INSTANCE.decode(operation);
            } catch (CodecException noJson) {
                throw new NotAppliedException(
                        Reason.INVALID_ARGUMENT,
                        "an operation is JSON, and this can't be read: " + noJson.getMessage());
            }
            return values.update(key, OperationJson.parse(values.type(), json), options);
        });
    }

    /** What a key holds at the leader of its partition, where its next write goes too. */
    CompletionStage<Reading> readAtLeader(String key, Duration timeout) {
        return read(key, ReadOptions.local().timeout(timeout), Router.Source.LEADER);
    }

    private CompletionStage<Reading> read(String key, ReadOptions options, Router.Source from) {
        return guarded(false, () -> {
            RecordKey record = record(key);
            if (from == Router.Source.LEADER) {
                requireHome(record);
            }
            access.quorums().check(name, router.partitionOf(key), options.copies());
            Deadline deadline = Deadline.in(options.timeout());
            return router.read(new Router.Read(record, rules.terms(options, router, key), from))
                    .thenComposeAsync(reply -> reading(key, Answers.found(reply), deadline), executor);
        });
    }

    /**
     * Writes a value.
     *
     * <p>A write without a condition is refused while the key's conflict is unresolved, as far as the leader of its partition knows
     * when it is asked. Where values are compared or merged that takes a read before.
     */
    public CompletionStage<Written> put(String key, StoredValue value, WriteOptions options) {
        return guarded(true, () -> {
            type().ifPresent(merging -> {
                throw new NotAppliedException(
                        Reason.INVALID_ARGUMENT,
                        "the map " + name + " is of type " + merging.label()
                                + ", whose values are not put but changed by operations: use update, or POST");
            });
            return write(key, Payload.value(rules.value(value).envelope()), options);
        });
    }

    /** Deletes a key; refused as a write is. */
    public CompletionStage<Written> delete(String key, WriteOptions options) {
        return mergeable()
                .map(values -> values.delete(key, options))
                .orElseGet(() -> guarded(true, () -> write(key, Payload.deletion(), options)));
    }

    /** How long {@link #entries} may take at the most, without the reading of the records. */
    public Duration pageTime() {
        return PageTime.most(definition.get().callTime());
    }

    /** Some entries in key order, as far as their keys are not absent. Their sessions are empty. */
    public CompletionStage<Page<StoredEntry>> entries(PageRequest request) {
        return mergeable()
                .map(values -> values.entries(request).thenApply(StoredMap::listed))
                .orElseGet(() -> records(request));
    }

    private static Page<StoredEntry> listed(Page<MergeableValues.MergedEntry> page) {
        return new Page<>(
                page.entries().stream()
                        .map(entry -> new StoredEntry(entry.key(), MergedJson.listed(entry.reading())))
                        .toList(),
                page.next());
    }

    private CompletionStage<Page<StoredEntry>> records(PageRequest request) {
        return guarded(false, () -> {
            PageRequest valid = rules.page(request);
            return router.list(new Router.ListRequest(name, valid.prefix(), valid.after(), valid.limit()))
                    .thenComposeAsync(this::page, executor);
        });
    }

    /**
     * One key of a map and what it holds.
     *
     * @param key the key
     * @param reading what it holds, never nothing
     */
    public record StoredEntry(String key, Reading reading) {}

    private CompletionStage<Written> write(String key, Payload payload, WriteOptions options) {
        RecordKey record = record(key);
        requireHome(record);
        access.quorums().check(name, router.partitionOf(key), options.copies());
        MapDefinition<?> resolving = definition.get();
        Router.Write write = new Router.Write(
                        record, payload, options.condition(), options.concern(), options.timeout())
                .kept(resolving.needsAncestor())
                .after(rules.atLeast(options.session(), router, key));
        if (!options.isUnconditional() || !resolving.mayFail()) {
            return write(write);
        }
        Deadline deadline = Deadline.in(options.timeout());
        return readAtLeader(key, options.timeout()).thenCompose(reading -> {
            reading.resolved().unresolved().ifPresent(reason -> {
                throw unresolved(record, reason);
            });
            return write(write.within(deadline.left()));
        });
    }

    private CompletionStage<Written> write(Router.Write write) {
        int partition = router.partitionOf(write.key().key());
        return router.write(write).thenApplyAsync(reply -> Answers.written(partition, reply), executor);
    }

    static NotAppliedException unresolved(RecordKey record, String reason) {
        return new NotAppliedException(
                Reason.UNRESOLVED,
                "the conflict at " + record + " is unresolved, for " + reason
                        + ": read the key, choose, and write with the context of that read");
    }

    RecordKey record(String key) {
        return new RecordKey(name, rules.key(key));
    }

    ChangesRequest checked(ChangesRequest request) {
        return rules.changes(request);
    }

    private void requireHome(RecordKey record) {
        try {
            var unused = access.homes().of(record);
        } catch (IllegalArgumentException homeless) {
            throw new NotAppliedException(Reason.INVALID_ARGUMENT, String.valueOf(homeless.getMessage()));
        }
    }

    private NotAppliedException notMergeable(String key) {
        return new NotAppliedException(
                Reason.INVALID_ARGUMENT,
                "the map " + name + " holds registers, which have no operations: put the value of '" + key
                        + "', or give the map a type, such as entente.maps." + name + ".type = counter");
    }

    private CompletionStage<Reading> reading(String key, Reply.Found found, Deadline deadline) {
        int partition = router.partitionOf(key);
        return resolved(key, found.siblings(), deadline)
                .thenApply(resolved ->
                        new Reading(resolved, found.siblings().context(), SessionToken.of(partition, found.applied())));
    }

    /** What the resolver makes of it within the request's time: that is one for all its parts. */
    private CompletionStage<Resolved> resolved(String key, Siblings siblings, Deadline deadline) {
        MapDefinition<?> resolving = definition.get();
        CompletionStage<Resolved> stage = resolving.resolve(key, siblings, executor);
        if (!resolving.calls(siblings)) {
            return stage;
        }
        Supplier<Resolved> late = () -> resolving.unresolved(
                key,
                siblings,
                "the resolver " + resolving.resolver() + " had not answered when the request's time was over");
        return stage.thenApply(Optional::of)
                .toCompletableFuture()
                .completeOnTimeout(Optional.empty(), deadline.left().toNanos(), TimeUnit.NANOSECONDS)
                .thenCompose(answer -> answer.map(CompletableFuture::completedStage)
                        .orElseGet(() -> CompletableFuture.supplyAsync(late, executor)));
    }

    private CompletionStage<Page<StoredEntry>> page(Router.Listing listing) {
        MapDefinition<?> resolving = definition.get();
        return new ResolvingPage(resolving, executor, PageTime.of(resolving.callTime())).of(listing);
    }

    /** Runs a request so that whatever goes wrong fails the stage, with a typed exception. */
    static <T> CompletionStage<T> guarded(boolean isWrite, Supplier<CompletionStage<T>> request) {
        CompletionStage<T> stage;
        try {
            stage = request.get();
        } catch (RuntimeException refused) {
            stage = CompletableFuture.failedFuture(refused);
        }
        return stage.handle((value, failure) -> failure == null
                        ? CompletableFuture.completedStage(value)
                        : CompletableFuture.<T>failedStage(Answers.failure(failure, isWrite)))
                .thenCompose(Function.identity());
    }
}
