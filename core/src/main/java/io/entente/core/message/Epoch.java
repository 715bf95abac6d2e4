package io.entente.core.message;

import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * Under which rules a partition is written to, from an election on until the next one.
 *
 * @param ballot its number; of two epochs the one with the later ballot is in force
 * @param leader who alone may originate, where the mode has a leader and one is elected
 * @param mode who may originate
 * @param voters the names of the nodes of which more than half have to agree to a later epoch
 * @param outgoing where the voters change with this epoch, those before: of them more than half have to agree as well, to everything, until
 *     more than half of them know that the epoch is in force; else none
 * @param settled whether the leader is known to have everything that anybody originated under the rules before, so that its reads are
 *     strong; once said it stays so
 */
public record Epoch(
        Ballot ballot,
        Optional<NodeId> leader,
        ReplicationMode mode,
        SortedSet<String> voters,
        SortedSet<String> outgoing,
        boolean settled) {

    public Epoch {
        Objects.requireNonNull(ballot, "ballot");
        Objects.requireNonNull(leader, "leader");
        Objects.requireNonNull(mode, "mode");
        voters = Collections.unmodifiableSortedSet(new TreeSet<>(voters));
        outgoing = Collections.unmodifiableSortedSet(new TreeSet<>(outgoing));
        if (leader.isPresent() && !mode.isSingleLeader()) {
            throw new IllegalArgumentException(
                    "an epoch of mode " + mode + " has no leader, but names " + leader.get());
        }
    }

    /** An epoch with the voters of the one before. */
    public Epoch(
            Ballot ballot, Optional<NodeId> leader, ReplicationMode mode, SortedSet<String> voters, boolean settled) {
        this(ballot, leader, mode, voters, Collections.emptySortedSet(), settled);
    }

    /** The epoch that every partition begins with: any admitted copy originates. */
    public static Epoch initial(Collection<String> voters) {
        return new Epoch(Ballot.zero(), Optional.empty(), ReplicationMode.multiLeader(), new TreeSet<>(voters), false);
    }

    /** The first epoch of a cluster that is founded with another mode than that; its leader, where it is to have one, is still to be elected. */
    public static Epoch founded(NodeId founder, ReplicationMode mode, Collection<String> voters) {
        return new Epoch(Ballot.zero().next(founder), Optional.empty(), mode, new TreeSet<>(voters), true);
    }

    /** The sets of voters of each of which more than half have to agree: one, or two while they change. */
    public List<SortedSet<String>> electorates() {
        return outgoing.isEmpty() ? List.of(voters) : List.of(voters, outgoing);
    }

    /** Who votes, in words. */
    public String votersInWords() {
        return isChangingVoters() ? voters + ", and of those before, " + outgoing + "," : voters.toString();
    }

    /** Whether more than half of the voters are among these nodes, and of those before while they change. */
    public boolean isMajority(Collection<String> nodes) {
        return electorates().stream().allMatch(electorate -> isMajority(electorate, nodes));
    }

    /** Whether more than half of the voters before are among these nodes. */
    public boolean isMajorityOfOutgoing(Collection<String> nodes) {
        return isMajority(outgoing, nodes);
    }

    private static boolean isMajority(SortedSet<String> electorate, Collection<String> nodes) {
        return 2 * electorate.stream().filter(nodes::contains).count() > electorate.size();
    }

    /** Whether the voters before still count beside these. */
    public boolean isChangingVoters() {
        return !outgoing.isEmpty();
    }

    /** The same epoch with a leader that is known to have everything, or isn't. */
    public Epoch settled(boolean known) {
        return new Epoch(ballot, leader, mode, voters, outgoing, known);
    }

    /** The same epoch, in which the voters before count no more. */
    public Epoch withoutOutgoing() {
        return new Epoch(ballot, leader, mode, voters, settled);
    }

    /** What is known of this epoch from both: that it is settled, and that its voters have changed. */
    public Epoch join(Epoch same) {
        Epoch changed = same.isChangingVoters() ? this : withoutOutgoing();
        return changed.settled(settled || same.settled);
    }
}
