package io.entente.core.replica;

import io.entente.core.message.NodeId;
import io.entente.core.topology.TopologyPlan;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;

/**
 * Which replica this is, and its bounds.
 *
 * @param self the node that holds it
 * @param partition the partition it is a copy of
 * @param members the names of the nodes that may originate, this one's among them; empty when they aren't named beforehand, in
 *     which case no tombstone is ever purged
 * @param topology along which edges entries travel at first; a {@code TopologyChanged} event brings another plan
 * @param timing every interval
 * @param limits every bound
 * @param founding the rules that a cluster begins with
 */
public record ReplicaSettings(
        NodeId self,
        int partition,
        Set<String> members,
        TopologyPlan topology,
        Timing timing,
        Limits limits,
        Founding founding) {

    public ReplicaSettings {
        Objects.requireNonNull(self, "self");
        Objects.requireNonNull(topology, "topology");
        Objects.requireNonNull(timing, "timing");
        Objects.requireNonNull(limits, "limits");
        Objects.requireNonNull(founding, "founding");
        members = java.util.Collections.unmodifiableSet(new TreeSet<>(members));
        if (!members.isEmpty() && !members.contains(self.node())) {
            throw new IllegalArgumentException("node " + self.node() + " is not among the members " + members
                    + ": name it there, or name no members");
        }
    }

    /** The settings of a replica in a cluster that begins with many leaders, and whose members vote when that changes. */
    public ReplicaSettings(
            NodeId self, int partition, Set<String> members, TopologyPlan topology, Timing timing, Limits limits) {
        this(self, partition, members, topology, timing, limits, Founding.multiLeader(members));
    }

    /** The same settings with other rules to begin with. */
    public ReplicaSettings with(Founding changed) {
        return new ReplicaSettings(self, partition, members, topology, timing, limits, changed);
    }

    /** The members other than this node. */
    Set<String> otherMembers() {
        Set<String> others = new TreeSet<>(members);
        others.remove(self.node());
        return others;
    }
}
