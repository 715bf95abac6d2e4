package io.entente.cluster.replica;

import io.entente.core.replica.ReplicaStatus;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;

/** Those who want to know how a replica is, until its last step is committed. Confined to its actor. */
final class OpenQuestions {

    private final List<CompletableFuture<ReplicaStatus>> open = new ArrayList<>();

    void add(CompletableFuture<ReplicaStatus> question) {
        open.add(question);
    }

    /** Answers all with the status, or with the exception that asking for it throws. */
    void answer(Supplier<ReplicaStatus> status) {
        for (CompletableFuture<ReplicaStatus> question : open) {
            try {
                question.complete(status.get());
            } catch (RuntimeException e) {
                question.completeExceptionally(e);
            }
        }
        open.clear();
    }
}
