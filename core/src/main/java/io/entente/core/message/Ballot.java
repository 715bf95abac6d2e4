package io.entente.core.message;

import java.util.Objects;

/**
 * The number of an epoch: a round and the node that stands for it, so that no two nodes ever stand for the same one.
 *
 * <p>Ballots are ordered by round, then by node. What is promised to one is refused to every lower one (Lamport, <i>The Part-Time
 * Parliament</i>, section 2.1; <i>Designing Data-Intensive Applications</i>, chapter 9, calls it a fencing token).
 *
 * @param round 0 in the epoch that a partition begins with, which nobody stood for; higher in each later one
 * @param node who stands for it
 */
public record Ballot(long round, NodeId node) implements Comparable<Ballot> {

    private static final Ballot ZERO = new Ballot(0, new NodeId("", ""));

    public Ballot {
        Objects.requireNonNull(node, "node");
        if (round < 0) {
            throw new IllegalArgumentException("the round " + round + " of a ballot is negative");
        }
    }

    /** The lowest ballot, of the epoch that a partition begins with. */
    public static Ballot zero() {
        return ZERO;
    }

    /** A ballot of that node that comes after this one. */
    public Ballot next(NodeId standing) {
        return new Ballot(round + 1, standing);
    }

    /** Whether this is of the epoch that a partition begins with. */
    public boolean isZero() {
        return round == 0;
    }

    /** Whether this ballot comes after the other one. */
    public boolean isAfter(Ballot other) {
        return compareTo(other) > 0;
    }

    /** The later of two ballots. */
    public static Ballot later(Ballot one, Ballot other) {
        return other.isAfter(one) ? other : one;
    }

    @Override
    public int compareTo(Ballot other) {
        int byRound = Long.compare(round, other.round);
        return byRound != 0 ? byRound : node.compareTo(other.node);
    }

    @Override
    public String toString() {
        return isZero() ? "0" : round + " of " + node;
    }
}
