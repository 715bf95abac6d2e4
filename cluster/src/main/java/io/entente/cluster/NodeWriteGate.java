package io.entente.cluster;

import io.entente.cluster.clock.ClockReport;
import io.entente.cluster.membership.NodeState;
import io.entente.cluster.membership.PartitionPlan;
import io.entente.cluster.routing.Outcome;
import io.entente.cluster.routing.RequestFailedException;
import io.entente.cluster.routing.RequestFailedException.Cause;
import io.entente.cluster.routing.WriteGate;
import io.entente.core.message.NodeId;
import java.util.Optional;

/**
 * Lets writes in where the plan places their partition at this node, while its clock may be trusted, and while its disk has
 * room. Reads are answered all the same.
 *
 * @param self the node
 * @param plan which nodes hold which partitions
 * @param state what is known of the node's clock and disk
 */
record NodeWriteGate(NodeId self, PartitionPlan plan, NodeState state) implements WriteGate {

    @Override
    public Optional<RequestFailedException> refusal(int partition) {
        if (!plan.mayOriginate(self, partition)) {
            return Optional.of(refusal(
                    Cause.UNREACHABLE,
                    "the node takes no writes of partition " + partition
                            + ", which is not placed here: start a node that it is placed at, or ask that"));
        }
        Optional<RequestFailedException> full = state.disk().map(why -> refusal(Cause.DISK_FULL, why));
        if (full.isPresent()) {
            return full;
        }
        Optional<String> clock = state.clock()
                .map(ClockReport::refusal)
                .orElse(Optional.of("the node has not looked at its clock yet: try again in a moment"));
        return clock.map(why -> refusal(Cause.CLOCK_OFF, why));
    }

    private static RequestFailedException refusal(Cause kind, String why) {
        return new RequestFailedException(Outcome.NOT_APPLIED, kind, why);
    }
}
