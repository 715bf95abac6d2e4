package io.entente.cluster.map;

import static org.assertj.core.api.Assertions.assertThat;

import io.entente.cluster.routing.Router;
import io.entente.conflict.ConflictResolver;
import io.entente.conflict.Resolution;
import io.entente.conflict.Resolvers;
import io.entente.conflict.clock.HybridTimestamp;
import io.entente.conflict.version.Dot;
import io.entente.conflict.version.Origin;
import io.entente.core.record.Payload;
import io.entente.core.record.Sibling;
import io.entente.core.record.Siblings;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A page is there in bounded time, by a clock that resolvers move: nothing here waits. */
class PageTimeTest {

    private static final Duration CALL = Duration.ofSeconds(2);
    private static final Duration IN_TIME = CALL.minusNanos(1);

    private final AtomicLong nanos = new AtomicLong(-5);
    private final BoundedCalls calls = new BoundedCalls("the resolver of the map m", Duration.ofSeconds(60));
    private final List<String> called = new ArrayList<>();
    private final PageTime page = new PageTime(CALL, nanos::get);

    @AfterEach
    void close() {
        calls.close();
    }

    @Test
    void whoTookTooLongTwiceInARowIsNotCalledAgain() {
        MapDefinition<StoredValue> slow = failingAfter(CALL);
        assertThat(resolved(slow, "a").unresolved()).isPresent();
        assertThat(resolved(slow, "b").unresolved()).isPresent();
        Resolved last = resolved(slow, "c");
        assertThat(called).containsExactly("a", "b");
        assertThat(last.unresolved())
                .hasValueSatisfying(why -> assertThat(why).contains("was not called", "2000 ms", "by itself"));
        assertThat(last.content()).isEqualTo(new Resolved.Value(StoredValue.json("2")));
    }

    @Test
    void oneThatWasInTimeInBetweenIsForgiven() {
        MapDefinition<StoredValue> slow = failingAfter(CALL.minusMillis(1_500));
        for (String key : List.of("a", "b", "c", "d")) {
            resolved(slow, key);
        }
        assertThat(called).hasSize(4);
    }

    @Test
    void anotherResolverIsCalledAndKeysWithoutConflictAreRead() {
        MapDefinition<StoredValue> slow = failingAfter(CALL);
        resolved(slow, "a");
        resolved(slow, "b");
        assertThat(page.resolve(slow, "alone", siblings(1), Runnable::run)
                        .toCompletableFuture()
                        .join()
                        .unresolved())
                .isEmpty();
        MapDefinition<StoredValue> other = definition("n", conflict -> Resolution.pick(conflict.lastWritten()));
        assertThat(resolved(other, "k").unresolved()).isEmpty();
    }

    @Test
    void aPageEndsAfterTheTimeOfAFewCallsWithWhatItHas() {
        List<Router.Listed> records = new ArrayList<>();
        for (String key : List.of("a", "b", "c", "d", "e", "f")) {
            records.add(new Router.Listed(key, siblings(2)));
        }
        MapDefinition<StoredValue> slow = definition("m", conflict -> {
            nanos.addAndGet(IN_TIME.toNanos());
            return Resolution.pick(conflict.lastWritten());
        });
        Page<StoredMap.StoredEntry> shown = new ResolvingPage(slow, Runnable::run, page)
                .of(new Router.Listing(records, Optional.empty()))
                .toCompletableFuture()
                .orTimeout(60, TimeUnit.SECONDS)
                .join();
        assertThat(shown.entries()).extracting(StoredMap.StoredEntry::key).containsExactly("a", "b", "c", "d");
        assertThat(shown.next()).contains("d");
        assertThat(page.isOver()).isTrue();
    }

    @Test
    void aPageHasOneKeyAtLeast() {
        nanos.addAndGet(Duration.ofHours(1).toNanos());
        Page<StoredMap.StoredEntry> shown = new ResolvingPage(failingAfter(CALL), Runnable::run, page)
                .of(new Router.Listing(List.of(new Router.Listed("a", siblings(2))), Optional.of("a")))
                .toCompletableFuture()
                .orTimeout(60, TimeUnit.SECONDS)
                .join();
        assertThat(shown.entries()).hasSize(1);
    }

    private MapDefinition<StoredValue> failingAfter(Duration time) {
        return definition("m", conflict -> {
            called.add(conflict.key());
            nanos.addAndGet(time.toNanos());
            throw new IllegalStateException("too slow");
        });
    }

    private MapDefinition<StoredValue> definition(String map, ConflictResolver<StoredValue> resolver) {
        return new MapDefinition<>(
                map, ValueView.stored(), Resolvers.named("of " + map, 1, resolver), Optional.of(calls));
    }

    private Resolved resolved(MapDefinition<?> map, String key) {
        return page.resolve(map, key, siblings(2), Runnable::run)
                .toCompletableFuture()
                .orTimeout(60, TimeUnit.SECONDS)
                .join();
    }

    private static Siblings siblings(int count) {
        List<Sibling> versions = new ArrayList<>();
        for (int i = 1; i <= count; i++) {
            versions.add(new Sibling(
                    new Dot(new Origin("eu", "eu-" + i, i, i), 1),
                    new HybridTimestamp(i, 0),
                    Payload.value(StoredValue.json(Integer.toString(i)).envelope())));
        }
        return new Siblings(versions);
    }
}
