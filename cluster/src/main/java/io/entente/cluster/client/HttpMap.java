package io.entente.cluster.client;

import io.entente.cluster.map.Change;
import io.entente.cluster.map.ChangesRequest;
import io.entente.cluster.map.Codec;
import io.entente.cluster.map.CodecException;
import io.entente.cluster.map.CodecView;
import io.entente.cluster.map.Entry;
import io.entente.cluster.map.Found;
import io.entente.cluster.map.NotAppliedException;
import io.entente.cluster.map.NotAppliedException.Reason;
import io.entente.cluster.map.Page;
import io.entente.cluster.map.PageRequest;
import io.entente.cluster.map.ReadOptions;
import io.entente.cluster.map.ReplicatedMap;
import io.entente.cluster.map.StoredValue;
import io.entente.cluster.map.Update;
import io.entente.cluster.map.WriteOptions;
import io.entente.cluster.map.Written;
import io.entente.core.mode.ReadConcern;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.function.Supplier;

/** A map behind HTTP. Stages complete on the threads of the JDK's client. */
final class HttpMap<V> implements ReplicatedMap<V> {

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
        return new Update<>(
                        this,
                        left -> get(key, reading().inSession(options.session()).timeout(left)),
                        key,
                        change,
                        options)
                .begin(CompletableFuture.delayedExecutor(PAUSE_MILLIS, TimeUnit.MILLISECONDS));
    }

    /**
     * Each subscriber has a connection of its own; it is completed when that ends, and goes on from its last position by following anew. A stream from now on begins
     * with a {@link Change.Passed}. A node that vanishes without closing its connections, as when its machine loses power, isn't noticed here unless the
     * system's keep-alives do: nothing more comes then. Who waits longer than its data may age cancels, and follows from the last position.
     */
    @Override
    public Flow.Publisher<Change<V>> changes(ChangesRequest request) {
        return calls.courier().follow(calls.following(request), forms);
    }

    @Override
    public CompletionStage<Page<Entry<V>>> entries(PageRequest request) {
        return calls.deliver(() -> calls.listing(request, LISTING), forms::page);
    }
}
