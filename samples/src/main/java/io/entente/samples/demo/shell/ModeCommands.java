package io.entente.samples.demo.shell;

import io.entente.cluster.membership.ClusterView;
import io.entente.cluster.membership.ClusterView.EpochView;
import io.entente.cluster.membership.ClusterView.NodeView;
import io.entente.cluster.settings.ModeSettings;
import io.entente.cluster.settings.ModeText;
import io.entente.core.message.NodeId;
import io.entente.core.message.ReplicationMode;
import io.entente.core.message.ReplicationMode.SingleLeader;
import io.entente.samples.demo.cluster.DemoCluster;
import io.entente.samples.terminal.MisuseException;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** Commands that decide who originates writes. */
final class ModeCommands {

    private static final List<String> FAILOVERS = List.of("automatic", "manual");

    private ModeCommands() {}

    static List<ShellCommand> all(ShellContext context) {
        return List.of(new Leader(context), new Mode(context), new Voters(context));
    }

    /** The rules for writes in words, as a node sees them: {@code mode single-leader, epoch 3: eu-1 leads (async, automatic failover)}. */
    static String text(ClusterView view) {
        StringBuilder text = new StringBuilder("mode " + view.mode() + ", epoch " + view.epoch());
        Map<String, SortedSet<Integer>> led = new TreeMap<>();
        Optional<SingleLeader> terms = Optional.empty();
        for (Map.Entry<Integer, EpochView> one : view.epochs().entrySet()) {
            if (one.getValue().status().epoch().mode() instanceof SingleLeader single) {
                terms = Optional.of(single);
                led.computeIfAbsent(leader(one.getValue()), name -> new TreeSet<>())
                        .add(one.getKey());
            }
        }
        terms.ifPresent(single -> text.append(": ")
                .append(led.entrySet().stream()
                        .map(entry -> entry.getKey() + " leads" + which(entry.getValue(), view))
                        .collect(Collectors.joining(", ")))
                .append(" (" + single.acknowledgement() + ", "
                        + single.failover().name().toLowerCase(Locale.ROOT) + " failover)"));
        return text.toString();
    }

    /** Who votes, as a node sees it: {@code voters eu-1, us-1, ap-1}; where partitions differ, for each. */
    static String voters(ClusterView view) {
        Map<String, SortedSet<Integer>> voting = new TreeMap<>();
        view.epochs()
                .forEach((partition, epoch) -> voting.computeIfAbsent(
                                String.join(", ", epoch.status().epoch().voters()), names -> new TreeSet<>())
                        .add(partition));
        return "voters "
                + voting.entrySet().stream()
                        .map(entry -> entry.getKey() + which(entry.getValue(), view))
                        .collect(Collectors.joining("; "));
    }

    /** Whether all nodes of the cluster vote, as they do at first where nobody says otherwise. */
    static boolean isEverybodyVoting(ClusterView view) {
        Set<String> everybody = view.dataCenters().stream()
                .flatMap(dataCenter -> dataCenter.nodes().stream())
                .map(NodeView::name)
                .collect(Collectors.toSet());
        return view.epochs().values().stream()
                .allMatch(epoch -> epoch.status().epoch().voters().equals(everybody));
    }

    private static String leader(EpochView view) {
        boolean isDecided = view.status().heeded();
        return view.status()
                .epoch()
                .leader()
                .filter(node -> isDecided)
                .map(NodeId::node)
                .orElse("nobody");
    }

    private static String which(SortedSet<Integer> partitions, ClusterView view) {
        return partitions.size() == view.epochs().size() ? "" : " the partitions " + partitions;
    }

    @Command(
            name = "leader",
            description =
                    "Shows who leads, or has another node lead: a planned switchover, or, where the leader is gone, a promotion.")
    static final class Leader extends ShellCommand {

        @Parameters(index = "0", paramLabel = "NODE", arity = "0..1", completionCandidates = Candidates.Nodes.class)
        private Optional<String> node = Optional.empty();

        Leader(ShellContext context) {
            super(context);
        }

        @Override
        void run() {
            node.ifPresent(name -> cluster().lead(name));
            print(text(node.map(cluster()::node)
                    .orElseGet(() -> cluster().firstLive())
                    .view()));
        }
    }

    @Command(
            name = "voters",
            description =
                    "Shows which nodes decide on leader and mode by majority, or has others decide: name all that are to, 'voters eu-1 us-1 ap-1'. Leave out"
                            + " those that are retired, so that they count for no majority any more.")
    static final class Voters extends ShellCommand {

        @Parameters(index = "0..*", paramLabel = "NODE", arity = "0..*", completionCandidates = Candidates.Nodes.class)
        private List<String> nodes = List.of();

        Voters(ShellContext context) {
            super(context);
        }

        @Override
        void run() {
            if (!nodes.isEmpty()) {
                cluster().voters(new TreeSet<>(nodes));
            }
            print(voters(cluster().firstLive().view()));
        }
    }

    @Command(
            name = "mode",
            description =
                    "Shows who may originate writes, or changes it while clients go on: 'mode multi-leader', 'leaderless', or"
                            + " 'single-leader', which may name its acknowledgement (async, semi-sync 2, semi-sync 2 degrade-after 500ms, sync, chain) and its failover"
                            + " (automatic, manual).")
    static final class Mode extends ShellCommand {

        @Parameters(
                index = "0..*",
                paramLabel = "NAME [ACKNOWLEDGEMENT] [FAILOVER]",
                arity = "0..*",
                hideParamSyntax = true,
                completionCandidates = Names.class)
        private List<String> words = List.of();

        Mode(ShellContext context) {
            super(context);
        }

        @Override
        void run() {
            DemoCluster demo = cluster();
            if (!words.isEmpty()) {
                demo.mode(mode(demo.modes()));
            }
            print(text(demo.firstLive().view()));
        }

        private ReplicationMode mode(ModeSettings configured) {
            List<String> terms = new ArrayList<>(words.subList(1, words.size()));
            Optional<String> failover =
                    terms.stream().filter(FAILOVERS::contains).findFirst();
            failover.ifPresent(terms::remove);
            Optional<String> acknowledgement =
                    terms.isEmpty() ? Optional.empty() : Optional.of(String.join(" ", terms));
            try {
                return ModeText.mode(words.get(0), acknowledgement, failover, configured);
            } catch (IllegalArgumentException unfit) {
                throw new MisuseException("mode " + String.join(" ", words) + ": " + unfit.getMessage());
            }
        }
    }

    /** The names of modes, for the Tab key. */
    static final class Names implements Iterable<String> {
        @Override
        public Iterator<String> iterator() {
            return ModeSettings.NAMES.iterator();
        }
    }
}
