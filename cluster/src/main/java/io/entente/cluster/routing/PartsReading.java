package io.entente.cluster.routing;

import io.entente.cluster.replica.Partitions;
import io.entente.cluster.routing.Router.PartsRead;
import io.entente.core.effect.Reply;
import io.entente.core.effect.Reply.Refusal;
import io.entente.core.record.Part;
import io.entente.core.replica.CommittedParts;
import io.entente.core.store.ReadableStore;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;

/**
 * Reads mergeable values from the committed store, beside the replicas. A value that turns out to be large takes a place among the
 * node's listings, of which a few run at once, so that values read bound memory as pages do.
 */
final class PartsReading {

    /** What is read without a place among the listings. */
    private static final int SMALL_BYTES = 64 << 10;

    private final ReadableStore store;
    private final UnderWay underWay;
    private final Executor blocking;

    PartsReading(ReadableStore store, UnderWay underWay, Executor blocking) {
        this.store = store;
        this.underWay = underWay;
        this.blocking = blocking;
    }

    /** Reads a value of a partition whose replica has reached what the request demands. */
    CompletionStage<Reply> read(int partition, PartsRead request) {
        int first = Math.min(SMALL_BYTES, request.mostBytes());
        return CompletableFuture.supplyAsync(() -> readNow(partition, request, first), blocking)
                .thenCompose(found -> found.isPresent() || first == request.mostBytes()
                        ? CompletableFuture.completedStage(found)
                        : readLarge(partition, request))
                .thenApply(found -> found.orElseGet(() -> tooLarge(request)));
    }

    private CompletionStage<Optional<Reply>> readLarge(int partition, PartsRead request) {
        CompletableFuture<Optional<Reply>> value = new CompletableFuture<>();
        Optional<RequestFailedException> refusal = underWay.enterListing(value);
        if (refusal.isPresent()) {
            return CompletableFuture.failedFuture(refusal.get());
        }
        return value.completeAsync(() -> readNow(partition, request, request.mostBytes()), blocking);
    }

    private Optional<Reply> readNow(int partition, PartsRead request, int mostBytes) {
        return StoreAccess.readingWhole(store, Partitions.of(partition), view -> {
            CommittedParts committed = new CommittedParts(view, partition);
            Optional<List<Part>> parts = request.part().isPresent()
                    ? Optional.of(
                            committed.readPart(request.key(), request.part().get()))
                    : committed.read(request.key(), mostBytes);
            return parts.map(found -> new Reply.FoundParts(found, committed.applied()));
        });
    }

    private static Reply tooLarge(PartsRead request) {
        return new Reply.Refused(
                Refusal.TOO_LARGE,
                "the value " + request.key() + " has more than " + request.mostBytes()
                        + " bytes of parts, and can't be read as a whole: ask for a part of it, divide it over several keys,"
                        + " or raise entente.limits.mergeable");
    }
}
