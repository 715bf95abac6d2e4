package io.entente.core.topology;

import java.util.Arrays;
import java.util.List;
import java.util.TreeSet;

/**
 * A topology as one line, for people, stores and messages: {@code all-to-all}, {@code ring}, {@code star eu}, {@code tree}, or
 * {@code edges eu->us us->ap}. What {@link #of} writes {@link #parse} reads.
 */
public final class PlanText {

    /** The names of topologies, in the order in which they are listed. */
    public static final List<String> NAMES = List.of("all-to-all", "ring", "star", "tree", "edges");

    /** How many edges can be spelled out: all there are between 16 data centers. */
    public static final int MOST_EDGES = 240;

    private PlanText() {}

    /** The plan as text. */
    public static String of(TopologyPlan plan) {
        if (plan instanceof TopologyPlan.Star star) {
            return "star " + star.hub();
        }
        if (plan instanceof TopologyPlan.Edges spelled) {
            StringBuilder text = new StringBuilder("edges");
            spelled.edges().forEach(edge -> text.append(' ').append(edge));
            return text.toString();
        }
        return plan instanceof TopologyPlan.Ring ? "ring" : plan instanceof TopologyPlan.Tree ? "tree" : "all-to-all";
    }

    /**
     * The plan that a text names.
     *
     * @throws IllegalArgumentException with a sentence that says what is wrong and what to write
     */
    public static TopologyPlan parse(String text) {
        List<String> words = List.of(text.strip().split("\\s+"));
        return plan(words.get(0), words.subList(1, words.size()));
    }

    /**
     * The plan of that name.
     *
     * @param name one of {@link #NAMES}
     * @param details the hub of a star, or the edges; nothing for the others
     * @throws IllegalArgumentException with a sentence that says what is wrong and what to write
     */
    public static TopologyPlan plan(String name, List<String> details) {
        switch (name) {
            case "star" -> {
                require(details.size() == 1, "a star needs one hub: name a data center, such as star eu");
                return new TopologyPlan.Star(details.get(0));
            }
            case "edges" -> {
                require(
                        !details.isEmpty() && details.size() <= MOST_EDGES,
                        details.size() + " edges make no topology: spell out 1 to " + MOST_EDGES
                                + ", such as edges eu->us us->eu");
                return new TopologyPlan.Edges(
                        new TreeSet<>(details.stream().map(Edge::parse).toList()));
            }
            default -> {
                require(
                        NAMES.contains(name),
                        "there is no topology '" + name + "': choose " + String.join(", ", NAMES));
                require(
                        details.isEmpty(),
                        "the topology " + name + " takes nothing beside its name, but '" + String.join(" ", details)
                                + "' was given: leave it out");
                return name.equals("ring")
                        ? new TopologyPlan.Ring()
                        : name.equals("tree") ? new TopologyPlan.Tree() : TopologyPlan.allToAll();
            }
        }
    }

    /** The name of a plan, one of {@link #NAMES}. */
    public static String nameOf(TopologyPlan plan) {
        return Arrays.asList(of(plan).split(" ", 2)).get(0);
    }

    private static void require(boolean holds, String problem) {
        if (!holds) {
            throw new IllegalArgumentException(problem);
        }
    }
}
