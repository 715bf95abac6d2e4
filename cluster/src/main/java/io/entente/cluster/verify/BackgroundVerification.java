package io.entente.cluster.verify;

import akka.actor.Cancellable;
import akka.actor.typed.ActorRef;
import akka.actor.typed.ActorSystem;
import io.entente.cluster.replica.Partitions;
import io.entente.cluster.replica.ReplicaCommand;
import io.entente.core.message.NodeId;
import io.entente.core.replica.ReplicaStatus;
import java.time.Duration;
import java.util.SortedMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/**
 * Verifies partitions now and then: of the copies that hear each other, the first one by name does it for all. Two that don't hear each
 * other both do, which costs time and nothing else.
 */
public final class BackgroundVerification implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private final NodeId self;
    private final Verifier verifier;
    private final Supplier<SortedMap<Integer, ActorRef<Object>>> replicas;
    private final Duration interval;
    private final Cancellable timer;

    private BackgroundVerification(
            ActorSystem<?> system,
            NodeId self,
            Verifier verifier,
            Supplier<SortedMap<Integer, ActorRef<Object>>> replicas,
            Duration interval) {
        this.self = self;
        this.verifier = verifier;
        this.replicas = replicas;
        this.interval = interval;
        this.timer = interval.isZero()
                ? Cancellable.alreadyCancelled()
                : system.scheduler()
                        .scheduleWithFixedDelay(interval, interval, this::verifyAll, system.executionContext());
    }

    /**
     * Begins after the first interval.
     *
     * @param interval the time between two; zero for none at all
     */
    public static BackgroundVerification start(
            ActorSystem<?> system,
            NodeId self,
            Verifier verifier,
            Supplier<SortedMap<Integer, ActorRef<Object>>> replicas,
            Duration interval) {
        return new BackgroundVerification(system, self, verifier, replicas, interval);
    }

    /** Partition after partition asks for itself; a slow one finds its turn taken, and has the next one. */
    private void verifyAll() {
        replicas.get().forEach((partition, replica) -> {
            CompletableFuture<ReplicaStatus> status = new CompletableFuture<>();
            replica.tell(new ReplicaCommand.Ask(status));
            var unused = status.orTimeout(PATIENCE.toMillis(), TimeUnit.MILLISECONDS)
                    .thenAccept(answer -> verifyIfFirst(partition, answer));
        });
    }

    private void verifyIfFirst(int partition, ReplicaStatus status) {
        if (isFirst(status)) {
            var unused = verifier.verify(Partitions.of(partition), interval, true);
        }
    }

    private boolean isFirst(ReplicaStatus status) {
        return status.peers().stream()
                .noneMatch(peer -> peer.live() && peer.node().compareTo(self) < 0);
    }

    /** No other begins. */
    @Override
    public void close() {
        timer.cancel();
    }
}
