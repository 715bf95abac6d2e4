package io.entente.cluster.settings;

import io.entente.core.message.Acknowledgement.SemiSync;
import io.entente.core.message.ReplicationMode;
import io.entente.core.message.ReplicationMode.SingleLeader;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * Who may originate writes when a cluster is founded, and what holds once a single leader is to lead; equal on all nodes of a cluster.
 * Immutable.
 *
 * @param initial the mode that a new cluster begins with; afterwards the cluster's own state counts
 * @param terms the mode {@code single-leader} as it is meant where nobody says otherwise
 * @param semiSync what semi-synchronous is meant to be where nobody says otherwise, whether {@code terms} ask for it or not
 * @param voters the names of the nodes that elect leaders and decide on modes; empty for all members
 */
public record ModeSettings(ReplicationMode initial, SingleLeader terms, SemiSync semiSync, SortedSet<String> voters) {

    public ModeSettings {
        Objects.requireNonNull(initial, "initial");
        Objects.requireNonNull(terms, "terms");
        Objects.requireNonNull(semiSync, "semiSync");
        voters = Collections.unmodifiableSortedSet(new TreeSet<>(voters));
    }

    /** What is wrong with these settings in a cluster of those members, none of them named for empty. */
    Optional<String> problem(SortedSet<String> members) {
        if (initial.isSingleLeader() && members.isEmpty()) {
            return Optional.of(
                    "entente.mode = single-leader needs entente.members: more than half of them elect the leader,"
                            + " so all nodes have to know them; name them");
        }
        SortedSet<String> strangers = new TreeSet<>(voters);
        strangers.removeAll(members);
        return strangers.isEmpty()
                ? Optional.empty()
                : Optional.of("entente.single-leader.voters = " + voters + " names " + strangers
                        + ", which are not among entente.members = " + members + ": name members only");
    }

    /** The names of the modes, as every surface writes them. */
    public static final List<String> NAMES = List.of("multi-leader", "single-leader", "leaderless");

    /**
     * The mode of that name, with these terms where it is that of a single leader.
     *
     * @throws IllegalArgumentException when there is none; the message says which there are
     */
    public ReplicationMode named(String name) {
        return switch (name) {
            case "multi-leader" -> ReplicationMode.multiLeader();
            case "single-leader" -> terms;
            case "leaderless" -> ReplicationMode.leaderless();
            default ->
                throw new IllegalArgumentException(
                        "there is no mode '" + name + "': use one of " + String.join(", ", NAMES));
        };
    }
}
