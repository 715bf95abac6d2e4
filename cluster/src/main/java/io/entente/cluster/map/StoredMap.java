package io.entente.cluster.map;

import io.entente.cluster.map.NotAppliedException.Reason;
import io.entente.cluster.routing.Router;
import io.entente.conflict.version.VersionVector;
import io.entente.core.effect.Reply;
import io.entente.core.record.Payload;
import io.entente.core.record.RecordKey;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * A map in terms of what is stored: what every surface, typed or not, reads and writes through. Limits are checked, siblings
 * resolved and failures typed here, once for all.
 *
 * <p>Thread-safe; never blocks. Stages fail with {@link EntenteException}.
 */
public final class StoredMap {

    private final Router router;
    private final RequestRules rules;
    private final Executor executor;
    private final String name;
    private final Supplier<MapDefinition<?>> definition;

    /**
     * A map.
     *
     * @param access what brings requests to replicas
     * @param name the map's name
     * @param definition how it is resolved, asked at every request
     * @throws NotAppliedException when the name is malformed
     */
    StoredMap(MapAccess access, String name, Supplier<MapDefinition<?>> definition) {
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

    /** What a key holds. */
    public CompletionStage<Reading> read(String key, ReadOptions options) {
        return read(key, options, Router.Source.NEAREST);
    }

    /** What a key holds at the leader of its partition, where its next write goes too. */
    CompletionStage<Reading> readAtLeader(String key, Duration timeout) {
        return read(key, ReadOptions.local().timeout(timeout), Router.Source.LEADER);
    }

    private CompletionStage<Reading> read(String key, ReadOptions options, Router.Source from) {
        return guarded(false, () -> {
            RecordKey record = record(key);
            int partition = router.partitionOf(key);
            VersionVector atLeast = atLeast(options.session(), partition);
            return router.read(new Router.Read(record, atLeast, options.timeout(), from))
                    .thenApplyAsync(reply -> reading(key, partition, Answers.found(reply)), executor);
        });
    }

    /**
     * Writes a value.
     *
     * <p>A write without a condition is refused while the key's conflict is unresolved, as far as the leader of its partition knows
     * when it is asked. Where values are compared or merged that takes a read before.
     */
    public CompletionStage<Written> put(String key, StoredValue value, WriteOptions options) {
        return guarded(true, () -> write(key, Payload.value(rules.value(value).envelope()), options));
    }

    /** Deletes a key; refused as a write is. */
    public CompletionStage<Written> delete(String key, WriteOptions options) {
        return guarded(true, () -> write(key, Payload.deletion(), options));
    }

    /** Some entries in key order, as far as their keys are not absent. Their sessions are empty. */
    public CompletionStage<Page<StoredEntry>> entries(PageRequest request) {
        return guarded(false, () -> {
            PageRequest valid = rules.page(request);
            return router.list(new Router.ListRequest(name, valid.prefix(), valid.after(), valid.limit()))
                    .thenApplyAsync(this::page, executor);
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
        MapDefinition<?> resolving = definition.get();
        Router.Write write = new Router.Write(
                        record, payload, options.condition(), options.concern(), options.timeout())
                .kept(resolving.needsAncestor());
        if (!options.isUnconditional() || !resolving.mayFail()) {
            return write(write);
        }
        return readAtLeader(key, options.timeout()).thenCompose(reading -> {
            reading.resolved().unresolved().ifPresent(reason -> {
                throw unresolved(record, reason);
            });
            return write(write);
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

    private VersionVector atLeast(SessionToken session, int partition) {
        if (!session.vectors().isEmpty() && session.vectors().lastKey() >= router.partitions()) {
            throw new NotAppliedException(
                    Reason.INVALID_ARGUMENT,
                    "the session has seen partition " + session.vectors().lastKey() + ", and this cluster has "
                            + router.partitions() + " partitions: begin a new session");
        }
        return session.vector(partition);
    }

    private Reading reading(String key, int partition, Reply.Found found) {
        return new Reading(
                definition.get().resolve(key, found.siblings()),
                found.siblings().context(),
                SessionToken.of(partition, found.applied()));
    }

    private Page<StoredEntry> page(Router.Listing listing) {
        MapDefinition<?> resolving = definition.get();
        List<StoredEntry> entries = new ArrayList<>(listing.records().size());
        for (Router.Listed record : listing.records()) {
            Resolved resolved = resolving.resolve(record.key(), record.siblings());
            if (!(resolved.content() instanceof Resolved.Absent)) {
                Reading reading = new Reading(resolved, record.siblings().context(), SessionToken.empty());
                entries.add(new StoredEntry(record.key(), reading));
            }
        }
        return new Page<>(entries, listing.next());
    }

    /** Runs a request so that whatever goes wrong fails the stage, with a typed exception. */
    private static <T> CompletionStage<T> guarded(boolean isWrite, Supplier<CompletionStage<T>> request) {
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
