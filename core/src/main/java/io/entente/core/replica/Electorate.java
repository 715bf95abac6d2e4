package io.entente.core.replica;

import io.entente.core.message.Epoch;
import io.entente.core.message.NodeId;
import io.entente.core.message.PeerMessage.EpochIs;
import io.entente.core.message.Report;
import java.util.Collections;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * Who ought to vote, as far as this replica knows: those who do, without members whose retirement is sealed, and those that configuration names once
 * they are admitted. Where that differs from who does, somebody stands for an epoch that changes it.
 *
 * <p>An epoch with other voters begins with the promises of more than half of both sets, and both count for everything until more than half of
 * those before know of it while they have promised nothing later (<i>joint consensus</i>: Ongaro and Ousterhout, <i>In Search of an Understandable
 * Consensus Algorithm</i>, 2014, section 6). From then on each majority of those before has somebody who turns away whoever doesn't know of it. So
 * two sets that have no voter in common never both decide.
 */
final class Electorate {

    private final ReplicaSettings settings;
    private final Epochs epochs;
    private final Admission admission;
    private final Retirements retirements;
    private final Peers peers;
    private final EpochMemory memory;
    private final Draft draft;
    private long dueSinceNanos;

    Electorate(
            ReplicaSettings settings,
            Epochs epochs,
            Admission admission,
            Retirements retirements,
            Peers peers,
            EpochMemory memory,
            Draft draft) {
        this.settings = settings;
        this.epochs = epochs;
        this.admission = admission;
        this.retirements = retirements;
        this.peers = peers;
        this.memory = memory;
        this.draft = draft;
        this.dueSinceNanos = draft.now().monotonicNanos();
    }

    /** Those who ought to vote; those who do where nobody would be left. */
    SortedSet<String> wanted() {
        SortedSet<String> present = epochs.established().voters();
        Set<String> gone = retirements.gone();
        SortedSet<String> wanted = new TreeSet<>(present);
        for (NodeId node : peers.reporters()) {
            if (peers.wholeReportOf(node).filter(Report::isOfAdmitted).isPresent()) {
                wanted.add(node.node());
            }
        }
        if (admission.isAdmitted()) {
            wanted.add(settings.self().node());
        }
        wanted.removeIf(node -> gone.contains(node) || !(present.contains(node) || isNamed(node)));
        return wanted.isEmpty() ? present : Collections.unmodifiableSortedSet(wanted);
    }

    private boolean isNamed(String node) {
        return settings.founding().voters().contains(node);
    }

    /** The epoch after that one, with whoever ought to vote: a change that is under way is brought to its end first. */
    Epoch in(Epoch proposed, Epoch basis) {
        SortedSet<String> wanted = wanted();
        boolean isUnderWay = basis.isChangingVoters();
        boolean same = isUnderWay || wanted.equals(basis.voters());
        return new Epoch(
                proposed.ballot(),
                proposed.leader(),
                proposed.mode(),
                same ? basis.voters() : wanted,
                isUnderWay ? basis.outgoing() : same ? Collections.emptySortedSet() : basis.voters(),
                proposed.settled());
    }

    /** Whether the voters have long ceased to be those who ought to be, and this replica is the one to change that: the leader, or the first voter. */
    boolean isChangeDue() {
        Epoch inForce = epochs.established();
        boolean isCalm = epochs.isHeeded()
                && !inForce.voters().isEmpty()
                && !inForce.isChangingVoters()
                && (epochs.leads() || !inForce.mode().isSingleLeader());
        if (!isCalm || wanted().equals(inForce.voters())) {
            dueSinceNanos = draft.now().monotonicNanos();
            return false;
        }
        long due = draft.now().monotonicNanos() - dueSinceNanos;
        return due > settings.timing().peerTimeout().toNanos() && (epochs.leads() || isFirst());
    }

    /** From now on it is waited anew. */
    void begin() {
        dueSinceNanos = draft.now().monotonicNanos();
    }

    private boolean isFirst() {
        Set<String> before = new TreeSet<>(wanted()).headSet(settings.self().node());
        return wanted().contains(settings.self().node())
                && peers.live(draft.now()).stream().noneMatch(peer -> before.contains(peer.node()));
    }

    /** Whether this replica knows enough of the past to promise anything on that basis. */
    boolean remembers(Epoch basis) {
        return memory.suffices(basis);
    }

    /** A node said what it knows of epochs, and this replica has learned that. */
    void heard(NodeId from, EpochIs news) {
        memory.heard(from);
        if (news.promised().equals(news.established().ballot())) {
            peers.heeds(from, news.promised());
        }
        proceed();
    }

    /** Ends a change once enough of the voters before know of it. */
    void proceed() {
        Epoch inForce = epochs.established();
        if (!inForce.isChangingVoters()) {
            return;
        }
        Set<String> heeding = peers.heeding(inForce.ballot());
        if (epochs.isHeeded()) {
            heeding.add(settings.self().node());
        }
        if (inForce.isMajorityOfOutgoing(heeding)) {
            epochs.learn(inForce.withoutOutgoing());
        }
    }

    /**
     * Whether every member has promised the epoch in force, and this replica has what it had then. What counted of one that is sealed off is in the
     * seal.
     */
    boolean isSettled(AppliedState applied) {
        Set<String> open = others();
        for (NodeId node : peers.reporters()) {
            boolean isHere = peers.wholeReportOf(node)
                    .filter(Report::isOfAdmitted)
                    .filter(report -> report.promisedEpoch().equals(epochs.promised()))
                    .filter(report -> applied.hasReached(report.applied()))
                    .isPresent();
            if (isHere) {
                open.remove(node.node());
            }
        }
        return open.isEmpty();
    }

    /** The other members who may originate under other rules until they have promised the epoch in force: all that aren't gone. */
    private Set<String> others() {
        Set<String> others = settings.otherMembers();
        if (others.isEmpty()) {
            others.addAll(epochs.established().voters());
            others.remove(settings.self().node());
        }
        others.removeAll(retirements.gone());
        return others;
    }
}
