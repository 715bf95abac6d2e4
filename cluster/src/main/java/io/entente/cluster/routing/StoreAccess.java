package io.entente.cluster.routing;

import io.entente.cluster.replica.Partitions;
import io.entente.core.replica.Replica;
import io.entente.core.store.ReadableStore;
import io.entente.core.store.StoreException;
import io.entente.core.store.StoreReader;
import io.entente.core.store.StoreSnapshot;
import java.util.function.Function;

/** Reads of the store beside its replicas, with their failures typed. */
final class StoreAccess {

    private StoreAccess() {}

    /**
     * Reads some partitions as they were at one moment. Refused while one of them merges a snapshot: half of its rows would have what the other half knows
     * nothing of.
     */
    static <T> T readingWhole(ReadableStore store, Partitions of, Function<StoreReader, T> read) {
        try (StoreSnapshot view = store.snapshot()) {
            for (int partition : of.numbers()) {
                if (Replica.isMerging(view, partition)) {
                    throw merging(partition);
                }
            }
            return read.apply(view);
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

    private static RequestFailedException merging(int partition) {
        return new RequestFailedException(
                Outcome.NOT_APPLIED,
                RequestFailedException.Cause.NOT_RUNNING,
                "this node merges a snapshot of partition " + partition
                        + ", and can't read it as a whole until that is done: try again in a moment, or ask another node");
    }
}
