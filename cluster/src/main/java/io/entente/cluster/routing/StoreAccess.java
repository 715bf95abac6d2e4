package io.entente.cluster.routing;

import io.entente.core.store.StoreException;
import java.util.function.Supplier;

/** Reads of the store beside its replicas, with their failures typed. */
final class StoreAccess {

    private StoreAccess() {}

    static <T> T reading(Supplier<T> read) {
        try {
            return read.get();
        } catch (StoreException e) {
            throw new RequestFailedException(
                    Outcome.NOT_APPLIED,
                    RequestFailedException.Cause.STORE_FAILED,
                    "the records can't be read: " + e.getMessage());
        } catch (IllegalStateException closed) {
            throw new RequestFailedException(
                    Outcome.NOT_APPLIED,
                    RequestFailedException.Cause.NOT_RUNNING,
                    "the node has stopped: ask another one");
        }
    }
}
