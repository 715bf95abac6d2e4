package io.entente.cluster.client;

import io.entente.cluster.map.Codec;
import io.entente.cluster.map.CodecException;
import io.entente.cluster.map.CodecView;
import io.entente.cluster.map.Deadline;
import io.entente.cluster.map.Entry;
import io.entente.cluster.map.Found;
import io.entente.cluster.map.NotAppliedException;
import io.entente.cluster.map.NotAppliedException.Reason;
import io.entente.cluster.map.Page;
import io.entente.cluster.map.PageRequest;
import io.entente.cluster.map.ReadOptions;
import io.entente.cluster.map.ReplicatedMap;
import io.entente.cluster.map.StoredValue;
import io.entente.cluster.map.WriteOptions;
import io.entente.cluster.map.Written;
import io.entente.core.event.WriteCondition;
import io.entente.core.mode.ReadConcern;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.function.Supplier;

/** A map behind HTTP. Stages complete on the threads of the JDK's client. */
final class HttpMap<V> implements ReplicatedMap<V> {

    private static final int MOST_TRIES = 100;
    private static final long PAUSE_MILLIS = 20;
    private static final Duration LISTING = Duration.ofSeconds(10);

    private final MapCalls calls;
    private final CodecView<V> view;
    private final FoundForms<V> forms;

    HttpMap(MapCalls calls, Codec<V> codec) {
        this.calls = calls;
        this.view = new CodecView<>(codec);
        this.forms = new FoundForms<>(calls, view);
    }

    @Override
    public String name() {
        return calls.map();
    }

    /** As the map is configured at the nodes, or what the session has seen. */
    @Override
    public ReadOptions reading() {
        return ReadOptions.of(ReadConcern.session());
    }

    @Override
    public CompletionStage<Found<V>> get(String key, ReadOptions options) {
        return calls.deliver(() -> calls.reading(key, options), answer -> forms.found(key, answer, options.session()));
    }

    @Override
    public CompletionStage<Written> put(String key, V value, WriteOptions options) {
        StoredValue stored;
        try {
            stored = view.encode(value);
        } catch (CodecException unwritable) {
            return CompletableFuture.failedStage(new NotAppliedException(
                    Reason.INVALID_ARGUMENT,
                    "the value can't be written to the map " + name() + ": " + unwritable.getMessage()));
        }
        return write(
                key, () -> calls.writing("PUT", key, options).body(stored.contentType(), stored.content()), options);
    }

    @Override
    public CompletionStage<Written> delete(String key, WriteOptions options) {
        return write(key, () -> calls.writing("DELETE", key, options), options);
    }

    private CompletionStage<Written> write(String key, Supplier<Call> call, WriteOptions options) {
        return calls.deliver(call, answer -> {
            if (answer.status() >= 300) {
                throw Refusals.ofWrite(answer, () -> calls.written(key, answer, options.session()));
            }
            return calls.written(key, answer, options.session());
        });
    }

    /** Read, change, and write if nothing came between; again when something did. What was read may lag behind, which costs tries alone. */
    @Override
    public CompletionStage<Written> update(String key, Function<Optional<V>, V> change, WriteOptions options) {
        if (!options.condition().equals(WriteCondition.none())) {
            return CompletableFuture.failedStage(new NotAppliedException(
                    Reason.INVALID_ARGUMENT,
                    "an update reads and writes by itself: leave out ifCurrent, ifAbsent and seen, or use put"));
        }
        return new Update(key, change, options, Deadline.in(options.timeout())).attempt(1);
    }

    @Override
    public CompletionStage<Page<Entry<V>>> entries(PageRequest request) {
        return calls.deliver(() -> calls.listing(request, LISTING), forms::page);
    }

    /** One update under way, as at a node: a compare-and-set loop. */
    private final class Update {

        private final String key;
        private final Function<Optional<V>, V> change;
        private final WriteOptions options;
        private final Deadline deadline;

        private Update(String key, Function<Optional<V>, V> change, WriteOptions options, Deadline deadline) {
            this.key = key;
            this.change = change;
            this.options = options;
            this.deadline = deadline;
        }

        private CompletionStage<Written> attempt(int count) {
            return get(key, reading().inSession(options.session()).timeout(deadline.left()))
                    .thenCompose(this::write)
                    .handle((written, failure) ->
                            failure == null ? CompletableFuture.completedStage(written) : failed(count, failure))
                    .thenCompose(Function.identity());
        }

        private CompletionStage<Written> write(Found<V> found) {
            if (found instanceof Found.Siblings || found.unresolved().isPresent()) {
                throw new NotAppliedException(
                        Reason.UNRESOLVED,
                        "the key " + name() + "/" + key
                                + " can't be updated, for it has several versions: read it, choose, and write with the context of that read");
            }
            V changed =
                    Objects.requireNonNull(change.apply(found.asOptional()), "an update must not make a value null");
            return put(key, changed, options.ifCurrent(found.context()).timeout(deadline.left()));
        }

        private CompletionStage<Written> failed(int count, Throwable failure) {
            Throwable cause =
                    failure instanceof CompletionException && failure.getCause() != null ? failure.getCause() : failure;
            boolean outrun =
                    cause instanceof NotAppliedException refused && refused.reason() == Reason.PRECONDITION_FAILED;
            if (!outrun) {
                return CompletableFuture.failedStage(cause);
            }
            if (count >= MOST_TRIES || deadline.isOver()) {
                return CompletableFuture.failedStage(new NotAppliedException(
                        Reason.OUTRUN,
                        "each of " + count + " tries to update " + name() + "/" + key
                                + " was outrun by another write: try again, or divide the value over several keys"));
            }
            return CompletableFuture.supplyAsync(
                            () -> attempt(count + 1),
                            CompletableFuture.delayedExecutor(PAUSE_MILLIS, TimeUnit.MILLISECONDS))
                    .thenCompose(Function.identity());
        }
    }
}
