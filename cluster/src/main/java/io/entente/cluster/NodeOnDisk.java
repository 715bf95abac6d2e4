package io.entente.cluster;

import io.entente.cluster.disk.DiskDependents;
import io.entente.cluster.health.HealthReason;
import io.entente.cluster.membership.NodeState;
import io.entente.cluster.replica.GroupCommit;
import io.entente.cluster.replica.ReplicaCommand;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * The parts of a node that its disk concerns.
 *
 * @param state its replicas, and what its surfaces see
 * @param commits its commit thread
 */
record NodeOnDisk(NodeState state, GroupCommit commits) implements DiskDependents {

    @Override
    public void scarce(boolean is) {
        state.replicas().values().forEach(replica -> replica.tell(new ReplicaCommand.Space(is)));
    }

    @Override
    public CompletionStage<Void> fence() {
        List<CompletableFuture<Void>> all = new ArrayList<>();
        state.replicas().values().forEach(replica -> {
            CompletableFuture<Void> one = new CompletableFuture<>();
            replica.tell(new ReplicaCommand.Fence(one));
            all.add(one);
        });
        return CompletableFuture.allOf(all.toArray(CompletableFuture[]::new));
    }

    @Override
    public void goOn() {
        commits.goOn();
        state.replicas().values().forEach(replica -> replica.tell(new ReplicaCommand.GoOn()));
    }

    @Override
    public void refuse(Optional<String> why) {
        state.disk(why);
    }

    @Override
    public void damaged(String what) {
        state.damaged(what);
    }

    @Override
    public void giveUp(String why) {
        state.failed(HealthReason.STORE_FAILED, why);
    }
}
