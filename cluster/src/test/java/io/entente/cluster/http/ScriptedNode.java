package io.entente.cluster.http;

import io.entente.cluster.clock.ClockReport;
import io.entente.cluster.clock.Skew;
import io.entente.cluster.health.HealthReason;
import io.entente.cluster.membership.AgreedTopology;
import io.entente.cluster.membership.ClusterView;
import io.entente.cluster.membership.ClusterView.DataCenterView;
import io.entente.cluster.membership.ClusterView.LinkState;
import io.entente.cluster.membership.ClusterView.LinkView;
import io.entente.cluster.membership.ClusterView.NodeView;
import io.entente.cluster.membership.ClusterView.Role;
import io.entente.cluster.membership.NodePort;
import io.entente.cluster.membership.ResolverAgreement;
import io.entente.conflict.version.Origin;
import io.entente.conflict.version.VersionVector;
import io.entente.core.message.NodeId;
import io.entente.core.replica.SnapshotProgress;
import io.entente.core.store.StoreException;
import io.entente.core.store.directory.Backup;
import io.entente.core.topology.PlanCheck;
import io.entente.core.topology.TopologyPlan;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;

/** A node that says what a test told it to say, and remembers which links were set. */
final class ScriptedNode implements NodePort {

    static final Origin ORIGIN = new Origin("eu", "eu-1", 1_000, 42);

    private static final ClockReport CLOCKS = new ClockReport(
            new NodeId("eu", "eu-1"),
            1_000,
            -4,
            ClockReport.Verdict.RIGHT,
            new TreeMap<>(Map.of(new NodeId("us", "us-1"), new Skew(4, 81))));

    /** The links set so far, such as {@code eu->us cut}. */
    final List<String> links = new CopyOnWriteArrayList<>();

    volatile boolean faultInjection = true;
    volatile AgreedTopology topology = new AgreedTopology(0, "eu-1", TopologyPlan.allToAll());
    volatile SortedMap<Integer, ClusterView.EpochView> epochs = new TreeMap<>();
    volatile List<String> obstacles = List.of();
    volatile List<String> failures = List.of();
    volatile List<String> remarks = List.of();
    volatile SortedSet<HealthReason> reasons = new TreeSet<>();

    /** A backup that pretends to be made, in the place of the node's. */
    Backup backup(Path target, long wallMillis) {
        if (target.endsWith("taken")) {
            throw new IllegalArgumentException("there is something at " + target + " already: name another directory");
        }
        if (target.endsWith("full")) {
            throw new StoreException("the backup could not be made: there is no room", false);
        }
        return new Backup(target, "eu-1", 7, 3, 100);
    }

    @Override
    public CompletionStage<ClusterView> view() {
        List<NodeView> eu = List.of(
                new NodeView("eu-1", Role.LEADER, true, new TreeSet<>(Set.of(0, 1)), new TreeSet<>(Set.of(0, 1))),
                new NodeView("eu-2", Role.FOLLOWER, false, new TreeSet<>(), new TreeSet<>(Set.of(1))));
        List<LinkView> seen = new ArrayList<>();
        seen.add(new LinkView("eu", "us", LinkState.CATCHING_UP, 17, Optional.of(250L)));
        seen.add(new LinkView("us", "eu", LinkState.DOWN, 0, Optional.empty()));
        return CompletableFuture.completedFuture(new ClusterView(
                "eu-1",
                "multi-leader",
                3,
                List.of(new DataCenterView("eu", eu)),
                seen,
                Map.of(0, VersionVector.of(ORIGIN, 12)),
                Set.of("ap-1"),
                new TreeMap<>(Map.of("ap-1", new TreeSet<>(Set.of("us-1")))),
                Set.of("sa-1"),
                topology,
                Optional.of(CLOCKS),
                List.of(new ResolverAgreement.View(
                        "carts",
                        "cart-merge@2",
                        Optional.empty(),
                        new TreeMap<>(Map.of(new NodeId("us", "us-1"), "cart-merge@1")))),
                new TreeMap<>(Map.of(
                        1,
                        new SnapshotProgress(
                                Optional.of(new NodeId("us", "us-1")),
                                300,
                                1_000,
                                15,
                                100,
                                Optional.of(Duration.ofSeconds(17))))),
                new ClusterView.CopiesView(Duration.ofMillis(250), new TreeMap<>(Map.of("eu-2", 14L))),
                epochs));
    }

    @Override
    public CompletionStage<AgreedTopology> topology(TopologyPlan plan) {
        PlanCheck.objection(plan, Set.of("eu", "us", "ap")).ifPresent(objection -> {
            throw new IllegalArgumentException(objection);
        });
        topology = new AgreedTopology(topology.change() + 1, "eu-1", plan);
        return CompletableFuture.completedFuture(topology);
    }

    @Override
    public boolean faultInjection() {
        return faultInjection;
    }

    @Override
    public void link(String from, String to, boolean cut) {
        if (!faultInjection) {
            throw new IllegalStateException("fault injection is off: set entente.fault-injection = on");
        }
        if (!Set.of("eu", "us").containsAll(Set.of(from, to))) {
            throw new IllegalArgumentException("there is no data center '" + to + "': the data centers are eu, us");
        }
        links.add(from + "->" + to + (cut ? " cut" : " up"));
    }

    @Override
    public List<String> obstacles() {
        return obstacles;
    }

    @Override
    public List<String> remarks() {
        return remarks;
    }

    @Override
    public List<String> failures() {
        return failures;
    }

    @Override
    public SortedSet<HealthReason> reasons() {
        return reasons;
    }
}
