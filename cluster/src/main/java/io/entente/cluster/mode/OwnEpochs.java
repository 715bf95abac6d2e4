package io.entente.cluster.mode;

import akka.Done;
import io.entente.cluster.replica.Partitions;
import io.entente.cluster.routing.LocalRouter;
import io.entente.cluster.routing.Outcome;
import io.entente.cluster.routing.RequestFailedException;
import io.entente.core.effect.Reply;
import io.entente.core.message.ReplicationMode;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;

/** Has this node's replicas begin epochs. Thread-safe; never blocks. */
public final class OwnEpochs {

    private final LocalRouter replicas;

    /** Over this node's replicas. */
    public OwnEpochs(LocalRouter replicas) {
        this.replicas = replicas;
    }

    /**
     * Begins an epoch in each of those partitions.
     *
     * @param mode the new mode; empty for the present one, led by this node
     * @param timeout how long the others may take to agree
     * @return completes when all have begun; else fails with {@link RequestFailedException}, which says which have not and why
     */
    public CompletionStage<Done> begin(Partitions of, Optional<ReplicationMode> mode, Duration timeout) {
        return ask(of, partition -> replicas.begin(partition, mode, timeout));
    }

    /**
     * Has others vote in each of those partitions.
     *
     * @param voters the names of all who are to vote
     * @param timeout how long it may take, all epochs that it needs together
     * @return completes when these vote in all; else fails with {@link RequestFailedException}, which says in which not and why
     */
    public CompletionStage<Done> vote(Partitions of, Set<String> voters, Duration timeout) {
        return ask(of, partition -> replicas.vote(partition, voters, timeout));
    }

    private static CompletionStage<Done> ask(Partitions of, IntFunction<CompletionStage<Reply>> question) {
        Map<Integer, CompletableFuture<Optional<String>>> asked = new TreeMap<>();
        for (int partition : of.numbers()) {
            asked.put(
                    partition,
                    question.apply(partition).handle(OwnEpochs::objection).toCompletableFuture());
        }
        return CompletableFuture.allOf(asked.values().toArray(CompletableFuture[]::new))
                .thenApply(all -> {
                    Map<Integer, String> refused = new TreeMap<>();
                    asked.forEach((partition, answer) -> answer.join().ifPresent(why -> refused.put(partition, why)));
                    return done(refused, asked.size());
                });
    }

    private static Optional<String> objection(@Nullable Reply reply, @Nullable Throwable failure) {
        if (reply instanceof Reply.EpochBegun) {
            return Optional.empty();
        }
        if (reply instanceof Reply.Refused refused) {
            return Optional.of(refused.detail());
        }
        Throwable cause =
                failure instanceof CompletionException && failure.getCause() != null ? failure.getCause() : failure;
        return Optional.of(cause == null ? "it gave another answer: " + reply : String.valueOf(cause.getMessage()));
    }

    private static Done done(Map<Integer, String> refused, int asked) {
        if (refused.isEmpty()) {
            return Done.getInstance();
        }
        String which = refused.size() == asked ? "" : "only some partitions changed, not " + refused.keySet() + ": ";
        throw new RequestFailedException(
                refused.size() == asked ? Outcome.NOT_APPLIED : Outcome.UNKNOWN,
                RequestFailedException.Cause.UNREACHABLE,
                which + refused.values().iterator().next());
    }
}
