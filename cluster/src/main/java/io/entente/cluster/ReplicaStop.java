package io.entente.cluster;

import akka.actor.typed.ActorRef;
import io.entente.cluster.membership.NodeState;
import io.entente.cluster.replica.ReplicaCommand;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** The end of a node's replicas: told once, each after its commit under way. Thread-safe. */
final class ReplicaStop {

    /** One whose disk hangs is left behind after so long. */
    private static final Duration GRACE = Duration.ofSeconds(5);

    private final NodeState state;
    private @Nullable CompletionStage<Void> stopped;

    ReplicaStop(NodeState state) {
        this.state = state;
    }

    /** Tells them at the first call; completes when all have stopped, or long enough was waited. */
    synchronized CompletionStage<Void> begin() {
        if (stopped == null) {
            stopped = tell();
        }
        return stopped;
    }

    private CompletionStage<Void> tell() {
        List<CompletableFuture<Void>> all = new ArrayList<>();
        for (ActorRef<Object> replica : state.replicas().values()) {
            CompletableFuture<Void> one = new CompletableFuture<>();
            replica.tell(new ReplicaCommand.Stop(one));
            all.add(one.completeOnTimeout(null, GRACE.toMillis(), TimeUnit.MILLISECONDS));
        }
        return CompletableFuture.allOf(all.toArray(CompletableFuture[]::new));
    }
}
