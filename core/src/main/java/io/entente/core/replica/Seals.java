package io.entente.core.replica;

import io.entente.conflict.version.Dot;
import io.entente.conflict.version.Origin;
import io.entente.conflict.version.VersionVector;
import io.entente.core.message.Census;
import io.entente.core.message.NodeId;
import io.entente.core.message.Report;
import io.entente.core.message.Retirement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * How far the members that remain have the writes of those that are being retired, as their reports say: up to where this replica may apply
 * them, and whether all have answered. Decides nothing; see {@link Retirements}.
 */
final class Seals {

    private final ReplicaSettings settings;
    private final Registry registry;
    private final AppliedState applied;
    private final Peers peers;

    Seals(ReplicaSettings settings, Registry registry, AppliedState applied, Peers peers) {
        this.settings = settings;
        this.registry = registry;
        this.applied = applied;
        this.peers = peers;
    }

    /** Whether an entry may be applied, as far as retirements go. */
    boolean mayApply(Dot dot) {
        Origin origin = dot.origin();
        Retirement retirement = registry.retired().get(origin.node());
        return retirement == null || isOpened(origin) || dot.sequence() <= limit(origin, retirement);
    }

    /** Whether the node is retired, and its snapshots are of no use. */
    boolean isGone(NodeId node) {
        return registry.isGone(node.node());
    }

    /** Whether a snapshot with that vector may be merged, as far as retirements go. */
    boolean mayMerge(VersionVector snapshot) {
        for (int i = 0; i < snapshot.size(); i++) {
            Origin origin = snapshot.originAt(i);
            boolean more = snapshot.sequenceAt(i) > applied.vector().sequenceOf(origin);
            if (more && !mayApply(new Dot(origin, snapshot.sequenceAt(i)))) {
                return false;
            }
        }
        return true;
    }

    /** Whether the origin, of a node that is retired, is of a later term. */
    private boolean isOpened(Origin origin) {
        return registry.opened().getOrDefault(origin, -1L) > registry.endedTerm(origin.node());
    }

    /** How far the remaining members that have halted the origin's member have it, as far as this replica knows. */
    private long limit(Origin origin, Retirement retirement) {
        String node = origin.node();
        long limit = applied.vector().sequenceOf(origin);
        if (retirement.sealed()) {
            return limit;
        }
        for (Report report : remaining()) {
            Census census = report.census().orElseThrow();
            long its = report.applied().sequenceOf(origin);
            if (census.hasSealed(node, retirement.term())) {
                return its;
            }
            if (census.hasRetired(node, retirement.term()) && isClaim(report)) {
                limit = Math.max(limit, its);
            }
        }
        return limit;
    }

    /**
     * Whether what the report names may be applied on the strength of it. That of a member that is not admitted may name what another one
     * has sealed off before it noted that member's life; so all others must have noted it without having sealed anything.
     */
    private boolean isClaim(Report report) {
        if (report.isOfAdmitted()) {
            return true;
        }
        String node = report.node().node();
        Set<String> counting = new TreeSet<>(Set.of(node));
        for (Report other : remaining()) {
            Census census = other.census().orElseThrow();
            boolean sealed = unsealed().stream().anyMatch(each -> census.hasSealed(each, registry.endedTerm(each)));
            if (census.counts(node, report.life()) && !sealed) {
                counting.add(other.node().node());
            }
        }
        return counting.containsAll(remainingNames());
    }

    /** Whether another member has sealed an origin before where this replica has come: its memory is not the cluster's. */
    boolean isOutlived() {
        for (Report report : remaining()) {
            Census census = report.census().orElseThrow();
            for (String node : unsealed()) {
                if (census.hasSealed(node, registry.endedTerm(node)) && hasMore(node, report.applied())) {
                    return true;
                }
            }
        }
        return false;
    }

    private boolean hasMore(String node, VersionVector than) {
        VersionVector have = applied.vector();
        for (int i = 0; i < have.size(); i++) {
            Origin origin = have.originAt(i);
            if (origin.node().equals(node) && !isOpened(origin) && have.sequenceAt(i) > than.sequenceOf(origin)) {
                return true;
            }
        }
        return false;
    }

    /** Whether this replica holds all that the remaining members are known to have of the unsealed ones' writes. */
    boolean areHeldWhole() {
        List<String> nodes = unsealed();
        VersionVector have = applied.vector();
        for (Report report : remaining()) {
            VersionVector its = report.applied().newSince(have);
            for (int i = 0; i < its.size(); i++) {
                Origin origin = its.originAt(i);
                if (nodes.contains(origin.node()) && !isOpened(origin)) {
                    return false;
                }
            }
        }
        return true;
    }

    /** What the remaining members are known to have, but for what a seal has cut off here. */
    VersionVector heldByRemaining() {
        VersionVector.Builder held = new VersionVector.Builder();
        for (Report report : remaining()) {
            report.applied().forEach((origin, sequence) -> {
                if (!isSealedOff(origin)) {
                    held.raise(origin, sequence);
                }
            });
        }
        return held.build();
    }

    private boolean isSealedOff(Origin origin) {
        Retirement retirement = registry.retired().get(origin.node());
        return retirement != null && retirement.sealed() && !isOpened(origin);
    }

    /** The names of those retired that this replica has not sealed. */
    List<String> unsealed() {
        List<String> unsealed = new ArrayList<>();
        for (Map.Entry<String, Retirement> each : registry.retired().entrySet()) {
            boolean own = each.getKey().equals(settings.self().node());
            if (!each.getValue().sealed() && !(own && registry.isOwnTermOver())) {
                unsealed.add(each.getKey());
            }
        }
        return unsealed;
    }

    /** The other members that are not being retired; where none are named, the nodes that were ever heard of. */
    private Set<String> remainingNames() {
        Set<String> names =
                settings.members().isEmpty() ? new TreeSet<>(registry.noted().keySet()) : settings.otherMembers();
        names.removeIf(registry::isGone);
        return names;
    }

    /** Their last whole reports. */
    private List<Report> remaining() {
        Set<String> names = remainingNames();
        List<Report> reports = new ArrayList<>();
        for (NodeId node : peers.reporters()) {
            if (names.contains(node.node())) {
                peers.wholeReportOf(node).ifPresent(reports::add);
            }
        }
        return reports;
    }

    /** The remaining members that are not known to have halted all that this replica has, in the memory they have now. */
    Set<String> unanswered() {
        Set<String> missing = remainingNames();
        for (Report report : remaining()) {
            if (isAnswer(report)) {
                missing.remove(report.node().node());
            }
        }
        return missing;
    }

    private boolean isAnswer(Report report) {
        Census census = report.census().orElseThrow();
        return census.counts(settings.self().node(), registry.life())
                && knowsAllLives(census, report.node().node())
                && unsealed().stream().allMatch(node -> census.hasRetired(node, registry.endedTerm(node)));
    }

    /** Whether a census was taken after every new life that this replica knows of was noted; those of retired terms are nobody's. */
    boolean knowsAllLives(Census census, String reporter) {
        return registry.noted().entrySet().stream()
                .filter(noted -> !noted.getKey().equals(reporter))
                .filter(noted ->
                        !registry.isRetired(noted.getKey(), noted.getValue().term()))
                .allMatch(noted -> census.countsSince(noted.getKey(), noted.getValue()));
    }
}
