package io.entente.core.replica;

import io.entente.core.effect.Reply.Refusal;
import io.entente.core.effect.Reply.Refused;
import io.entente.core.event.Event.EpochRequested;
import io.entente.core.message.Epoch;
import io.entente.core.message.NodeId;
import io.entente.core.message.Report;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;

/** Why an epoch that an operator asked for does not begin, in sentences. */
final class ElectionRefusals {

    private final ReplicaSettings settings;
    private final Epochs epochs;
    private final Admission admission;
    private final Peers peers;
    private final String partition;

    ElectionRefusals(ReplicaSettings settings, Epochs epochs, Admission admission, Peers peers) {
        this.settings = settings;
        this.epochs = epochs;
        this.admission = admission;
        this.peers = peers;
        this.partition = "partition " + settings.partition();
    }

    /**
     * Why a request is refused at once; empty where it isn't.
     *
     * @param isBusy whether another request is being fulfilled
     * @param mayStand whether this replica is in a state to stand
     */
    Optional<Refused> refuse(EpochRequested request, boolean isBusy, boolean mayStand) {
        if (epochs.established().voters().isEmpty()) {
            return refused(
                    Refusal.NO_VOTERS,
                    partition + " has no voters, so nobody can decide on its mode or leader: name the members, or the"
                            + " voters, in the configuration of all nodes");
        }
        Optional<Refused> ofVoters = request.voters().flatMap(this::refuse);
        if (ofVoters.isPresent()) {
            return ofVoters;
        }
        if (isBusy) {
            return refused(
                    Refusal.OVERLOADED, partition + " is being asked for another epoch already: try again in a moment");
        }
        return mayStand
                ? Optional.empty()
                : refused(
                        Refusal.NOT_ADMITTED,
                        admission.waitsFor().orElse(partition + " joins a snapshot here: try again in a moment"));
    }

    private Optional<Refused> refuse(SortedSet<String> voters) {
        if (voters.isEmpty()) {
            return refused(
                    Refusal.NO_SUCH_VOTERS,
                    partition
                            + " needs at least one voter, else nobody could ever decide on its leader again: name who is to"
                            + " vote");
        }
        Set<String> retired = new TreeSet<>(voters);
        retired.retainAll(peers.retired());
        if (!retired.isEmpty()) {
            return refused(
                    Refusal.NO_SUCH_VOTERS,
                    retired + " of the voters named for " + partition + " are retired: leave them out");
        }
        Set<String> unknown = new TreeSet<>(voters);
        unknown.removeAll(epochs.established().voters());
        unknown.removeIf(this::isAdmittedMember);
        if (!unknown.isEmpty()) {
            return refused(
                    Refusal.NO_SUCH_VOTERS,
                    unknown + " of the voters named for " + partition + " are no members of it that " + settings.self()
                            + " has heard of: start them and wait until they have caught up, or mend their names");
        }
        return obstacleOfLeader();
    }

    private Optional<Refused> obstacleOfLeader() {
        if (!epochs.established().mode().isSingleLeader() || epochs.leads()) {
            return Optional.empty();
        }
        return epochs.leader()
                .filter(leader -> !leader.equals(settings.self()))
                .map(leader -> new Refused(
                        Refusal.NOT_LEADER,
                        "only the leader of " + partition + " changes who votes, and that is " + leader
                                + " now: ask again in a moment, or there"))
                .or(epochs::obstacle);
    }

    private boolean isAdmittedMember(String name) {
        if (name.equals(settings.self().node())) {
            return true;
        }
        return peers.reporters().stream()
                .filter(node -> node.node().equals(name))
                .map(peers::wholeReportOf)
                .flatMap(Optional::stream)
                .anyMatch(Report::isOfAdmitted);
    }

    /** Why the epoch that somebody stood for has not begun by the deadline. */
    Refused notInTime(Candidacy standing) {
        Optional<Errand> forVoters =
                standing.errand().filter(errand -> errand.voters().isPresent());
        String what = forVoters
                .map(errand -> unchanged(errand.voters().orElseThrow()) + ", for ")
                .orElse("the epoch " + standing.proposed().ballot() + " of " + partition + " did not begin in time: ");
        String why = standing.hasMajority()
                ? "this replica has not caught up with what the voters have"
                : "more than half of the voters " + standing.electors() + " have to agree, and " + standing.silent()
                        + " did not";
        return new Refused(
                Refusal.NO_MAJORITY, what + why + "; try again when they are up, or with a" + " longer timeout");
    }

    /** Another one came before the last of the epochs by which voters change. */
    Refused overtaken(SortedSet<String> aim) {
        String who = epochs.established()
                .leader()
                .map(NodeId::toString)
                .filter(leader -> epochs.isHeeded())
                .map(leader -> ": that of " + leader)
                .orElse("");
        return new Refused(
                Refusal.NO_MAJORITY,
                unchanged(aim) + ", for another epoch begins, or began, meanwhile" + who
                        + "; ask again for what is missing");
    }

    private String unchanged(SortedSet<String> aim) {
        Epoch inForce = epochs.established();
        Set<String> missing = new TreeSet<>(aim);
        missing.removeAll(inForce.voters());
        Set<String> leaving = new TreeSet<>(inForce.voters());
        leaving.removeAll(aim);
        return "the voters of " + partition + " are " + inForce.voters() + " now, of whom " + leaving
                + " are still to leave and " + missing + " to join";
    }

    private static Optional<Refused> refused(Refusal reason, String detail) {
        return Optional.of(new Refused(reason, detail));
    }
}
