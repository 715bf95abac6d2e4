package io.entente.cluster.map;

import io.entente.core.record.Siblings;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.function.LongSupplier;

/**
 * The time that applications' resolvers get for one page of keys, so that a page is there in bounded time, however slow they are.
 *
 * <ul>
 *   <li>Who has taken too long {@value #MOST_LATE} times in a row isn't called any more for this page: its other keys are unresolved, and
 *       say why.
 *   <li>A page ends with the keys it has when it has taken as long as {@value #MOST_CALLS} calls may take, but 15 s at the most.
 * </ul>
 *
 * Confined to a page, whose keys are resolved one after the other.
 */
public final class PageTime {

    static final int MOST_LATE = 2;
    static final int MOST_CALLS = 3;

    private static final Duration MOST = Duration.ofSeconds(15);

    /** A call that is asked for just before the page's end may wait, and then run. */
    private static final int LAST = 2;

    private final Duration callTime;
    private final LongSupplier nanos;
    private final long begunNanos;
    private final Map<String, Integer> late = new HashMap<>();

    /**
     * Time for a page that begins now.
     *
     * @param callTime how long one call may take
     * @param nanos the monotonic clock
     */
    PageTime(Duration callTime, LongSupplier nanos) {
        this.callTime = callTime;
        this.nanos = nanos;
        this.begunNanos = nanos.getAsLong();
    }

    /** Time for a page that begins now, where one call may take that long. */
    public static PageTime of(Duration callTime) {
        return new PageTime(callTime, System::nanoTime);
    }

    /** How long a page may take where one call may take that long, without the reading of its records. */
    public static Duration most(Duration callTime) {
        return ending(callTime).plus(callTime.multipliedBy(LAST));
    }

    private static Duration ending(Duration callTime) {
        Duration ofCalls = callTime.multipliedBy(MOST_CALLS);
        return ofCalls.compareTo(MOST) < 0 ? ofCalls : MOST;
    }

    /** Whether the page is to end with what it has; once it is so, it stays so. */
    public boolean isOver() {
        return since(begunNanos) >= ending(callTime).toNanos();
    }

    /** What a reader of a key gets, as {@link MapDefinition#resolve}, unless the resolver has had its time. */
    public CompletionStage<Resolved> resolve(MapDefinition<?> map, String key, Siblings siblings, Executor executor) {
        if (!map.calls(siblings)) {
            return map.resolve(key, siblings, executor);
        }
        Optional<String> givenUp = givenUp(map);
        if (givenUp.isPresent()) {
            return CompletableFuture.completedStage(map.unresolved(key, siblings, givenUp.get()));
        }
        long asked = nanos.getAsLong();
        return map.resolve(key, siblings, executor).thenApply(resolved -> {
            boolean tooLong = resolved.unresolved().isPresent() && since(asked) >= callTime.toNanos();
            late.compute(named(map), (name, before) -> tooLong ? (before == null ? 1 : before + 1) : 0);
            return resolved;
        });
    }

    private Optional<String> givenUp(MapDefinition<?> map) {
        return late.getOrDefault(named(map), 0) < MOST_LATE
                ? Optional.empty()
                : Optional.of("the resolver " + map.resolver() + " was not called, since it took longer than "
                        + callTime.toMillis() + " ms for " + MOST_LATE
                        + " keys in a row on this page: read the key by itself");
    }

    private static String named(MapDefinition<?> map) {
        return map.name() + " " + map.resolver();
    }

    private long since(long then) {
        return nanos.getAsLong() - then;
    }
}
