package io.entente.core.message;

import java.util.Collection;
import java.util.Collections;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * Under which rules a partition is written to, from an election on until the next one.
 *
 * @param ballot its number; of two epochs the one with the later ballot is in force
 * @param leader who alone may originate, where the mode has a leader and one is elected
 * @param mode who may originate
 * @param voters the names of the nodes of which more than half have to agree to a later epoch
 * @param settled whether the leader, and more than half of the voters, are known to have everything that anybody originated under the rules
 *     before, so that reads of this leader and of those after it are strong; once said it stays so
 */
public record Epoch(
        Ballot ballot, Optional<NodeId> leader, ReplicationMode mode, SortedSet<String> voters, boolean settled) {

    public Epoch {
        Objects.requireNonNull(ballot, "ballot");
        Objects.requireNonNull(leader, "leader");
        Objects.requireNonNull(mode, "mode");
        voters = Collections.unmodifiableSortedSet(new TreeSet<>(voters));
        if (leader.isPresent() && !mode.isSingleLeader()) {
            throw new IllegalArgumentException(
                    "an epoch of mode " + mode + " has no leader, but names " + leader.get());
        }
    }

    /** The epoch that every partition begins with: any admitted copy originates. */
    public static Epoch initial(Collection<String> voters) {
        return new Epoch(Ballot.zero(), Optional.empty(), ReplicationMode.multiLeader(), new TreeSet<>(voters), false);
    }

    /** The first epoch of a cluster that is founded with another mode than that; its leader, where it is to have one, is still to be elected. */
    public static Epoch founded(NodeId founder, ReplicationMode mode, Collection<String> voters) {
        return new Epoch(Ballot.zero().next(founder), Optional.empty(), mode, new TreeSet<>(voters), true);
    }

    /** Whether more than half of the voters are among these nodes. */
    public boolean isMajority(Collection<String> nodes) {
        return 2 * voters.stream().filter(nodes::contains).count() > voters.size();
    }

    /**
     * The voters of the next epoch on the way to others: one more, as long as one of these is missing, then one less. Each majority of the ones has then a
     * node in common with each majority of the others (Ongaro, <i>Consensus: Bridging Theory and Practice</i>, section 4.1).
     *
     * @return these voters themselves once they are the ones aimed at
     */
    public SortedSet<String> votersTowards(Set<String> aim) {
        TreeSet<String> joining = new TreeSet<>(aim);
        joining.removeAll(voters);
        TreeSet<String> leaving = new TreeSet<>(voters);
        leaving.removeAll(aim);
        TreeSet<String> changed = new TreeSet<>(voters);
        if (!joining.isEmpty()) {
            changed.add(joining.first());
        } else if (!leaving.isEmpty()) {
            changed.remove(leaving.first());
        }
        return changed;
    }

    /** The same epoch with a leader that has everything, as more than half of the voters have. */
    public Epoch asSettled() {
        return new Epoch(ballot, leader, mode, voters, true);
    }
}
