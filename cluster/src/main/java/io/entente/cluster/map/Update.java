package io.entente.cluster.map;

import io.entente.cluster.map.NotAppliedException.Reason;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.function.Function;

/**
 * One update under way: read, change, write if nothing came between; again when something did. Optimistic, as a compare-and-set loop
 * (DDIA chapter 7, "Preventing Lost Updates"), at one replica: the leader's. Where that isn't read too, what is read may lag behind, which costs tries alone.
 */
public final class Update<V> {

    /** Beyond that the key is too busy to be updated optimistically. */
    private static final int MOST_TRIES = 100;

    private final ReplicatedMap<V> map;
    private final Function<Duration, CompletionStage<Found<V>>> read;
    private final String key;
    private final Function<Optional<V>, V> change;
    private final WriteOptions options;
    private final Deadline deadline;

    /**
     * @param map where it is written
     * @param read reads the key, within so much time
     * @param key the key
     * @param change makes the new value of what was read, perhaps several times; must not return null
     * @param options how it is written, without conditions
     */
    public Update(
            ReplicatedMap<V> map,
            Function<Duration, CompletionStage<Found<V>>> read,
            String key,
            Function<Optional<V>, V> change,
            WriteOptions options) {
        this.map = map;
        this.read = read;
        this.key = key;
        this.change = change;
        this.options = options;
        this.deadline = Deadline.in(options.timeout());
    }

    /**
     * Makes the update; fails its stage, with a {@link NotAppliedException}, where options have conditions, the key is in conflict, or others are quicker each time.
     *
     * @param nextTry what runs the tries after the first one
     */
    public CompletionStage<Written> begin(Executor nextTry) {
        if (!options.isUnconditional()) {
            return CompletableFuture.failedStage(new NotAppliedException(
                    Reason.INVALID_ARGUMENT,
                    "an update reads and writes by itself: leave out ifCurrent, ifAbsent and seen, or use put"));
        }
        return attempt(1, nextTry);
    }

    private CompletionStage<Written> attempt(int count, Executor nextTry) {
        return read.apply(deadline.left())
                .thenCompose(this::write)
                .handle((written, failure) -> {
                    if (failure == null) {
                        return CompletableFuture.completedStage(written);
                    }
                    Throwable cause = unwrapped(failure);
                    return wasOutrun(cause)
                            ? again(count, cause, nextTry)
                            : CompletableFuture.<Written>failedStage(cause);
                })
                .thenCompose(Function.identity());
    }

    private CompletionStage<Written> again(int count, Throwable outrun, Executor nextTry) {
        if (count < MOST_TRIES && !deadline.isOver()) {
            return CompletableFuture.supplyAsync(() -> attempt(count + 1, nextTry), nextTry)
                    .thenCompose(Function.identity());
        }
        return CompletableFuture.failedStage(new NotAppliedException(
                Reason.OUTRUN,
                "each of " + count + " tries to update " + map.name() + "/" + key
                        + " was outrun by another write: try again, or divide the value over several keys",
                outrun));
    }

    private CompletionStage<Written> write(Found<V> found) {
        found.unresolved().ifPresent(reason -> refuse("its conflict is unresolved, for " + reason));
        if (found instanceof Found.Siblings<V> siblings) {
            refuse("it has " + siblings.versions().size() + " versions");
        }
        V changed = Objects.requireNonNull(change.apply(found.asOptional()), "an update must not make a value null");
        return map.put(key, changed, options.ifCurrent(found.context()).timeout(deadline.left()));
    }

    private void refuse(String reason) {
        throw new NotAppliedException(
                Reason.UNRESOLVED,
                "the key " + map.name() + "/" + key + " can't be updated: " + reason
                        + ": read it, choose, and write with the context of that read");
    }

    private static boolean wasOutrun(Throwable failure) {
        return failure instanceof NotAppliedException refused && refused.reason() == Reason.PRECONDITION_FAILED;
    }

    private static Throwable unwrapped(Throwable failure) {
        return failure instanceof CompletionException && failure.getCause() != null ? failure.getCause() : failure;
    }
}
