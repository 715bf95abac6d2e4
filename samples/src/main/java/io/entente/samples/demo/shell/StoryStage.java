package io.entente.samples.demo.shell;

import io.entente.cluster.map.ReadOptions;
import io.entente.cluster.map.Resolved;
import io.entente.cluster.map.StoredMap;
import io.entente.cluster.map.WriteOptions;
import io.entente.cluster.membership.ClusterView;
import io.entente.cluster.membership.ClusterView.LinkState;
import io.entente.core.message.ReplicationMode;
import io.entente.core.topology.PlanText;
import io.entente.core.topology.TopologyPlan;
import io.entente.samples.demo.cluster.DemoCluster;
import io.entente.samples.demo.cluster.DemoNode;
import io.entente.samples.demo.story.Stories;
import io.entente.samples.demo.story.Story;
import io.entente.samples.terminal.FailureException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** What a story finds when it begins, and what the next one finds: the same. Confined to the shell's thread. */
final class StoryStage {

    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final String PLAIN_MODE = ReplicationMode.multiLeader().toString();

    private final DemoCluster cluster;

    StoryStage(DemoCluster cluster) {
        this.cluster = cluster;
    }

    /**
     * Checks that a story can be told here and now.
     *
     * @throws FailureException when not; says what to do
     */
    void require(Story story) {
        int nodes = cluster.nodes().size() / DemoCluster.DATA_CENTERS.size();
        boolean hasMaps =
                story.configuration().isEmpty() || (Stories.needsMapsAlone(story) && cluster.hasStoriesMaps());
        if (story.nodesPerDataCenter() != nodes || !hasMaps) {
            throw new FailureException("the story " + story.name() + " needs a demo of its own: " + story.command());
        }
        List<String> dead = dead();
        if (!dead.isEmpty()) {
            throw new FailureException("a story begins with all nodes: 'start " + String.join(" ", dead) + "' first");
        }
        ClusterView view = cluster.firstLive().view();
        if (!view.mode().equals(PLAIN_MODE)) {
            throw new FailureException("a story begins with a leader in each data center, and this cluster's mode is "
                    + view.mode() + ": 'mode " + PLAIN_MODE + "' first, or tell it in a demo of its own: "
                    + story.command());
        }
        if (!isPlain(view)) {
            throw new FailureException(
                    "a story begins with links between all data centers, and this cluster's topology is "
                            + PlanText.of(view.topology().plan()) + ": 'topology all-to-all' first");
        }
        if (cluster.liveNodes().stream()
                .flatMap(node -> node.view().links().stream())
                .anyMatch(link -> link.state() == LinkState.CUT)) {
            throw new FailureException("a story begins with all links: 'heal' first");
        }
    }

    /** Deletes what is there of the story's keys, such as from when it was told before; whether there was any. */
    boolean clear(Story story) {
        cluster.awaitEqual(PATIENCE, List.of());
        long deleted =
                story.keys().stream().map(KeyText::of).filter(this::delete).count();
        if (deleted > 0) {
            cluster.awaitEqual(PATIENCE, List.of());
        }
        return deleted > 0;
    }

    private boolean delete(KeyText key) {
        StoredMap map = cluster.firstLive().maps().stored(key.map());
        Resolved found =
                ShellCommand.answer(map.read(key.key(), ReadOptions.local())).resolved();
        // A deletion that wins over another version is absent, and values that merge by themselves have no versions.
        boolean isThere = !(found.content() instanceof Resolved.Absent)
                || found.versions().stream().anyMatch(version -> version.value().isPresent());
        if (isThere) {
            ShellCommand.answer(map.delete(key.key(), WriteOptions.async()));
        }
        return isThere;
    }

    /** Takes back whatever the story did to links, nodes, sessions, topology and mode. */
    void restore() {
        cluster.sessions().use(Optional.empty());
        cluster.sessions().reads(Optional.empty(), Optional.empty());
        cluster.sessions().writes(Optional.empty(), Optional.empty());
        cluster.healAll();
        List<String> dead = dead();
        if (!dead.isEmpty()) {
            cluster.start(dead, what -> {});
        }
        ClusterView view = cluster.firstLive().view();
        if (!isPlain(view)) {
            cluster.relink(TopologyPlan.allToAll());
        }
        if (!view.mode().equals(PLAIN_MODE)) {
            cluster.awaitEqual(PATIENCE, List.of());
            cluster.mode(ReplicationMode.multiLeader());
        }
    }

    private static boolean isPlain(ClusterView view) {
        return view.topology().plan().equals(TopologyPlan.allToAll());
    }

    private List<String> dead() {
        return cluster.nodes().stream()
                .filter(node -> !node.isLive())
                .map(DemoNode::name)
                .toList();
    }
}
