package io.entente.cluster.verify;

import io.entente.cluster.replica.Partitions;
import io.entente.core.effect.Reply;
import io.entente.core.message.NodeId;
import io.entente.core.repair.VerificationReport;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Has this node's replicas compared with all other copies, and remembers what was found last. Thread-safe; never blocks. */
public final class Verifier {

    private final NodeId self;
    private final int count;
    private final Supplier<Partitions> held;
    private final Replicas replicas;
    private final SortedMap<Integer, VerificationReport> last = new ConcurrentSkipListMap<>();
    private final AtomicLong found = new AtomicLong();
    private final AtomicLong done = new AtomicLong();

    /**
     * @param self the node
     * @param count how many partitions there are
     * @param held those that this node holds
     * @param replicas asks the replica of one of them
     */
    public Verifier(NodeId self, int count, Supplier<Partitions> held, Replicas replicas) {
        this.self = self;
        this.count = count;
        this.held = held;
        this.replicas = replicas;
    }

    /** Asks a replica of this node for its verification. */
    @FunctionalInterface
    public interface Replicas {

        /** Completes with {@code Verified} or {@code Refused}, or exceptionally when the replica doesn't answer. */
        CompletionStage<Reply> verify(int partition, Duration timeout, boolean inBackground);
    }

    /** Verifies all partitions that this node holds, at once; completes normally, whatever happens to some of them. */
    public CompletionStage<VerificationResult> verify(Duration timeout) {
        return verify(held.get(), timeout, false);
    }

    /**
     * Verifies some of the partitions that this node holds.
     *
     * @param timeout for each
     * @param inBackground whether nobody waits for it, so that it takes its time
     */
    public CompletionStage<VerificationResult> verify(Partitions wanted, Duration timeout, boolean inBackground) {
        SortedMap<Integer, CompletableFuture<Answer>> answers = new TreeMap<>();
        for (int partition : wanted.numbers()) {
            answers.put(
                    partition,
                    replicas.verify(partition, timeout, inBackground)
                            .handle((reply, failure) -> answer(partition, reply, failure))
                            .toCompletableFuture());
        }
        return CompletableFuture.allOf(answers.values().toArray(CompletableFuture[]::new))
                .thenApply(all -> result(wanted, answers));
    }

    /** What was found last, of those partitions that have been verified since this node began; none of them is said to have failed. */
    public VerificationResult last() {
        SortedSet<Integer> never = new TreeSet<>(Partitions.all(count).numbers());
        never.removeAll(last.keySet());
        return new VerificationResult(self.node(), last, new TreeMap<>(), never);
    }

    /** How many verifications of a partition this node has finished since it began. */
    public long finished() {
        return done.get();
    }

    /** How many rows that differ this node has found since it began. */
    public long differencesFound() {
        return found.get();
    }

    private record Answer(Optional<VerificationReport> report, String failure) {}

    private Answer answer(int partition, @Nullable Reply reply, @Nullable Throwable failure) {
        if (reply instanceof Reply.Verified verified) {
            last.put(partition, verified.report());
            found.addAndGet(verified.report().differences());
            done.incrementAndGet();
            return new Answer(Optional.of(verified.report()), "");
        }
        if (reply instanceof Reply.Refused refused) {
            return new Answer(Optional.empty(), refused.detail());
        }
        Throwable cause =
                failure instanceof CompletionException && failure.getCause() != null ? failure.getCause() : failure;
        return new Answer(
                Optional.empty(), cause == null ? "the replica gave no report" : String.valueOf(cause.getMessage()));
    }

    private VerificationResult result(Partitions wanted, Map<Integer, CompletableFuture<Answer>> answers) {
        SortedMap<Integer, VerificationReport> reports = new TreeMap<>();
        SortedMap<Integer, String> failed = new TreeMap<>();
        answers.forEach((partition, done) -> {
            Answer answer = done.join();
            answer.report()
                    .ifPresentOrElse(
                            report -> reports.put(partition, report), () -> failed.put(partition, answer.failure()));
        });
        Partitions missing = Partitions.all(count).without(wanted);
        return new VerificationResult(self.node(), reports, failed, missing.numbers());
    }
}
