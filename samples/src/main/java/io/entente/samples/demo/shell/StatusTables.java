package io.entente.samples.demo.shell;

import io.entente.cluster.membership.ClusterView;
import io.entente.cluster.membership.ClusterView.LinkView;
import io.entente.samples.demo.cluster.DemoCluster;
import io.entente.samples.demo.cluster.DemoNode;
import io.entente.samples.demo.cluster.Lag;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

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
    }

    private void nodes(DemoCluster cluster, Map<String, ClusterView> views) {
        Lag lag = cluster.lag();
        Table table = new Table(context, "node", "data center", "state", "writes", "lacks", "http");
        for (DemoNode node : cluster.nodes()) {
            ClusterView view = views.get(node.name());
            if (view == null) {
                table.row(node.name(), node.dataCenter(), "killed", "-", "-", "-");
            } else {
                String state = node.obstacles().isEmpty() ? "ready" : String.join("; ", node.obstacles());
                table.row(node.name(), node.dataCenter(), state, writes(view), lag.of(node.name()), node.url());
            }
        }
        table.print();
    }

    private static String writes(ClusterView view) {
        return Long.toString(view.vectors().values().stream()
                .mapToLong(vector -> vector.total())
                .sum());
    }

    private void links(DemoCluster cluster, Map<String, ClusterView> views) {
        Table table = new Table(context, "link", "state", "lag");
        for (DemoNode from : cluster.nodes()) {
            ClusterView view = views.get(from.name());
            for (DemoNode to : cluster.nodes()) {
                if (from != to) {
                    link(table, from.dataCenter(), to.dataCenter(), view == null ? views.get(to.name()) : view);
                }
            }
        }
        table.print();
    }

    /** As the sender sees it, or the receiver when the sender doesn't run. */
    private static void link(Table table, String from, String to, @org.jspecify.annotations.Nullable ClusterView view) {
        String name = from + " -> " + to;
        if (view != null) {
            for (LinkView link : view.links()) {
                if (link.from().equals(from) && link.to().equals(to)) {
                    table.row(name, link.state().name().toLowerCase(Locale.ROOT).replace('_', '-'), lag(link));
                    return;
                }
            }
        }
        table.row(name, "down", "-");
    }

    private static String lag(LinkView link) {
        String entries = link.lagEntries() + (link.lagEntries() == 1 ? " write" : " writes");
        return link.lagMillis()
                .map(millis -> entries + ", the oldest " + millis + " ms")
                .orElse(entries);
    }
}
