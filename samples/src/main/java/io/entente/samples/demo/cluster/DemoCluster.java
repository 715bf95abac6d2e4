package io.entente.samples.demo.cluster;

import io.entente.cluster.membership.AgreedTopology;
import io.entente.cluster.membership.ClusterView.LinkState;
import io.entente.cluster.settings.ModeSettings;
import io.entente.core.message.ReplicationMode;
import io.entente.core.topology.TopologyPlan;
import io.entente.samples.terminal.FailureException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/**
 * Three data centers with one node each, or several, in this process.
 *
 * <p>Everything but {@link #close()} is confined to one thread, the shell's.
 */
public final class DemoCluster implements AutoCloseable {

    /** The data centers, in the order of their ports. */
    public static final List<String> DATA_CENTERS = List.of("eu", "us", "ap");

    private static final Duration START_PATIENCE = Duration.ofMinutes(2);
    private static final Duration CUT_PATIENCE = Duration.ofSeconds(10);
    private static final Duration SPREAD_PATIENCE = Duration.ofSeconds(2);

    private final DemoSettings settings;
    private final DemoDirectory directory;
    private final DemoPorts ports;
    private final Map<String, DemoNode> nodes = new LinkedHashMap<>();
    private final Cuts cuts = new Cuts();
    private final Sessions sessions = new Sessions();
    private final Map<String, StickyClient> clients = new LinkedHashMap<>();

    /** A cluster in that directory, not started yet; its directory is left to the caller. */
    public DemoCluster(DemoSettings settings, DemoDirectory directory) {
        this.settings = settings;
        this.directory = directory;
        settings.nodes().forEach(identity -> nodes.put(identity.name(), new DemoNode(identity)));
        this.ports = directory.ports(names());
    }

    /** The nodes' names, in the order of their ports. */
    public List<String> names() {
        return List.copyOf(nodes.keySet());
    }

    /**
     * Starts all nodes and waits until each is ready and hears the others.
     *
     * @throws FailureException when one can't be started, or is not ready in time
     */
    public void start(Progress progress) {
        launch(nodes(), firstContacts());
        List<DemoNode> waiting = new ArrayList<>(nodes());
        boolean formed = Waiting.until(START_PATIENCE, () -> {
            waiting.removeIf(node -> {
                boolean ready = node.obstacles().isEmpty() && hearsOthers(node);
                if (ready) {
                    progress.reached("node " + node.name() + " is ready");
                }
                return ready;
            });
            return waiting.isEmpty();
        });
        if (!formed) {
            throw notReady(waiting);
        }
    }

    /** All nodes. */
    public List<DemoNode> nodes() {
        return List.copyOf(nodes.values());
    }

    /** The nodes that run. */
    public List<DemoNode> liveNodes() {
        return nodes.values().stream().filter(DemoNode::isLive).toList();
    }

    /**
     * The first node that runs.
     *
     * @throws FailureException when none does
     */
    public DemoNode firstLive() {
        return liveNodes().stream()
                .findFirst()
                .orElseThrow(() -> new FailureException("no node runs: start one first"));
    }

    /**
     * The node of that name.
     *
     * @throws FailureException when there is none
     */
    public DemoNode node(String name) {
        DemoNode node = nodes.get(name);
        if (node == null) {
            throw new FailureException("there is no node '" + name + "': name one of " + String.join(", ", names()));
        }
        return node;
    }

    /**
     * A node of a data center: the first that runs. A client's name stands for the data center it is at.
     *
     * @throws FailureException when there is no such data center
     */
    public DemoNode in(String place) {
        StickyClient client = clients.get(place);
        String dataCenter = client == null ? place : client.dataCenter(this::isReady);
        indexOf(dataCenter);
        List<DemoNode> there = nodesIn(dataCenter);
        return there.stream().filter(DemoNode::isLive).findFirst().orElse(there.get(0));
    }

    private List<DemoNode> nodesIn(String dataCenter) {
        return nodes.values().stream()
                .filter(node -> node.dataCenter().equals(dataCenter))
                .toList();
    }

    private boolean isReady(String dataCenter) {
        return nodesIn(dataCenter).stream().anyMatch(node -> node.obstacles().isEmpty());
    }

    /**
     * Has a client's name stand for the data center it is at.
     *
     * @throws FailureException when it is the name of a data center, or names one that isn't there
     */
    public void client(StickyClient client) {
        if (DATA_CENTERS.contains(client.name())) {
            throw new FailureException("'" + client.name() + "' is a data center: give the client a name that is none");
        }
        client.dataCenters().forEach(DemoCluster::indexOf);
        clients.put(client.name(), client);
    }

    /** What the shell has seen, by data center. */
    public Sessions sessions() {
        return sessions;
    }

    /** Cuts the link between two data centers, both ways. */
    public void cut(String a, String b) {
        requireTwo(a, b);
        cuts.add(a, b);
        applyCuts();
    }

    /** Cuts a data center off from all others. */
    public void isolate(String dataCenter) {
        indexOf(dataCenter);
        DATA_CENTERS.stream().filter(other -> !other.equals(dataCenter)).forEach(other -> cuts.add(dataCenter, other));
        applyCuts();
    }

    /** Heals the link between two data centers, both ways. */
    public void heal(String a, String b) {
        requireTwo(a, b);
        cuts.remove(a, b);
        applyCuts();
    }

    /** Heals all links. */
    public void healAll() {
        cuts.clear();
        applyCuts();
    }

    /** Ends a node as SIGKILL would; returns when it has ended. */
    public void kill(String name) {
        DemoNode node = node(name);
        node.require();
        node.halt();
        sessions.forget(node.dataCenter()); // what only that node had can't be read now
    }

    /** Deletes the data of a node that doesn't run, as if its disk were lost. */
    public void wipe(String name) {
        if (node(name).isLive()) {
            throw new FailureException("node " + name + " runs: kill it first, then wipe its data");
        }
        directory.wipe(name);
        sessions.forgetWritesOf(name);
    }

    /** Puts a copy of a backup in the place of the data of a node that doesn't run; it next starts as restored. */
    public void restore(String name, Path backup) {
        if (node(name).isLive()) {
            throw new FailureException("node " + name + " runs: kill it first, then restore its data");
        }
        directory.restore(name, backup);
        sessions.forgetWritesOf(name);
        node(name).startsAsRestored();
    }

    /**
     * Starts nodes that don't run, and waits until they are ready. When too few nodes run for any of them to become ready, it does
     * not wait.
     *
     * @param names which
     * @param progress is told how far they are with snapshots that they join
     * @return the nodes that have to be started too before these can be ready; empty when they are
     */
    public List<String> start(List<String> names, Progress progress) {
        List<DemoNode> started = names.stream().map(this::node).toList();
        for (DemoNode node : started) {
            if (node.isLive()) {
                throw new FailureException("node " + node.name() + " runs already");
            }
        }
        boolean clusterIsUp =
                liveNodes().stream().anyMatch(node -> node.obstacles().isEmpty());
        launch(started, laterContacts());
        List<String> missing =
                names().stream().filter(name -> !node(name).isLive()).toList();
        if (!clusterIsUp && !missing.isEmpty()) {
            return missing;
        }
        awaitReady(clusterIsUp ? started : nodes(), progress);
        applyCuts();
        return List.of();
    }

    /** How far the live nodes are apart. */
    public Lag lag() {
        return Lag.among(liveNodes());
    }

    /**
     * Links the data centers in another way; returns when all live nodes do.
     *
     * @throws FailureException when the plan doesn't fit, or a node doesn't hear of it in time
     */
    public void relink(TopologyPlan plan) {
        AgreedTopology changed = firstLive().relink(plan);
        if (!Waiting.until(
                CUT_PATIENCE,
                () -> liveNodes().stream()
                        .allMatch(node -> node.view().topology().equals(changed)))) {
            throw new FailureException("not all nodes have heard of the topology yet: look at 'status'");
        }
    }

    /** Whether it has the maps that stories are about, beside those that every demo has. */
    public boolean hasStoriesMaps() {
        return settings.hasStoriesMaps();
    }

    /** What the modes mean where nobody says otherwise. */
    public ModeSettings modes() {
        return settings.base().replication().mode();
    }

    /**
     * Has a node lead, where there is to be a single leader; returns when it does, and has waited for the others to have heard of it.
     *
     * @throws FailureException when it can't, or too few voters agree in time
     */
    public void lead(String name) {
        DemoNode node = node(name);
        node.require();
        node.lead();
        spread();
    }

    /**
     * Has the partitions written to under another mode; of one with a single leader the first live node leads. Returns when it is so, and has
     * waited for the others to have heard of it.
     *
     * @throws FailureException when too few voters agree in time
     */
    public void mode(ReplicationMode mode) {
        firstLive().mode(mode);
        spread();
    }

    /**
     * Has those nodes vote on leader and mode, and no others; returns when it is so, and has waited for the others to have heard of it.
     *
     * @throws FailureException when it can't, or too few voters agree in time
     */
    public void voters(Set<String> names) {
        names.forEach(this::node);
        firstLive().voters(names);
        spread();
    }

    /** Whoever is cut off can't hear of it: then there is nothing to wait for. */
    private void spread() {
        var unused = Waiting.until(
                SPREAD_PATIENCE,
                () -> liveNodes().stream().map(Leaders::seenBy).distinct().count() <= 1);
    }

    /**
     * Waits until all live nodes have equal vectors, and a live one leads each partition of its data center.
     *
     * @param dataCenters those of which the nodes count; none for all
     * @throws FailureException when they don't in time; says who lags
     */
    public void awaitEqual(Duration patience, List<String> dataCenters) {
        dataCenters.forEach(DemoCluster::indexOf);
        Supplier<List<DemoNode>> counted = () -> liveNodes().stream()
                .filter(node -> dataCenters.isEmpty() || dataCenters.contains(node.dataCenter()))
                .toList();
        new Convergence(counted).await(patience, cuts.reminder());
    }

    /** Ends all nodes: in good order when their data is kept, at once when it is deleted anyway. Thread-safe. */
    @Override
    public void close() {
        InParallel.each(nodes(), directory.isTemporary() ? DemoNode::discard : DemoNode::close);
    }

    private void launch(List<DemoNode> started, List<String> contacts) {
        InParallel.each(started, node -> {
            List<String> ordered = new ArrayList<>(contacts);
            if (contacts.size() > 1 && ordered.remove(node.name())) {
                ordered.add(node.name());
            }
            node.launch(settings.of(node.identity(), ports, ordered, directory));
        });
    }

    /** The first node founds the cluster, unless one is remembered in a directory: then nobody may found another. */
    private List<String> firstContacts() {
        boolean remembered = names().stream().anyMatch(name -> Files.exists(directory.node(name)));
        return remembered ? laterContacts() : names().subList(0, 1);
    }

    /** Everybody; each node itself last. */
    private List<String> laterContacts() {
        return names();
    }

    private void awaitReady(List<DemoNode> awaited, Progress progress) {
        Predicate<DemoNode> ready = node -> node.obstacles().isEmpty() && knowsOthers(node);
        if (!new Readiness(START_PATIENCE, progress).await(awaited, ready)) {
            throw notReady(awaited.stream().filter(ready.negate()).toList());
        }
    }

    private static FailureException notReady(List<DemoNode> nodes) {
        return new FailureException("not ready after " + START_PATIENCE.toSeconds() + " s: "
                + nodes.stream()
                        .map(node -> node.name() + " (" + String.join("; ", node.obstacles()) + ")")
                        .collect(Collectors.joining(", ")));
    }

    /** Whether a node knows all others that run; those that don't are news to it when they start. */
    private boolean knowsOthers(DemoNode node) {
        Set<String> known = node.knownDataCenters();
        return liveNodes().stream().allMatch(other -> known.contains(other.dataCenter()));
    }

    private boolean hearsOthers(DemoNode node) {
        return knowsOthers(node) && node.view().links().stream().noneMatch(link -> link.state() == LinkState.DOWN);
    }

    private void applyCuts() {
        for (DemoNode node : liveNodes()) {
            if (!Waiting.until(CUT_PATIENCE, () -> knowsOthers(node))) {
                throw new FailureException(
                        "node " + node.name() + " does not know the others' data centers yet: try again");
            }
            cuts.applyTo(node);
        }
    }

    private static void requireTwo(String a, String b) {
        indexOf(a);
        indexOf(b);
        if (a.equals(b)) {
            throw new FailureException("'" + a + "' twice is no link: name two data centers");
        }
    }

    private static int indexOf(String dataCenter) {
        int index = DATA_CENTERS.indexOf(dataCenter);
        if (index < 0) {
            throw new FailureException(
                    "there is no data center '" + dataCenter + "': name one of " + String.join(", ", DATA_CENTERS));
        }
        return index;
    }
}
