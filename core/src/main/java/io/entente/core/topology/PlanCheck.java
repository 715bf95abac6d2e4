package io.entente.core.topology;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** Whether a plan fits the data centers there are: it names no others, and everybody's writes reach everybody. */
public final class PlanCheck {

    private PlanCheck() {}

    /** What is wrong with the plan for these data centers, in a sentence; empty when nothing is. */
    public static Optional<String> objection(TopologyPlan plan, Collection<String> dataCenters) {
        Set<String> known = new TreeSet<>(dataCenters);
        for (String named : named(plan)) {
            if (!known.contains(named)) {
                return Optional.of("there is no data center '" + named + "': name one of " + String.join(", ", known));
            }
        }
        if (plan.over(known) instanceof EdgeGraph graph) {
            return graph.unreachable(known).stream()
                    .findFirst()
                    .map(pair -> "with the topology " + PlanText.of(plan) + " nothing written in '" + pair.from()
                            + "' would ever reach '" + pair.to() + "': add edges that lead there");
        }
        return Optional.empty();
    }

    private static List<String> named(TopologyPlan plan) {
        List<String> named = new ArrayList<>();
        if (plan instanceof TopologyPlan.Star star) {
            named.add(star.hub());
        } else if (plan instanceof TopologyPlan.Edges spelled) {
            spelled.edges().forEach(edge -> named.addAll(List.of(edge.from(), edge.to())));
        }
        return named;
    }
}
