package io.entente.samples.demo.shell;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.entente.cluster.clock.ClockReport;
import io.entente.cluster.membership.ClusterView;
import io.entente.cluster.membership.ClusterView.LinkState;
import io.entente.cluster.membership.ClusterView.LinkView;
import io.entente.samples.demo.cluster.DemoCluster;
import io.entente.samples.demo.cluster.DemoNode;
import io.entente.samples.demo.cluster.Lag;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** What {@code status} shows. */
final class StatusTables {

    private final ShellContext context;

    StatusTables(ShellContext context) {
        this.context = context;
    }

    void print(DemoCluster cluster) {
        Map<String, ClusterView> views = views(cluster);
        nodes(cluster, views).print();
        context.out().println();
        links(cluster, views).print();
        context.out().println();
        remarks(cluster, views).forEach(context.out()::println);
        context.out().flush();
    }

    /** The same as one document: {@code nodes} and {@code links} as tables have them, and the lines below as {@code remarks}. */
    ObjectNode json(DemoCluster cluster) {
        Map<String, ClusterView> views = views(cluster);
        ObjectNode document = JsonNodeFactory.instance.objectNode();
        document.set("nodes", nodes(cluster, views).json());
        document.set("links", links(cluster, views).json());
        remarks(cluster, views).forEach(document.putArray("remarks")::add);
        return document;
    }

    private static Map<String, ClusterView> views(DemoCluster cluster) {
        Map<String, ClusterView> views = new LinkedHashMap<>();
        cluster.liveNodes().forEach(node -> views.put(node.name(), node.view()));
        return views;
    }

    private static List<String> remarks(DemoCluster cluster, Map<String, ClusterView> views) {
        List<String> lines = new ArrayList<>();
        lines.addAll(topology(views));
        lines.addAll(retired(views));
        lines.addAll(mode(views));
        lines.addAll(remarks(cluster));
        return lines;
    }

    /** One line, unless some nodes have not heard of a change yet. */
    private static Set<String> topology(Map<String, ClusterView> views) {
        Set<String> lines = new LinkedHashSet<>();
        views.values().forEach(view -> lines.add(TopologyCommand.text(view.topology())));
        return lines;
    }

    /** Who is let go, and what that waits for. */
    private static Set<String> retired(Map<String, ClusterView> views) {
        Set<String> lines = new LinkedHashSet<>();
        views.values().forEach(view -> {
            view.retiring()
                    .forEach((node, waitsFor) -> lines.add("being retired: " + node
                            + (waitsFor.isEmpty() ? "" : ", waits for " + String.join(", ", waitsFor))));
            view.retired().forEach(node -> lines.add("retired: " + node));
        });
        return lines;
    }

    /**
     * One line, unless nodes see different leaders; how far the followers of a single leader are behind; and what it has acknowledged with too
     * few of them.
     */
    private static Set<String> mode(Map<String, ClusterView> views) {
        Set<String> lines = new LinkedHashSet<>();
        views.values().forEach(view -> lines.add(ModeCommands.text(view)));
        views.values().stream()
                .filter(view -> !ModeCommands.isEverybodyVoting(view))
                .forEach(view -> lines.add(ModeCommands.voters(view)));
        Map<String, Long> lags = new TreeMap<>();
        views.forEach((leader, view) -> view.epochs().values().stream()
                .flatMap(epoch -> epoch.followers().stream())
                .forEach(follower ->
                        lags.merge(follower.name() + " follows " + leader, follower.lagEntries(), Long::sum)));
        lags.forEach((who, lag) -> lines.add(who + ", " + lag + (lag == 1 ? " write" : " writes") + " behind"));
        views.forEach((leader, view) -> {
            long degraded = view.epochs().values().stream()
                    .mapToLong(epoch -> epoch.status().degraded())
                    .sum();
            boolean isDegraded = view.epochs().values().stream()
                    .anyMatch(epoch -> epoch.status().isDegraded());
            if (degraded > 0) {
                lines.add(leader + " has acknowledged " + degraded + (degraded == 1 ? " write" : " writes")
                        + " that too few followers had" + (isDegraded ? ", the last one among them" : ""));
            }
        });
        return lines;
    }

    /** What nodes say is to be looked at; mostly nothing. */
    private static List<String> remarks(DemoCluster cluster) {
        List<String> lines = new ArrayList<>();
        for (DemoNode node : cluster.liveNodes()) {
            node.require().node().remarks().forEach(remark -> lines.add(node.name() + ": " + remark));
        }
        return lines;
    }

    private Table nodes(DemoCluster cluster, Map<String, ClusterView> views) {
        Lag lag = cluster.lag();
        Table table = new Table(context, "node", "data center", "state", "leads", "writes", "lacks", "clock", "http");
        for (DemoNode node : cluster.nodes()) {
            ClusterView view = views.get(node.name());
            if (view == null) {
                table.row(node.name(), node.dataCenter(), Mark.BAD.of("killed"), "-", "-", "-", "-", "-");
            } else {
                String state = state(node.obstacles());
                table.row(
                        node.name(),
                        node.dataCenter(),
                        state,
                        leads(view),
                        writes(view),
                        lag.of(node.name()),
                        clock(view),
                        node.url());
            }
        }
        return table;
    }

    private static String state(List<String> obstacles) {
        return obstacles.isEmpty() ? Mark.GOOD.of("ready") : Mark.PASSING.of(String.join("; ", obstacles));
    }

    /** How far a node's clock is from the median of all. */
    private static String clock(ClusterView view) {
        return view.clocks()
                .filter(clocks -> !clocks.skews().isEmpty())
                .map(clocks -> {
                    String ahead = String.format(Locale.ROOT, "%+d ms", clocks.aheadMillis());
                    return clocks.verdict() == ClockReport.Verdict.RIGHT
                            ? ahead
                            : ahead + ", " + clocks.verdict().name().toLowerCase(Locale.ROOT);
                })
                .orElse("-");
    }

    /** The partitions a node leads, of those it holds. */
    private static String leads(ClusterView view) {
        return view.dataCenters().stream()
                .flatMap(dataCenter -> dataCenter.nodes().stream())
                .filter(node -> node.name().equals(view.node()))
                .findFirst()
                .map(node -> node.leads().size() + " of " + node.holds().size())
                .orElse("-");
    }

    private static String writes(ClusterView view) {
        return Long.toString(view.vectors().values().stream()
                .mapToLong(vector -> vector.total())
                .sum());
    }

    /** Each link as its sender sees it; one with an end that doesn't run is down. */
    private Table links(DemoCluster cluster, Map<String, ClusterView> views) {
        Table table = new Table(context, "link", "state", "lag");
        for (String from : DemoCluster.DATA_CENTERS) {
            for (String to : DemoCluster.DATA_CENTERS) {
                ClusterView view = views.get(cluster.in(from).name());
                if (view != null && !from.equals(to) && cluster.in(to).isLive()) {
                    link(table, from, to, view);
                } else if (!from.equals(to)) {
                    table.row(name(from, to), Mark.BAD.of("down"), "-");
                }
            }
        }
        return table;
    }

    private static void link(Table table, String from, String to, ClusterView view) {
        for (LinkView link : view.links()) {
            if (link.from().equals(from) && link.to().equals(to)) {
                String state = link.state().name().toLowerCase(Locale.ROOT).replace('_', '-');
                table.row(name(from, to), mark(link.state()).of(state), lag(link));
            }
        }
    }

    private static Mark mark(LinkState state) {
        return switch (state) {
            case UP -> Mark.GOOD;
            case CATCHING_UP -> Mark.PASSING;
            case CUT, DOWN -> Mark.BAD;
        };
    }

    private static String name(String from, String to) {
        return from + " -> " + to;
    }

    private static String lag(LinkView link) {
        String entries = link.lagEntries() + (link.lagEntries() == 1 ? " write" : " writes");
        return link.lagMillis()
                .map(millis -> entries + ", the oldest " + millis + " ms")
                .orElse(entries);
    }
}
