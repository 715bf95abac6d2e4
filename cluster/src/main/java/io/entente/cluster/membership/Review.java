package io.entente.cluster.membership;

import akka.actor.typed.ActorRef;
import io.entente.cluster.replica.ReplicaCommand;
import io.entente.core.replica.ReplicaStatus;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** Asks a node's replicas what keeps them from accepting writes. */
final class Review {

    private Review() {}

    /** What the replicas wait for, a sentence each; empty when all accept writes. Fails when one can't answer. */
    static CompletionStage<List<String>> of(Collection<ActorRef<Object>> replicas) {
        List<CompletableFuture<ReplicaStatus>> answers = new ArrayList<>();
        for (ActorRef<Object> replica : replicas) {
            CompletableFuture<ReplicaStatus> answer = new CompletableFuture<>();
            replica.tell(new ReplicaCommand.Ask(answer));
            answers.add(answer);
        }
        return CompletableFuture.allOf(answers.toArray(CompletableFuture[]::new))
                .thenApply(all -> answers.stream()
                        .flatMap(answer -> answer.join().waitsFor().stream())
                        .distinct()
                        .sorted()
                        .toList());
    }
}
