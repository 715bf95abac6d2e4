package io.entente.cluster.replica;

import io.entente.core.replica.ReplicaStatus;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;

/** Those who want to know how a replica is, until its last step is committed. Confined to its actor. */
final class OpenQuestions {

    /** How many may ask at once. */
    static final int MOST = 4_096;

    private final List<CompletableFuture<ReplicaStatus>> open = new ArrayList<>();

    /** Takes the question in, or refuses it at once when too many are open. */
    void add(CompletableFuture<ReplicaStatus> question) {
        if (open.size() < MOST) {
            open.add(question);
        } else {
            question.completeExceptionally(new IllegalStateException(
                    MOST + " wait for this replica's status already, which is the limit: ask again in a moment"));
        }
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
