package io.entente.cluster.map;

import com.fasterxml.jackson.databind.JsonNode;
import io.entente.cluster.map.NotAppliedException.Reason;
import io.entente.conflict.merge.Merged;
import io.entente.conflict.merge.Operation;
import io.entente.conflict.version.CausalContext;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import java.util.function.Supplier;

/** The typed maps of mergeable values, over values whose parts are bytes. */
final class MergingMaps {

    private MergingMaps() {}

    /** What all of them have. */
    private abstract static class Base<V> implements MergeableMap<V> {

        final MergeableValues values;

        Base(MergeableValues values) {
            this.values = values;
        }

        /** The application's form of a value. */
        abstract V form(Merged<StoredValue> merged);

        @Override
        public final String name() {
            return values.map();
        }

        @Override
        public final ReadOptions reading() {
            return values.reading();
        }

        @Override
        public final WriteOptions writing() {
            return values.writing();
        }

        @Override
        public final CompletionStage<Found<V>> get(String key, ReadOptions options) {
            return values.read(key, options).thenApply(reading -> found(key, reading));
        }

        @Override
        public final CompletionStage<Written> delete(String key, WriteOptions options) {
            return values.delete(key, options);
        }

        @Override
        public final CompletionStage<Page<Entry<V>>> entries(PageRequest request) {
            return values.entries(request)
                    .thenApply(page -> new Page<>(
                            page.entries().stream()
                                    .map(entry -> new Entry<>(entry.key(), found(entry.key(), entry.reading())))
                                    .toList(),
                            page.next()));
        }

        private Found<V> found(String key, MergedReading reading) {
            CausalContext none = CausalContext.empty();
            try {
                return reading.value()
                        .<Found<V>>map(
                                value -> new Found.Value<>(form(value), none, reading.session(), reading.unresolved()))
                        .orElseGet(() -> new Found.Absent<>(none, reading.session(), reading.unresolved()));
            } catch (CodecException unreadable) {
                throw new NotAppliedException(
                        Reason.UNREADABLE,
                        "the value " + name() + "/" + key + " holds what this map's codec can't read, for "
                                + unreadable.getMessage() + ": read it with the codec it was written with",
                        unreadable);
            }
        }

        /** Operates, where what has no stored form is refused as every other misuse is: by the stage. */
        final CompletionStage<Written> update(
                String key, Supplier<List<Operation<StoredValue>>> operations, WriteOptions options) {
            return refusing(() -> values.update(key, operations.get(), options));
        }

        final <T> CompletionStage<T> refusing(Supplier<CompletionStage<T>> request) {
            try {
                return request.get();
            } catch (CodecException unwritable) {
                return CompletableFuture.failedStage(new NotAppliedException(
                        Reason.INVALID_ARGUMENT,
                        "the value can't be written to the map " + name() + ": " + unwritable.getMessage(),
                        unwritable));
            } catch (NotAppliedException refused) {
                return CompletableFuture.failedStage(refused);
            }
        }
    }

    static final class CounterMap extends Base<Long> implements MergeableMap.Counters {

        CounterMap(MergeableValues values) {
            super(values);
        }

        @Override
        Long form(Merged<StoredValue> merged) {
            return ((Merged.Sum<StoredValue>) merged).sum();
        }

        @Override
        public CompletionStage<Written> increment(String key, long by, WriteOptions options) {
            return update(key, () -> List.of(new Operation.Increment<>(by)), options);
        }
    }

    static final class FlagMap extends Base<Boolean> implements MergeableMap.Flags {

        FlagMap(MergeableValues values) {
            super(values);
        }

        @Override
        Boolean form(Merged<StoredValue> merged) {
            return ((Merged.Flag<StoredValue>) merged).on();
        }

        @Override
        public CompletionStage<Written> set(String key, boolean on, WriteOptions options) {
            return update(key, () -> List.of(new Operation.Switch<>(on)), options);
        }
    }

    static final class SetMap<E> extends Base<Set<E>> implements MergeableMap.Sets<E> {

        private final ValueView<E> view;
        private final Function<JsonNode, StoredValue> stored;

        SetMap(MergeableValues values, Codec<E> codec) {
            super(values);
            this.view = ValueView.of(codec);
            this.stored = MediaType.isJson(MediaType.canonical(codec.contentType()))
                    ? JsonView.INSTANCE::encode
                    : text -> StoredValue.text(text.asText());
        }

        @Override
        Set<E> form(Merged<StoredValue> merged) {
            Set<E> elements = new LinkedHashSet<>();
            for (String element : ((Merged.Elements<StoredValue>) merged).elements()) {
                elements.add(view.decode(stored.apply(ElementText.element(element))));
            }
            return Collections.unmodifiableSet(elements);
        }

        private String text(E element) {
            return ElementText.of(JsonView.INSTANCE.decode(view.encode(element)));
        }

        @Override
        public CompletionStage<Written> add(String key, E element, WriteOptions options) {
            return update(key, () -> List.of(new Operation.Add<>(text(element))), options);
        }

        @Override
        public CompletionStage<Written> remove(String key, E element, WriteOptions options) {
            return update(key, () -> List.of(new Operation.Remove<>(text(element))), options);
        }

        @Override
        public CompletionStage<Boolean> contains(String key, E element, ReadOptions options) {
            return refusing(() -> values.contains(key, text(element), options));
        }
    }

    static final class RegisterMap<V> extends Base<List<V>> implements MergeableMap.Registers<V> {

        private final ValueView<V> view;

        RegisterMap(MergeableValues values, Codec<V> codec) {
            super(values);
            this.view = ValueView.of(codec);
        }

        @Override
        List<V> form(Merged<StoredValue> merged) {
            return ((Merged.Values<StoredValue>) merged)
                    .values().stream()
                            .flatMap(version -> version.value().stream())
                            .map(view::decode)
                            .toList();
        }

        @Override
        public CompletionStage<Written> set(String key, V value, WriteOptions options) {
            return update(key, () -> List.of(new Operation.Assign<>(view.encode(value))), options);
        }
    }

    static final class DocumentMap extends Base<JsonNode> implements MergeableMap.Documents {

        DocumentMap(MergeableValues values) {
            super(values);
        }

        @Override
        JsonNode form(Merged<StoredValue> merged) {
            return MergedJson.of(merged);
        }

        @Override
        public CompletionStage<Written> update(String key, FieldUpdate update, WriteOptions options) {
            return update(key, update::operations, options);
        }
    }
}
