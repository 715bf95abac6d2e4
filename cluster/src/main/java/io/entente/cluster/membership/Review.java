package io.entente.cluster.membership;

import akka.actor.typed.ActorRef;
import io.entente.cluster.replica.ReplicaCommand;
import io.entente.core.replica.ReplicaStatus;
import io.entente.core.replica.SnapshotProgress;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** Asks a node's replicas what keeps them from accepting writes, and whether they join a snapshot. */
final class Review {

    private Review() {}

    /**
     * What the replicas answered.
     *
     * @param waits what they wait for before they accept writes, a sentence each
     * @param retired what is to be done where the node was retired, a sentence each; these are among those of {@code waits}
     * @param joins by partition, how far they are with a snapshot
     */
    record Findings(List<String> waits, List<String> retired, SortedMap<Integer, SnapshotProgress> joins) {}

    /** Asks all. Fails when one can't answer. */
    static CompletionStage<Findings> of(SortedMap<Integer, ActorRef<Object>> replicas) {
        SortedMap<Integer, CompletableFuture<ReplicaStatus>> answers = new TreeMap<>();
        replicas.forEach((partition, replica) -> {
            CompletableFuture<ReplicaStatus> answer = new CompletableFuture<>();
            replica.tell(new ReplicaCommand.Ask(answer));
            answers.put(partition, answer);
        });
        return CompletableFuture.allOf(answers.values().toArray(CompletableFuture[]::new))
                .thenApply(all -> {
                    Set<String> waits = new TreeSet<>();
                    Set<String> retired = new TreeSet<>();
                    SortedMap<Integer, SnapshotProgress> joins = new TreeMap<>();
                    answers.forEach((partition, answer) -> {
                        ReplicaStatus status = answer.join();
                        status.waitsFor().ifPresent(waits::add);
                        status.waitsFor().filter(why -> status.isRetired()).ifPresent(retired::add);
                        status.joins().ifPresent(how -> joins.put(partition, how));
                    });
                    return new Findings(List.copyOf(waits), List.copyOf(retired), joins);
                });
    }
}
