package io.entente.samples.demo.shell;

import io.entente.cluster.membership.AgreedTopology;
import io.entente.core.topology.PlanText;
import io.entente.core.topology.TopologyPlan;
import io.entente.samples.terminal.MisuseException;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** Shows how the data centers are linked, or links them in another way. */
@Command(
        name = "topology",
        description = "Shows how the data centers are linked, or links them in another way: 'topology ring', 'star eu',"
                + " 'tree', 'all-to-all', or 'edges eu->us us->ap ap->eu'.")
final class TopologyCommand extends ShellCommand {

    @Parameters(
            index = "0..*",
            paramLabel = "NAME [HUB|EDGE...]",
            arity = "0..*",
            hideParamSyntax = true,
            completionCandidates = Names.class)
    private List<String> words = List.of();

    TopologyCommand(ShellContext context) {
        super(context);
    }

    @Override
    void run() {
        if (!words.isEmpty()) {
            cluster().relink(plan());
        }
        print(text(cluster().firstLive().view().topology()));
    }

    /** A topology in words: {@code topology ring (change 2, made at eu-1)}. */
    static String text(AgreedTopology topology) {
        String since = topology.change() == 0
                ? "as configured"
                : "change " + topology.change() + ", made at " + topology.node();
        return "topology " + PlanText.of(topology.plan()) + " (" + since + ")";
    }

    private TopologyPlan plan() {
        try {
            return PlanText.plan(words.get(0), words.subList(1, words.size()));
        } catch (IllegalArgumentException unfit) {
            throw new MisuseException("topology " + String.join(" ", words) + ": " + unfit.getMessage());
        }
    }

    /** The names of topologies, for the Tab key. */
    static final class Names implements Iterable<String> {
        @Override
        public java.util.Iterator<String> iterator() {
            return PlanText.NAMES.iterator();
        }
    }
}
