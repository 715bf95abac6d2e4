package io.entente.cluster.map;

import io.entente.cluster.map.NotAppliedException.Reason;
import io.entente.conflict.Version;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow;
import java.util.function.Function;

/** A map of typed values over what is stored. */
final class RoutedMap<V> implements ReplicatedMap<V> {

    private final StoredMap stored;
    private final ValueView<V> view;
    private final FollowedMap followed;

    RoutedMap(StoredMap stored, ValueView<V> view, FollowedMap followed) {
        this.stored = stored;
        this.view = view;
        this.followed = followed;
    }

    @Override
    public String name() {
        return stored.name();
    }

    @Override
    public ReadOptions reading() {
        return stored.reading();
    }

    @Override
    public WriteOptions writing() {
        return stored.writing();
    }

    @Override
    public CompletionStage<Found<V>> get(String key, ReadOptions options) {
        return stored.read(key, options).thenApply(reading -> found(key, reading));
    }

    CompletionStage<Found<V>> getAtLeader(String key, Duration timeout) {
        return stored.readAtLeader(key, timeout).thenApply(reading -> found(key, reading));
    }

    @Override
    public CompletionStage<Written> put(String key, V value, WriteOptions options) {
        try {
            return stored.put(key, encode(value), options);
        } catch (NotAppliedException unwritable) {
            return CompletableFuture.failedStage(unwritable);
        }
    }

    @Override
    public CompletionStage<Written> delete(String key, WriteOptions options) {
        return stored.delete(key, options);
    }

    @Override
    public CompletionStage<Written> update(String key, Function<Optional<V>, V> change, WriteOptions options) {
        return new Update<>(this, left -> getAtLeader(key, left), key, change, options).begin(Runnable::run);
    }

    @Override
    public CompletionStage<Page<Entry<V>>> entries(PageRequest request) {
        return stored.entries(request)
                .thenApply(page -> new Page<>(
                        page.entries().stream()
                                .map(entry -> new Entry<>(entry.key(), found(entry.key(), entry.reading())))
                                .toList(),
                        page.next()));
    }

    @Override
    public Flow.Publisher<Change<V>> changes(ChangesRequest request) {
        return followed.follow(request, new Told());
    }

    /** Changes with typed values. */
    private final class Told implements ChangeForm<Change<V>> {

        @Override
        public Change<V> changed(String key, Optional<Reading> reading, String position) {
            if (reading.isEmpty()) {
                return new Change.Unreadable<>(key, "The value is too large to be told: read it.", position);
            }
            try {
                return new Change.Changed<>(key, found(key, reading.get()), position);
            } catch (NotAppliedException unreadable) {
                return new Change.Unreadable<>(key, String.valueOf(unreadable.getMessage()), position);
            }
        }

        @Override
        public Change<V> missed(String position) {
            return new Change.Missed<>(position);
        }

        @Override
        public Change<V> passed(String position) {
            return new Change.Passed<>(position);
        }
    }

    StoredValue encode(V value) {
        try {
            return view.encode(value);
        } catch (CodecException unwritable) {
            throw new NotAppliedException(
                    Reason.INVALID_ARGUMENT,
                    "the value can't be written to the map " + name() + ": " + unwritable.getMessage(),
                    unwritable);
        }
    }

    private Found<V> found(String key, Reading reading) {
        Resolved resolved = reading.resolved();
        if (resolved.content() instanceof Resolved.Value value) {
            return value(key, reading, value.value());
        }
        if (resolved.content() instanceof Resolved.Siblings) {
            return siblings(key, reading);
        }
        return new Found.Absent<>(reading.context(), reading.session(), resolved.unresolved());
    }

    private Found<V> value(String key, Reading reading, StoredValue stored) {
        try {
            return new Found.Value<>(
                    view.decode(stored),
                    reading.context(),
                    reading.session(),
                    reading.resolved().unresolved());
        } catch (CodecException unreadable) {
            return fallback(key, reading, unreadable);
        }
    }

    private Found<V> siblings(String key, Reading reading) {
        try {
            List<Version<V>> versions = new ArrayList<>();
            for (Version<StoredValue> version : reading.resolved().versions()) {
                versions.add(decoded(version));
            }
            return new Found.Siblings<>(versions, reading.context(), reading.session());
        } catch (CodecException unreadable) {
            return fallback(key, reading, unreadable);
        }
    }

    /** What the last writer among those left who can be read; an exception only where nobody left a value that can. */
    private Found<V> fallback(String key, Reading reading, CodecException unreadable) {
        String reason = "a value can't be read: " + unreadable.getMessage();
        Version<V> last = readable(reading).stream()
                .max(Version.byTime())
                .orElseThrow(() -> new NotAppliedException(
                        Reason.UNREADABLE,
                        "the key " + name() + "/" + key + " holds what this map's codec can't read, for "
                                + unreadable.getMessage()
                                + ": read it with the codec it was written with, or write it anew",
                        unreadable));
        Optional<String> unresolved = reading.resolved().unresolved().or(() -> Optional.of(reason));
        return last.value()
                .<Found<V>>map(value -> new Found.Value<>(value, reading.context(), reading.session(), unresolved))
                .orElseGet(() -> new Found.Absent<>(reading.context(), reading.session(), unresolved));
    }

    private List<Version<V>> readable(Reading reading) {
        List<Version<V>> readable = new ArrayList<>();
        for (Version<StoredValue> version : reading.resolved().versions()) {
            try {
                readable.add(decoded(version));
            } catch (CodecException unreadable) {
                // It is counted by being missing: the outcome is unresolved already.
            }
        }
        return readable;
    }

    private Version<V> decoded(Version<StoredValue> version) {
        return new Version<>(
                version.dot(),
                version.timestamp(),
                version.dataCenter(),
                version.value().map(view::decode));
    }
}
