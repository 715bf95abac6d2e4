package io.entente.core.replica;

import io.entente.conflict.version.VersionVector;
import io.entente.core.effect.Reply.EpochBegun;
import io.entente.core.effect.Reply.Refused;
import io.entente.core.event.Event.EpochRequested;
import io.entente.core.message.Epoch;
import io.entente.core.message.NodeId;
import io.entente.core.message.PeerMessage.EpochIs;
import io.entente.core.message.PeerMessage.Promised;
import io.entente.core.message.PeerMessage.WantPromise;
import io.entente.core.message.PeerMessage.WantPromise.Stage;
import io.entente.core.message.ReplicationMode;
import io.entente.core.message.Report;
import io.entente.core.replica.Candidacy.Proof;
import java.time.Duration;
import java.util.Optional;
import java.util.SortedSet;
import org.jspecify.annotations.Nullable;

/**
 * How epochs begin: this replica as a candidate.
 *
 * <p>A candidate first asks who would promise, so that nobody who can't win disturbs who leads (<i>pre-vote</i>: Ongaro, <i>Consensus:
 * Bridging Theory and Practice</i>, section 9.6). Then it promises itself, durably, and asks. With the promises of more than half of
 * the voters, and of whoever else is live, it catches up to the join of what these had, and the epoch begins. So a leader has every
 * write that more than half of the voters had when they promised; and a leader before it counts no report of anybody who has promised
 * something later. Between the two no acknowledged write falls (Lamport, <i>Paxos Made Simple</i>, section 2.2).
 *
 * <p>No clock is needed for any of this to be safe: they decide only when somebody stands, and when it gives up.
 */
final class Election {

    /** A stage that takes longer, in peer timeouts, has failed. */
    private static final int PATIENCE = 4;

    private final ReplicaSettings settings;
    private final Epochs epochs;
    private final LeaderWatch watch;
    private final AppliedState applied;
    private final Admission admission;
    private final Peers peers;
    private final EpochSettlement settlement;
    private final ElectionRefusals refusals;
    private final Draft draft;
    private @Nullable Candidacy candidacy;
    private long announcedAtNanos;

    Election(
            ReplicaSettings settings,
            Epochs epochs,
            LeaderWatch watch,
            AppliedState applied,
            Admission admission,
            Peers peers,
            Draft draft) {
        this.settings = settings;
        this.epochs = epochs;
        this.watch = watch;
        this.applied = applied;
        this.admission = admission;
        this.peers = peers;
        this.settlement = new EpochSettlement(settings, epochs, applied, admission, peers);
        this.refusals = new ElectionRefusals(settings, epochs, admission, peers);
        this.draft = draft;
        this.announcedAtNanos = draft.now().monotonicNanos();
    }

    /** An operator wants this replica to begin an epoch. */
    void request(EpochRequested request) {
        Epoch inForce = epochs.established();
        ReplicationMode mode = request.mode().orElse(inForce.mode());
        boolean isBusy = candidacy != null && candidacy.errand().isPresent();
        Optional<Refused> refusal = refusals.refuse(request, isBusy, mayStand());
        if (refusal.isPresent()) {
            draft.answer(request.id(), refusal.get());
        } else if (request.voters().isEmpty() && isInForce(mode)) {
            draft.answer(request.id(), new EpochBegun(inForce));
        } else {
            long deadline = draft.now().deadlineAfter(request.timeout());
            stand(mode, Optional.of(new Errand(request.id(), deadline, request.voters())));
        }
    }

    private boolean isInForce(ReplicationMode mode) {
        return epochs.isHeeded()
                && mode.equals(epochs.established().mode())
                && (epochs.leads() || !mode.isSingleLeader());
    }

    /** Time passed: looks whether this replica should stand, asks again, gives up. */
    void tick() {
        long now = draft.now().monotonicNanos();
        long unwell = watch.unwellNanos(draft.now());
        if (candidacy != null) {
            goOn(candidacy, now);
        } else if (unwell > watch.patienceNanos(draft.now()) && watch.mayStand() && mayStand()) {
            stand(epochs.established().mode(), Optional.empty());
        }
        if (epochs.leads() && !epochs.established().settled() && settlement.isReached()) {
            epochs.learn(epochs.established().asSettled());
        }
        if (now - announcedAtNanos >= settings.timing().heartbeat().toNanos()) {
            announce();
        }
    }

    /** Takes the next step that can be taken; whether there is something that others wait to hear. */
    boolean proceed() {
        if (candidacy != null) {
            proceed(candidacy);
        }
        boolean hasNews = epochs.takeNews();
        if (hasNews) {
            announce();
        }
        return hasNews;
    }

    void promised(NodeId by, Promised promise) {
        if (candidacy != null) {
            candidacy.answered(by.node(), promise);
        }
    }

    /** Whether this replica has all that others believe it has: else it may miss what it would have to lead with. */
    private boolean mayStand() {
        return admission.isAdmitted() && applied.merging().isEmpty() && !applied.holdsMore();
    }

    private void stand(ReplicationMode mode, Optional<Errand> errand) {
        Epoch basis = epochs.established();
        boolean hasLeader = mode.isSingleLeader();
        Optional<SortedSet<String>> aim = errand.flatMap(Errand::voters).filter(voters -> epochs.isOwn());
        Epoch proposed = new Epoch(
                epochs.promised().next(settings.self()),
                hasLeader ? Optional.of(settings.self()) : Optional.empty(),
                mode,
                aim.map(basis::votersTowards).orElse(basis.voters()),
                hasLeader && basis.mode().isSingleLeader() && basis.settled() && !epochs.isUnsettled());
        Proof proof = aim.isPresent()
                ? new Proof(Stage.PROBE_HEEDED, hasLeader ? applied.vector() : VersionVector.empty())
                : Proof.of(errand.isPresent() ? Stage.PROBE_ANYWAY : Stage.PROBE);
        Candidacy begun =
                new Candidacy(proposed, basis, errand, proof, draft.now().monotonicNanos());
        candidacy = begun;
        ask(begun);
    }

    /** Asks those who have not answered yet, this replica among them. */
    private void ask(Candidacy standing) {
        standing.asked(draft.now().monotonicNanos());
        if (!standing.answered().contains(settings.self().node())) {
            if (standing.isAsking()) {
                epochs.promise(standing.proposed());
            }
            standing.answered(
                    settings.self().node(),
                    new Promised(standing.proposed().ballot(), standing.stage(), applied.vector(), false));
        }
        for (NodeId peer : peers.all()) {
            if (!standing.answered().contains(peer.node())) {
                draft.send(peer, new WantPromise(standing.proposed(), standing.basis(), standing.stage()));
            }
        }
    }

    private void goOn(Candidacy standing, long now) {
        Duration timeout = settings.timing().peerTimeout();
        if (standing.errand()
                .filter(errand -> draft.now().isPast(errand.deadlineNanos()))
                .isPresent()) {
            giveUp(standing);
        } else if (now - standing.sinceNanos() > PATIENCE * timeout.toNanos()) {
            retreat(standing);
        } else if (now - standing.askedAtNanos()
                >= settings.timing().heartbeat().toNanos()) {
            ask(standing);
        }
    }

    private void proceed(Candidacy standing) {
        if (isOvertaken(standing)) {
            giveWay(standing);
        } else if (!mayStand()) {
            retreat(standing);
        } else if (standing.isOnlyToMakeSure() && standing.hasMajority()) {
            conclude(standing);
        } else if (!standing.isAsking() && standing.hasMajority()) {
            standing.ask(draft.now().monotonicNanos());
            ask(standing);
        }
        if (standing == candidacy && standing.isAsking() && standing.hasMajority() && hasHeardTheLive(standing)) {
            boolean hasCaughtUp = !standing.proposed().mode().isSingleLeader() || applied.hasReached(standing.join());
            if (hasCaughtUp) {
                begin(standing);
            }
        }
    }

    private boolean isOvertaken(Candidacy standing) {
        return epochs.promised().isAfter(standing.proposed().ballot())
                || epochs.established().ballot().isAfter(standing.basis().ballot())
                || (standing.isMakingSure() && !epochs.isHeeded());
    }

    /** Whoever is live is waited for a while, so that in calm nothing that anybody has is missing. */
    private boolean hasHeardTheLive(Candidacy standing) {
        Duration grace = standing.errand().isPresent()
                ? settings.timing().peerTimeout()
                : settings.timing().heartbeat().multipliedBy(2);
        if (draft.now().monotonicNanos() - standing.sinceNanos() > grace.toNanos()) {
            return true;
        }
        for (NodeId peer : peers.live(draft.now())) {
            boolean mayAnswer =
                    peers.wholeReportOf(peer).filter(Report::isOfAdmitted).isPresent();
            if (mayAnswer && !standing.answered().contains(peer.node())) {
                return false;
            }
        }
        return true;
    }

    private void begin(Candidacy standing) {
        candidacy = null;
        watch.begin(draft.now());
        epochs.learn(standing.outcome());
        Optional<Errand> errand = standing.errand();
        if (errand.flatMap(Errand::voters).isPresent()) {
            stand(standing.proposed().mode(), errand);
        } else {
            errand.ifPresent(done -> draft.answer(done.request(), new EpochBegun(epochs.established())));
        }
    }

    /** Those vote who were to. */
    private void conclude(Candidacy standing) {
        candidacy = null;
        standing.errand().ifPresent(errand -> draft.answer(errand.request(), new EpochBegun(standing.basis())));
    }

    /** Somebody else came first. Who was changing the voters, or is no leader any more, leaves it at that. */
    private void giveWay(Candidacy standing) {
        Optional<SortedSet<String>> aim = standing.errand().flatMap(Errand::voters);
        boolean isLed = standing.basis().mode().isSingleLeader();
        if (aim.isPresent() && (isLed || standing.changesVoters())) {
            answer(standing, refusals.overtaken(aim.get()));
        } else {
            retreat(standing);
        }
    }

    /** Somebody else came first, or too few answer. Who stands for an operator begins anew; others wait and see. */
    private void retreat(Candidacy standing) {
        if (mayStand() && standing.errand().isPresent()) {
            watch.begin(draft.now());
            stand(standing.proposed().mode(), standing.errand());
        } else {
            giveUp(standing);
        }
    }

    private void giveUp(Candidacy standing) {
        answer(standing, refusals.notInTime(standing));
    }

    private void answer(Candidacy standing, Refused refusal) {
        candidacy = null;
        watch.begin(draft.now());
        standing.errand().ifPresent(errand -> draft.answer(errand.request(), refusal));
    }

    /** Tells everybody which epoch this replica knows of; where there never was an election there is nothing to tell. */
    private void announce() {
        announcedAtNanos = draft.now().monotonicNanos();
        if (!epochs.isInitial()) {
            EpochIs news = new EpochIs(epochs.established(), epochs.promised(), epochs.leads());
            peers.all().forEach(peer -> draft.send(peer, news));
        }
    }
}
