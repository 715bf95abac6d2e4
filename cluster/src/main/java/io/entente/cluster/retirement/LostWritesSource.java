package io.entente.cluster.retirement;

import akka.actor.typed.ActorRef;
import io.entente.cluster.replica.ReplicaCommand;
import io.entente.cluster.routing.RequestFailedException;
import io.entente.cluster.routing.WriteGate;
import io.entente.conflict.version.VersionVector;
import io.entente.core.effect.Reply;
import io.entente.core.event.Event;
import io.entente.core.event.RequestId;
import io.entente.core.replica.ReplicaStatus;
import io.entente.core.store.ReadableStore;
import io.entente.core.store.Store;
import java.nio.file.Path;
import java.util.Objects;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * Where lost writes are, and where they go.
 *
 * @param directory the node's data directory
 * @param opener opens a store that was put aside there
 * @param store the store that the node has now
 * @param replicas its replicas, by partition
 * @param gate why they take no writes now, if so: a lost write is not let in where a client's isn't
 */
public record LostWritesSource(
        Path directory,
        Function<Path, ? extends Store> opener,
        ReadableStore store,
        Supplier<SortedMap<Integer, ActorRef<Object>>> replicas,
        WriteGate gate) {

    private static final long PATIENCE_SECONDS = 10;

    public LostWritesSource {
        Objects.requireNonNull(directory, "directory");
        Objects.requireNonNull(opener, "opener");
        Objects.requireNonNull(store, "store");
        Objects.requireNonNull(replicas, "replicas");
        Objects.requireNonNull(gate, "gate");
    }

    /** The replicas' vectors; fails with an {@link IllegalStateException} where one has not caught up, so that its vector says too little. */
    CompletionStage<SortedMap<Integer, VersionVector>> caughtUp() {
        SortedMap<Integer, CompletableFuture<ReplicaStatus>> asked = new TreeMap<>();
        replicas.get().forEach((partition, replica) -> {
            CompletableFuture<ReplicaStatus> status = new CompletableFuture<>();
            replica.tell(new ReplicaCommand.Ask(status));
            asked.put(partition, Patience.answer(partition, status, PATIENCE_SECONDS));
        });
        return CompletableFuture.allOf(asked.values().toArray(CompletableFuture[]::new))
                .thenApply(all -> {
                    SortedMap<Integer, VersionVector> vectors = new TreeMap<>();
                    asked.forEach((partition, status) -> vectors.put(partition, vectorOf(status.join())));
                    if (vectors.isEmpty()) {
                        throw new IllegalStateException("the node holds no data yet: ask again when it is ready");
                    }
                    return vectors;
                });
    }

    private static VersionVector vectorOf(ReplicaStatus status) {
        status.waitsFor().ifPresent(why -> {
            throw new IllegalStateException(
                    "what only this node's old data has is known once it has caught up with the others: " + why);
        });
        return status.applied();
    }

    /** Has a replica write something and waits for its answer; a refusal where there is none, or the node takes no writes now. */
    Reply write(int partition, Function<RequestId, Event> event) {
        Optional<RequestFailedException> closed = gate.refusal(partition);
        if (closed.isPresent()) {
            return new Reply.Refused(
                    Reply.Refusal.OVERLOADED, String.valueOf(closed.get().getMessage()));
        }
        ActorRef<Object> replica = replicas.get().get(partition);
        if (replica == null) {
            return new Reply.Refused(Reply.Refusal.OVERLOADED, "the node is stopping: ask again when it is ready");
        }
        CompletableFuture<Reply> reply = new CompletableFuture<>();
        replica.tell(new ReplicaCommand.Request(event, reply));
        try {
            return reply.orTimeout(PATIENCE_SECONDS, TimeUnit.SECONDS).join();
        } catch (CompletionException failed) {
            return new Reply.Refused(
                    Reply.Refusal.OVERLOADED,
                    "whether it was written is not known (" + failed.getCause()
                            + "): ask again, a write is made once however often it is asked for");
        }
    }
}
