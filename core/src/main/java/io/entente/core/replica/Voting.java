package io.entente.core.replica;

import io.entente.core.effect.Effect.Severity;
import io.entente.core.message.Ballot;
import io.entente.core.message.Epoch;
import io.entente.core.message.NodeId;
import io.entente.core.message.PeerMessage.EpochIs;
import io.entente.core.message.PeerMessage.Promised;
import io.entente.core.message.PeerMessage.WantPromise;
import io.entente.core.message.PeerMessage.WantPromise.Stage;

/**
 * This replica as one that promises. A promise is durable before it is told, and with it everything that is told beside it; one that may
 * have lost data promises nothing, until its admission has shown it the ballots of all members.
 */
final class Voting {

    private final Epochs epochs;
    private final LeaderWatch watch;
    private final AppliedState applied;
    private final Admission admission;
    private final Draft draft;
    private boolean hasWarned;

    Voting(Epochs epochs, LeaderWatch watch, AppliedState applied, Admission admission, Draft draft) {
        this.epochs = epochs;
        this.watch = watch;
        this.applied = applied;
        this.admission = admission;
        this.draft = draft;
    }

    /** Promises what a candidate asks for, or tells it what it doesn't know. */
    void wanted(NodeId candidate, WantPromise wanted) {
        Epoch proposed = wanted.proposed();
        if (!knowsSameVoters(candidate, wanted.basis())) {
            return;
        }
        epochs.learn(wanted.basis());
        if (!admission.isAdmitted()) {
            return;
        }
        boolean isLate = epochs.established().ballot().isAfter(wanted.basis().ballot());
        if (isLate || !mayPromise(wanted)) {
            draft.send(candidate, news());
            return;
        }
        boolean unsettled = epochs.isUnsettled();
        if (wanted.stage() == Stage.ASK) {
            epochs.promise(proposed);
        }
        draft.send(candidate, new Promised(proposed.ballot(), wanted.stage(), applied.vector(), unsettled));
    }

    private boolean mayPromise(WantPromise wanted) {
        Ballot promised = epochs.promised();
        Ballot proposed = wanted.proposed().ballot();
        return switch (wanted.stage()) {
            case PROBE -> proposed.isAfter(promised) && !watch.isLeaderLive(draft.now());
            case PROBE_ANYWAY -> proposed.isAfter(promised);
            case PROBE_HEEDED -> promised.equals(wanted.basis().ballot());
            case ASK -> !promised.isAfter(proposed);
        };
    }

    /** Until the first election everybody has the voters from its configuration; where these differ nobody can know what a majority is. */
    private boolean knowsSameVoters(NodeId candidate, Epoch basis) {
        boolean same = !basis.ballot().isZero()
                || !epochs.established().ballot().isZero()
                || basis.voters().equals(epochs.established().voters());
        if (!same && !hasWarned) {
            hasWarned = true;
            draft.tell(
                    Severity.WARNING,
                    candidate + " is configured with the voters " + basis.voters() + " and this node with "
                            + epochs.established().voters()
                            + ", so it is promised nothing: configure the same at all nodes");
        }
        return same;
    }

    /** Hears what another replica knows of epochs. */
    void heard(NodeId from, EpochIs news) {
        epochs.learn(news.established());
        epochs.hear(news.promised());
        if (news.leads()) {
            watch.heard(from, news.established(), draft.now());
        }
    }

    private EpochIs news() {
        return new EpochIs(epochs.established(), epochs.promised(), epochs.leads());
    }
}
