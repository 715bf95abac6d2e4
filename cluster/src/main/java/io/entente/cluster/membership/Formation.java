package io.entente.cluster.membership;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * Decides whom a starting node joins, and when it may found a cluster, so that no second one ever comes to be.
 *
 * <p>A node whose directory is new founds a cluster when its own address is the first seed and no other seed answers. A node that
 * has been a member never does, for the others may be running and merely out of reach; only when every node it knows says that
 * it waits too has the whole cluster been stopped, and of those that have been members the one with the lowest address starts it
 * again.
 */
final class Formation {

    private final String self;
    private final List<String> seeds;
    private final boolean hasJoined;
    private final Set<String> known;
    private final Set<String> waiting = new TreeSet<>();
    private final Set<String> newcomers = new TreeSet<>();

    /**
     * @param self this node's address
     * @param seeds the configured seeds, in their order
     * @param hasJoined whether the directory has been a member's before
     * @param known the addresses of other members that the directory remembers
     */
    Formation(String self, List<String> seeds, boolean hasJoined, Collection<String> known) {
        this.self = self;
        this.seeds = List.copyOf(seeds);
        this.hasJoined = hasJoined;
        this.known = new TreeSet<>(known);
        this.known.remove(self);
    }

    /** Whether this node founds a cluster when no other seed answers. */
    boolean mayFound() {
        return !hasJoined && !seeds.isEmpty() && seeds.get(0).equals(self);
    }

    /** The addresses to join, in their order; this node's own first exactly when it may found. */
    List<String> toJoin() {
        Set<String> others = new TreeSet<>(known);
        List<String> order = new ArrayList<>();
        for (String seed : seeds) {
            others.remove(seed);
            if (!seed.equals(self)) {
                order.add(seed);
            }
        }
        order.addAll(others);
        if (mayFound()) {
            order.add(0, self);
        }
        return order;
    }

    /** Everybody to say hello to while waiting. */
    Set<String> others() {
        Set<String> others = new TreeSet<>(seeds);
        others.addAll(known);
        others.remove(self);
        return others;
    }

    /**
     * Notes what another node said.
     *
     * @param address where it is
     * @param member whether it is a member of a running cluster
     * @param joined whether it has been one before; one that hasn't starts no stopped cluster again
     */
    void heard(String address, boolean member, boolean joined) {
        known.add(address);
        if (joined) {
            newcomers.remove(address);
        } else {
            newcomers.add(address);
        }
        if (member) {
            waiting.remove(address);
        } else {
            waiting.add(address);
        }
    }

    /** Whether this node is to start the stopped cluster again. */
    boolean mayReform() {
        return hasJoined && !known.isEmpty() && waiting.containsAll(known) && isFirstOfThoseThatMay();
    }

    /** Whether a node that was the only one of its cluster starts it again: it knows nobody who could be running. */
    boolean wasAlone() {
        return hasJoined && known.isEmpty() && toJoin().isEmpty();
    }

    private boolean isFirstOfThoseThatMay() {
        return known.stream()
                .filter(address -> !newcomers.contains(address))
                .allMatch(other -> self.compareTo(other) < 0);
    }
}
