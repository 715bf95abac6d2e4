package io.entente.cluster.membership;

import io.entente.core.topology.PlanText;
import io.entente.core.topology.TopologyPlan;
import java.util.Comparator;
import java.util.Objects;

/**
 * The topology a cluster uses, and which of its changes brought it: of two the one with the higher number is in force everywhere, of
 * two with the same number the one made at the node whose name is last.
 *
 * @param change counts the changes; 0 for the topology that a node is configured with
 * @param node the name of the node that was asked for the change; of number 0 the node itself
 * @param plan the topology
 */
public record AgreedTopology(long change, String node, TopologyPlan plan) {

    /** The longest text there is of one: all edges with the longest names. */
    static final int MOST_TEXT = 40_000;

    private static final Comparator<AgreedTopology> AGE =
            Comparator.comparingLong(AgreedTopology::change).thenComparing(AgreedTopology::node);

    /** Throws {@link IllegalArgumentException} for a negative number or an empty name. */
    public AgreedTopology {
        Objects.requireNonNull(plan, "plan");
        if (change < 0 || node.isEmpty()) {
            throw new IllegalArgumentException("no change of a topology: " + change + " by '" + node + "'");
        }
    }

    /** Whether nothing has been changed: the node uses what it is configured with. */
    boolean isConfigured() {
        return change == 0;
    }

    boolean isLaterThan(AgreedTopology other) {
        return AGE.compare(this, other) > 0;
    }

    /** What a change at that node makes of it. */
    AgreedTopology changedTo(TopologyPlan other, String at) {
        return new AgreedTopology(change + 1, at, other);
    }

    /** One line, for the store and for other nodes. */
    String text() {
        return change + " " + node + " " + PlanText.of(plan);
    }

    /** Reads {@link #text()}; throws {@link IllegalArgumentException} for anything else. */
    static AgreedTopology parse(String text) {
        String[] parts = text.split(" ", 3);
        if (text.length() > MOST_TEXT || parts.length < 3 || !parts[0].matches("[0-9]{1,18}")) {
            throw new IllegalArgumentException("no change of a topology in " + text.length() + " characters");
        }
        return new AgreedTopology(Long.parseLong(parts[0]), parts[1], PlanText.parse(parts[2]));
    }
}
