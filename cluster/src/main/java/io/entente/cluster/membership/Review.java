package io.entente.cluster.membership;

import akka.actor.typed.ActorRef;
import io.entente.cluster.replica.ReplicaCommand;
import io.entente.core.replica.ReplicaStatus;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.stream.Stream;

/** Asks a node's replicas what keeps them from accepting writes. */
final class Review {

    private Review() {}

    /** What the replicas wait for, a sentence each; empty when all accept writes and none joins a snapshot. Fails when one can't answer. */
    static CompletionStage<List<String>> of(Collection<ActorRef<Object>> replicas) {
        List<CompletableFuture<ReplicaStatus>> answers = new ArrayList<>();
        for (ActorRef<Object> replica : replicas) {
            CompletableFuture<ReplicaStatus> answer = new CompletableFuture<>();
            replica.tell(new ReplicaCommand.Ask(answer));
            answers.add(answer);
        }
        return CompletableFuture.allOf(answers.toArray(CompletableFuture[]::new))
                .thenApply(all -> answers.stream()
                        .flatMap(answer -> reasons(answer.join()))
                        .distinct()
                        .sorted()
                        .toList());
    }

    private static Stream<String> reasons(ReplicaStatus status) {
        return Stream.concat(status.waitsFor().stream(), status.joins().map(how -> "a replica " + how).stream());
    }
}
