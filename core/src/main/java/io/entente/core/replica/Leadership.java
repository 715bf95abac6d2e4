package io.entente.core.replica;

import io.entente.conflict.version.VersionVector;
import io.entente.core.event.Now;
import io.entente.core.message.NodeId;
import io.entente.core.message.Report;
import io.entente.core.topology.Copies;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Who leads the partition in each data center, as far as this replica can tell: the first one by rank that is live and fit. Clients'
 * writes go to the leader, the others of its data center follow it.
 *
 * <p>A replica that starts is <i>fit</i> once it has what the other copies of its data center had when it first heard them, so that
 * one that comes back doesn't take over with an old state, and doesn't make conflicts with what was written meanwhile. Where none
 * is fit the first live one leads: the whole data center has just started. Nor is fit whose clock is not to be trusted, for its node takes
 * no writes.
 *
 * <p>Nothing rests on all seeing the same: two that both lead originate under dots of their own, and what they write is replicated and
 * resolved like any two data centers' writes.
 */
final class Leadership {

    private final NodeId self;
    private final Set<String> members;
    private final Duration patience;
    private final AppliedState applied;
    private final Admission admission;
    private final Peers peers;
    private final long startedAtNanos;
    private final Map<NodeId, VersionVector> toReach = new TreeMap<>();
    private final Map<String, NodeId> leaders = new TreeMap<>();
    private final Remaining counted = new Remaining();
    private final Remaining serving = new Remaining();
    private Copies copies;
    private boolean abreast;
    private boolean inStep;
    private boolean clockTrusted = true;
    private boolean aside;

    Leadership(ReplicaSettings settings, AppliedState applied, Admission admission, Peers peers, Now now) {
        this.self = settings.self();
        this.members = settings.members();
        this.patience = settings.timing().peerTimeout();
        this.applied = applied;
        this.admission = admission;
        this.peers = peers;
        this.startedAtNanos = now.monotonicNanos();
        this.copies = Copies.of(List.of(self));
    }

    /**
     * The copies of the partition by whose number quorums are measured, this one among them: all that are not sealed off. One that is only being
     * retired has no say any more, but others may have counted it for what they acknowledged, until they are known not to do so either.
     */
    Copies copies() {
        return counted.of(copies, admission.sealedOff());
    }

    /** How many more copies there may be: members that are named, and of which this replica hasn't been told yet. */
    int unmet() {
        Set<String> names = new TreeSet<>(members);
        names.removeAll(admission.sealedOff());
        copies.nodes().forEach(node -> names.remove(node.node()));
        return names.size();
    }

    /** The copies that may lead, and that others may pull from: all that nobody is known to retire. */
    Copies serving() {
        return serving.of(copies, peers.retired());
    }

    /** All copies of the partition, those at retired nodes too, for they are to be told. */
    Copies all() {
        return copies;
    }

    /** Those among some copies that count for a quorum now: see {@link Copies#counting}. */
    SortedSet<NodeId> counting(Collection<NodeId> some, Now now) {
        return copies().counting(some, home -> !home.equals(self) && !peers.isLive(home, now));
    }

    /** Whether this replica stands in for that node where it is silent. */
    boolean standsInFor(NodeId node) {
        return copies.standIns().contains(self)
                && !copies.standIns().contains(node)
                && copies.in(self.dataCenter()).contains(node);
    }

    void copies(Copies changed) {
        copies = changed.with(self);
    }

    /** Whether this replica may take over the lead when it is its turn. */
    boolean isFit() {
        return inStep && clockTrusted && !aside;
    }

    /** Whether this node's clock is right, as far as anybody knows. */
    void trustClock(boolean yes) {
        clockTrusted = yes;
    }

    /** Leaves the lead to other copies of its data center that are fit, or takes part again. */
    void stepAside(boolean does) {
        aside = does;
    }

    /** Who leads in this replica's data center; nobody while it has just started and hears no other copy there. */
    Optional<NodeId> leader() {
        return Optional.ofNullable(leaders.get(self.dataCenter()));
    }

    /** Whether the node leads its data center. */
    boolean isLeader(NodeId node) {
        return node.equals(leaders.get(node.dataCenter()));
    }

    /** Whether another node leads in this replica's data center, and the node is that one. */
    boolean isFollowed(NodeId node) {
        return node.dataCenter().equals(self.dataCenter()) && !node.equals(self) && isLeader(node);
    }

    /**
     * Looks who leads now.
     *
     * @return whether that is another one than before in this replica's data center
     */
    boolean review(Now now) {
        abreast = looksAbreast(now);
        inStep = inStep || abreast;
        Optional<NodeId> before = leader();
        leaders.clear();
        for (Map.Entry<String, List<NodeId>> there : serving().byDataCenter().entrySet()) {
            @Nullable NodeId leader = first(there.getValue(), now);
            if (leader != null) {
                leaders.put(there.getKey(), leader);
            }
        }
        return !leader().equals(before);
    }

    private @Nullable NodeId first(List<NodeId> ranked, Now now) {
        for (NodeId node : ranked) {
            if (node.equals(self) ? isFit() : peers.isLive(node, now) && peers.isFitToLead(node)) {
                return node;
            }
        }
        for (NodeId node : ranked) {
            if (node.equals(self) ? mayLeadUnfit(now) : peers.isLive(node, now)) {
                return node;
            }
        }
        return null;
    }

    /**
     * Whether this replica was admitted, at the last review, and had what each other copy of its data center had when it was first heard. Who is silent isn't waited
     * for long, but counts again when it is heard.
     */
    boolean isAbreast() {
        return abreast;
    }

    private boolean looksAbreast(Now now) {
        boolean is = admission.isAdmitted();
        for (NodeId mate : serving().in(self.dataCenter())) {
            is &= mate.equals(self) || (peers.isLive(mate, now) ? hasReached(mate) : isPatienceOver(now));
        }
        return is;
    }

    /** Whether this replica has what the other one had when it was first heard, or all that it has now: it may have lost something. */
    private boolean hasReached(NodeId mate) {
        Optional<VersionVector> has = peers.wholeReportOf(mate).map(Report::applied);
        if (has.isEmpty()) {
            return false;
        }
        VersionVector had = toReach.computeIfAbsent(mate, first -> has.get());
        return applied.vector().dominates(had) || applied.vector().dominates(has.get());
    }

    private boolean mayLeadUnfit(Now now) {
        return serving().in(self.dataCenter()).size() == 1 || isPatienceOver(now);
    }

    private boolean isPatienceOver(Now now) {
        return now.monotonicNanos() - startedAtNanos > patience.toNanos();
    }

    /** Copies but those at some nodes, drawn up anew only where either has changed: every write asks. */
    private static final class Remaining {
        private Copies all = Copies.of(List.of());
        private Set<String> but = Set.of();
        private Copies left = all;

        Copies of(Copies copies, Set<String> names) {
            if (!copies.equals(all) || !names.equals(but)) {
                all = copies;
                but = Set.copyOf(names);
                left = copies.without(names);
            }
            return left;
        }
    }
}
