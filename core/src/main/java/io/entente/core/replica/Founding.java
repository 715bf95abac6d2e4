package io.entente.core.replica;

import io.entente.core.message.ReplicationMode;
import java.util.Collection;
import java.util.Collections;
import java.util.Objects;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * The rules that a cluster begins with. The mode counts at the node that founds the cluster; afterwards the cluster's own state counts.
 *
 * @param mode who may originate writes
 * @param voters the names of the nodes that elect leaders and decide on modes, the same at all nodes; empty where nobody does, so that
 *     the mode stays what it is
 */
public record Founding(ReplicationMode mode, SortedSet<String> voters) {

    /**
     * @throws IllegalArgumentException when there is to be a leader and nobody to elect it
     */
    public Founding {
        Objects.requireNonNull(mode, "mode");
        voters = Collections.unmodifiableSortedSet(new TreeSet<>(voters));
        if (mode.isSingleLeader() && voters.isEmpty()) {
            throw new IllegalArgumentException(
                    "a cluster with a single leader needs voters: name them, or name the members");
        }
    }

    /** Many leaders, until those voters agree to another mode. */
    public static Founding multiLeader(Collection<String> voters) {
        return new Founding(ReplicationMode.multiLeader(), new TreeSet<>(voters));
    }
}
