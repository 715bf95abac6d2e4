package io.entente.cluster.conflict;

import io.entente.cluster.map.NotAppliedException;
import io.entente.cluster.map.NotAppliedException.Reason;
import io.entente.core.store.StoreException;
import io.entente.core.store.StoreSnapshot;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Function;

/** Looks at a node's journals, each time at what is committed then. Thread-safe. */
final class JournalAccess {

    private final ConflictSource source;

    JournalAccess(ConflictSource source) {
        this.source = source;
    }

    /** A look on the source's threads. Whatever goes wrong, an error too, fails the stage: who waits must hear. */
    <T> CompletionStage<T> read(Function<JournalListing, T> reading) {
        CompletableFuture<T> result = new CompletableFuture<>();
        try {
            source.executor().execute(() -> {
                try {
                    result.complete(readNow(reading));
                } catch (Throwable failed) {
                    result.completeExceptionally(failed);
                }
            });
        } catch (RejectedExecutionException ended) {
            result.completeExceptionally(stopped());
        }
        return result;
    }

    /**
     * A look on this thread.
     *
     * @throws NotAppliedException when the store fails, or has been closed
     */
    <T> T readNow(Function<JournalListing, T> reading) {
        try (StoreSnapshot snapshot = source.store().snapshot()) {
            return reading.apply(new JournalListing(snapshot));
        } catch (StoreException unreadable) {
            throw new NotAppliedException(
                    Reason.STORE_FAILED, "the conflict journal can't be read: " + unreadable.getMessage());
        } catch (IllegalStateException stopped) {
            throw stopped();
        }
    }

    private static NotAppliedException stopped() {
        return new NotAppliedException(Reason.NOT_READY, "the node has stopped: ask another one");
    }
}
