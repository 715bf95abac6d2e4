package io.entente.core.replica;

import io.entente.conflict.version.VersionVector;
import io.entente.core.message.Ballot;
import io.entente.core.message.NodeId;
import io.entente.core.message.Report;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Whether what was originated under the rules before the epoch in force can't come as a surprise any more, neither to this leader nor to the next one: every member has
 * promised the epoch, this replica had what they had then, and so have more than half of the voters since. Without the last, others than this replica might elect the next
 * leader, which would lack some of it and take the epoch before for settled all the same: the join that it catches up to has no more than its voters have.
 */
final class EpochSettlement {

    private final ReplicaSettings settings;
    private final Epochs epochs;
    private final AppliedState applied;
    private final Admission admission;
    private final Peers peers;
    private @Nullable Gathered gathered;

    /** What the leader of an epoch had when it first had what every member had. */
    private record Gathered(Ballot ballot, VersionVector all) {}

    EpochSettlement(ReplicaSettings settings, Epochs epochs, AppliedState applied, Admission admission, Peers peers) {
        this.settings = settings;
        this.epochs = epochs;
        this.applied = applied;
        this.admission = admission;
        this.peers = peers;
    }

    /** Whether it is so now, as far as this replica, which leads, knows. */
    boolean isReached() {
        if (gathered == null || !gathered.ballot.equals(epochs.promised())) {
            if (!hasEverything()) {
                return false;
            }
            gathered = new Gathered(epochs.promised(), applied.vector());
        }
        return epochs.established().isMajority(having(gathered.all));
    }

    private Set<String> having(VersionVector all) {
        Set<String> having = new TreeSet<>(Set.of(settings.self().node()));
        for (NodeId node : peers.reporters()) {
            if (heeding(node).filter(report -> report.applied().dominates(all)).isPresent()) {
                having.add(node.node());
            }
        }
        return having;
    }

    /** Whether every member has promised this epoch, and this replica has what it had then. What counted of one that is sealed off is in the seal. */
    private boolean hasEverything() {
        Set<String> open = new TreeSet<>(settings.otherMembers());
        if (open.isEmpty()) {
            open.addAll(epochs.established().voters());
            open.remove(settings.self().node());
        }
        open.removeAll(admission.sealedOff());
        for (NodeId node : peers.reporters()) {
            if (heeding(node)
                    .filter(report -> applied.hasReached(report.applied()))
                    .isPresent()) {
                open.remove(node.node());
            }
        }
        return open.isEmpty();
    }

    /** What a node reported last, where it is admitted and has promised the epoch in force. */
    private Optional<Report> heeding(NodeId node) {
        return peers.wholeReportOf(node)
                .filter(Report::isOfAdmitted)
                .filter(report -> report.promisedEpoch().equals(epochs.promised()));
    }
}
