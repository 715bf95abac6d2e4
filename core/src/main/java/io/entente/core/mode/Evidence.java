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
 * @param having the nodes known to hold it durably, the accepting one among them
 * @param copies all copies of the partition, up or not
 */
public record Evidence(NodeId accepting, Set<NodeId> having, Copies copies) {

    /** The evidence of these nodes. */
    public static Evidence of(NodeId accepting, Collection<NodeId> having, Copies copies) {
        TreeSet<NodeId> all = new TreeSet<>(having);
        all.add(accepting);
        return new Evidence(accepting, java.util.Collections.unmodifiableSet(all), copies);
    }

    /** Whether more than half of those nodes have it. */
    boolean isHeldByMajorityOf(Collection<NodeId> nodes) {
        long holders = nodes.stream().filter(having::contains).count();
        return 2 * holders > nodes.size();
    }
}
