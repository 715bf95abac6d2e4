package io.entente.core.mode;

import io.entente.core.message.NodeId;
import io.entente.core.topology.Copies;
import java.util.Collection;
import java.util.Set;
import java.util.TreeSet;

/**
 * Who is known to have a write, and who could.
 *
 * @param accepting the node that accepted the write
 * @param having the nodes known to hold it durably, as far as they count: the accepting one among them unless it only stands in
 * @param copies all copies of the partition, up or not
 * @param voters the names of those of whom more than half elect a leader, where there is one; a quorum takes more than half of them too
 */
public record Evidence(NodeId accepting, Set<NodeId> having, Copies copies, Set<String> voters) {

    /** The evidence of these nodes. */
    public static Evidence of(NodeId accepting, Collection<NodeId> having, Copies copies) {
        TreeSet<NodeId> all = new TreeSet<>(having);
        if (!copies.standIns().contains(accepting)) {
            all.add(accepting);
        }
        return new Evidence(accepting, java.util.Collections.unmodifiableSet(all), copies, Set.of());
    }

    /** The same evidence in an epoch with a leader, which those elect. */
    public Evidence withVoters(Set<String> electing) {
        return new Evidence(accepting, having, copies, electing);
    }

    /** Whether more than half of the voters have it; where nobody votes it needn't be. */
    boolean isHeldByMajorityOfVoters() {
        long holders =
                having.stream().filter(node -> voters.contains(node.node())).count();
        return voters.isEmpty() || 2 * holders > voters.size();
    }

    /**
     * Whether those of the nodes that have it are more than half of the homes.
     *
     * @param nodes the homes and those that stand in for them
     */
    boolean isHeldByMajorityOf(Collection<NodeId> homes, Collection<NodeId> nodes) {
        long holders = nodes.stream().filter(having::contains).count();
        return 2 * holders > homes.size();
    }
}
