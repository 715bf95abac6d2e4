package io.entente.samples.demo.shell;

import io.entente.cluster.clock.ClockReport;
import io.entente.cluster.membership.ClusterView;
import io.entente.cluster.membership.ClusterView.LinkView;
import io.entente.samples.demo.cluster.DemoCluster;
import io.entente.samples.demo.cluster.DemoNode;
import io.entente.samples.demo.cluster.Lag;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
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
        Map<String, ClusterView> views = new LinkedHashMap<>();
        cluster.liveNodes().forEach(node -> views.put(node.name(), node.view()));
        nodes(cluster, views);
        context.out().println();
        links(cluster, views);
        context.out().println();
        topology(views);
        retired(views);
        mode(views);
        remarks(cluster);
    }

    /** One line, unless some nodes have not heard of a change yet. */
    private void topology(Map<String, ClusterView> views) {
        Set<String> lines = new LinkedHashSet<>();
        views.values().forEach(view -> lines.add(TopologyCommand.text(view.topology())));
        lines.forEach(context.out()::println);
    }

    /** Who is let go, and what that waits for. */
    private void retired(Map<String, ClusterView> views) {
        Set<String> lines = new LinkedHashSet<>();
        views.values().forEach(view -> {
            view.retiring()
                    .forEach((node, waitsFor) -> lines.add("being retired: " + node
                            + (waitsFor.isEmpty() ? "" : ", waits for " + String.join(", ", waitsFor))));
            view.retired().forEach(node -> lines.add("retired: " + node));
        });
        lines.forEach(context.out()::println);
    }

    /** One line, unless nodes see different leaders; and how far the followers of a single leader are behind. */
    private void mode(Map<String, ClusterView> views) {
        Set<String> lines = new LinkedHashSet<>();
        views.values().forEach(view -> lines.add(ModeCommands.text(view)));
        lines.forEach(context.out()::println);
        Map<String, Long> lags = new TreeMap<>();
        views.forEach((leader, view) -> view.epochs().values().stream()
                .flatMap(epoch -> epoch.followers().stream())
                .forEach(follower ->
                        lags.merge(follower.name() + " follows " + leader, follower.lagEntries(), Long::sum)));
        lags.forEach(
                (who, lag) -> context.out().println(who + ", " + lag + (lag == 1 ? " write" : " writes") + " behind"));
    }

    /** What nodes say is to be looked at; mostly nothing. */
    private void remarks(DemoCluster cluster) {
        for (DemoNode node : cluster.liveNodes()) {
            node.require().node().remarks().forEach(remark -> context.out().println(node.name() + ": " + remark));
        }
    }

    private void nodes(DemoCluster cluster, Map<String, ClusterView> views) {
        Lag lag = cluster.lag();
        Table table = new Table(context, "node", "data center", "state", "leads", "writes", "lacks", "clock", "http");
        for (DemoNode node : cluster.nodes()) {
            ClusterView view = views.get(node.name());
            if (view == null) {
                table.row(node.name(), node.dataCenter(), "killed", "-", "-", "-", "-", "-");
            } else {
                String state = node.obstacles().isEmpty() ? "ready" : String.join("; ", node.obstacles());
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
        table.print();
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
    private void links(DemoCluster cluster, Map<String, ClusterView> views) {
        Table table = new Table(context, "link", "state", "lag");
        for (String from : DemoCluster.DATA_CENTERS) {
            for (String to : DemoCluster.DATA_CENTERS) {
                ClusterView view = views.get(cluster.in(from).name());
                if (view != null && !from.equals(to) && cluster.in(to).isLive()) {
                    link(table, from, to, view);
                } else if (!from.equals(to)) {
                    table.row(name(from, to), "down", "-");
                }
            }
        }
        table.print();
    }

    private static void link(Table table, String from, String to, ClusterView view) {
        for (LinkView link : view.links()) {
            if (link.from().equals(from) && link.to().equals(to)) {
                String state = link.state().name().toLowerCase(Locale.ROOT).replace('_', '-');
                table.row(name(from, to), state, lag(link));
            }
        }
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
