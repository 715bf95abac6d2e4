package io.entente.cluster.membership;

import akka.actor.typed.ActorRef;
import io.entente.cluster.clock.ClockReport;
import io.entente.cluster.health.HealthNote;
import io.entente.cluster.health.HealthReason;
import io.entente.cluster.replica.Partitions;
import io.entente.core.message.NodeId;
import io.entente.core.message.ReplicationMode;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.ConcurrentSkipListSet;

/** What the surfaces of a node may see of its state. Thread-safe; written by the node's actor. */
public final class NodeState {

    /** How many failures are remembered. */
    private static final int MOST_NOTES = 256;

    private volatile boolean member;
    private volatile boolean stopping;
    private volatile boolean acquainted;
    private volatile Optional<String> cluster = Optional.empty();
    private final Map<String, HealthReason> failures = new ConcurrentSkipListMap<>();
    private volatile SortedMap<Integer, ActorRef<Object>> replicas = Collections.emptySortedMap();
    private final Map<Integer, NodeId> leaders = new ConcurrentHashMap<>();
    private final Set<Integer> led = new ConcurrentSkipListSet<>();
    private final Set<Integer> leaderless = new ConcurrentSkipListSet<>();
    private final Set<Integer> caughtUp = new ConcurrentSkipListSet<>();
    private final Set<Integer> degraded = new ConcurrentSkipListSet<>();
    private volatile Optional<String> http = Optional.empty();
    private volatile List<HealthNote> catchingUp = List.of();
    private final Strangers met = new Strangers();
    private final Map<String, Boolean> reachable = new ConcurrentHashMap<>();
    private volatile Optional<ClockReport> clock = Optional.empty();
    private volatile Optional<String> disk = Optional.empty();
    private volatile Optional<String> damage = Optional.empty();
    private final Map<Integer, ReplicationMode> inForce = new ConcurrentHashMap<>();
    private final ResolverAgreement resolvers;
    private final ModeAgreement modes;

    /**
     * @param resolvers whether conflicts are resolved alike
     * @param modes whether all are configured with the same mode
     */
    public NodeState(ResolverAgreement resolvers, ModeAgreement modes) {
        this.resolvers = resolvers;
        this.modes = modes;
    }

    /** Whether the nodes of the cluster are configured with the same mode. */
    ModeAgreement modes() {
        return modes;
    }

    /** The mode of a partition that this node holds, or else of the first one that it holds: it is changed for all of them. Empty until its replica knows who leads. */
    public Optional<ReplicationMode> modeOf(int partition) {
        return Optional.ofNullable(inForce.get(partition))
                .or(() -> inForce.values().stream().findFirst());
    }

    /**
     * Whether of some partition that this node holds any copy takes writes; while the mode changes, as soon as of one. Empty until a replica knows the mode.
     */
    public Optional<Boolean> isLeaderless() {
        return inForce.isEmpty() ? Optional.empty() : Optional.of(!leaderless.isEmpty());
    }

    /** The cluster's mode by its name, as this node's first partition has it. */
    Optional<String> modeInForce() {
        return replicas.isEmpty()
                ? Optional.empty()
                : modeOf(replicas.firstKey()).map(ReplicationMode::toString);
    }

    /** Whether the nodes of the cluster resolve conflicts alike. */
    ResolverAgreement resolvers() {
        return resolvers;
    }

    /** The replicas that this node holds, by partition; empty until they run. */
    public SortedMap<Integer, ActorRef<Object>> replicas() {
        return replicas;
    }

    /** Who leads a partition in this data center, as its replica at this node sees it; empty while it knows none. */
    Optional<NodeId> leaderOf(int partition) {
        return Optional.ofNullable(leaders.get(partition));
    }

    /** The partitions that a node leads, of those that this node holds. */
    Partitions ledBy(NodeId node) {
        SortedSet<Integer> led = new TreeSet<>();
        leaders.forEach((partition, leader) -> {
            if (leader.equals(node)) {
                led.add(partition);
            }
        });
        return new Partitions(led);
    }

    /** The replica of a partition sees another leader than before, or none, or another mode. */
    public void leader(int partition, Optional<NodeId> leader, ReplicationMode mode) {
        leader.ifPresentOrElse(node -> leaders.put(partition, node), () -> leaders.remove(partition));
        note(leaderless, partition, mode.isLeaderless());
        note(led, partition, mode.isSingleLeader());
        inForce.put(partition, mode);
    }

    private static void note(Set<Integer> partitions, int partition, boolean is) {
        if (is) {
            partitions.add(partition);
        } else {
            partitions.remove(partition);
        }
    }

    /** Whether some partition that this node holds has one leader for all data centers. */
    public boolean hasSingleLeaders() {
        return !led.isEmpty();
    }

    /** Whether that partition, which this node holds, has one leader for all data centers. */
    public boolean hasSingleLeader(int partition) {
        return led.contains(partition);
    }

    /** The replica of a partition has caught up with the others, or is behind them. */
    public void caughtUp(int partition, boolean is) {
        note(caughtUp, partition, is);
    }

    /** The replica of a partition, its leader, acknowledges writes that too few followers have, or no longer does. */
    public void degraded(int partition, boolean is) {
        note(degraded, partition, is);
    }

    /** The partitions whose last write was acknowledged here although too few followers had it. */
    SortedSet<Integer> degraded() {
        return new TreeSet<>(degraded);
    }

    /** The partitions that this node holds and whose replica here is behind the others: who can, reads elsewhere. */
    Partitions behind() {
        SortedSet<Integer> behind = new TreeSet<>(replicas.keySet());
        behind.removeAll(caughtUp);
        return new Partitions(behind);
    }

    /** Whether this node's replica of a partition has caught up with the others. */
    boolean hasCaughtUp(int partition) {
        return caughtUp.contains(partition);
    }

    /** Where the node serves HTTP, as {@code http://host:port}, once it does. */
    public Optional<String> http() {
        return http;
    }

    /** The node serves HTTP there. */
    public void http(String url) {
        http = Optional.of(url);
    }

    /** The cluster's identifier, once known. */
    public Optional<String> cluster() {
        return cluster;
    }

    /** What is known of clocks; empty until the node has begun. */
    public Optional<ClockReport> clock() {
        return clock;
    }

    void clock(ClockReport report) {
        clock = Optional.of(report);
    }

    /** Why the node's disk keeps it from taking writes, a full sentence; empty when it doesn't. */
    public Optional<String> disk() {
        return disk;
    }

    /** The disk keeps the node from taking writes, or doesn't any more. */
    public void disk(Optional<String> why) {
        disk = why;
    }

    /** What on the node's disk can't be read, and what to do about it; empty while all can. */
    public Optional<String> damage() {
        return damage;
    }

    /** Something on the node's disk can't be read; full sentences. */
    public void damaged(String what) {
        damage = Optional.of(what);
    }

    /** Nodes that can't be talked to, and why, one sentence each. */
    public List<String> strangers() {
        return met.sentences();
    }

    /** Why seeds of this node can't be its peers, one sentence each. */
    public List<String> refusals() {
        return met.refusals();
    }

    /** The partitions that this node holds and nobody leads in its data center, as far as it knows. Without its single leader a partition is still read here. */
    SortedSet<Integer> withoutLeader() {
        SortedSet<Integer> without = new TreeSet<>(replicas.keySet());
        without.removeAll(leaders.keySet());
        without.removeAll(led);
        return without;
    }

    /** Why the node is not alive. */
    List<HealthNote> failureNotes() {
        return failures.entrySet().stream()
                .map(failure -> new HealthNote(failure.getValue(), failure.getKey()))
                .toList();
    }

    /** Something failed that only a new start mends; a full sentence. Whether that is news. */
    public boolean failed(HealthReason reason, String why) {
        return failures.size() < MOST_NOTES && failures.putIfAbsent(why, reason) == null;
    }

    /** The node has ended: there is nothing left to ask. */
    public void ended() {
        stopping = true;
        replicas = Collections.emptySortedMap();
    }

    void member(boolean is) {
        member = is;
    }

    boolean isMember() {
        return member;
    }

    /** The node is about to stop. */
    public void stopping() {
        stopping = true;
    }

    /** Whether the node is about to stop, or has. */
    public boolean isStopping() {
        return stopping;
    }

    void cluster(String id) {
        cluster = Optional.of(id);
    }

    void replicas(SortedMap<Integer, ActorRef<Object>> all) {
        replicas = Collections.unmodifiableSortedMap(new TreeMap<>(all));
    }

    /** Whether all replicas that this node holds may write, as far as it has looked. */
    public boolean hasCaughtUp() {
        return catchingUp.isEmpty();
    }

    void catchingUp(List<HealthNote> why) {
        catchingUp = List.copyOf(why);
    }

    /** What keeps replicas that this node holds from writing. */
    List<HealthNote> catchingUp() {
        return catchingUp;
    }

    /** Who was met and isn't listened to. */
    Strangers met() {
        return met;
    }

    /** A node of the cluster has greeted this one, or there is no other. */
    void acquainted() {
        acquainted = true;
    }

    /** Whether one has, or there is no other. */
    boolean isAcquainted() {
        return acquainted;
    }

    void reachable(String address, boolean is) {
        reachable.put(address, is);
    }

    /** Whether Akka's failure detectors consider the address reachable. */
    boolean isReachable(String address) {
        return reachable.getOrDefault(address, true);
    }
}
