package io.entente.cluster.retirement;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** How long this node's replicas are waited for. */
final class Patience {

    private Patience() {}

    /** The answer of a partition's replica; where it is late, an {@link IllegalStateException} that says so. */
    static <T> CompletableFuture<T> answer(int partition, CompletableFuture<T> asked, long seconds) {
        return asked.orTimeout(seconds, TimeUnit.SECONDS).exceptionally(failure -> {
            if (failure instanceof TimeoutException) {
                throw new IllegalStateException("partition " + partition + " has not answered within " + seconds
                        + " s: the node is busy, so ask again in a moment");
            }
            throw new CompletionException(failure);
        });
    }
}
