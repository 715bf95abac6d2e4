package io.entente.core.replica;

import io.entente.core.effect.Effect.Severity;
import io.entente.core.effect.Reply.ConcernTimedOut;
import io.entente.core.effect.Reply.Over;
import io.entente.core.effect.Reply.Refusal;
import io.entente.core.effect.Reply.Refused;
import io.entente.core.effect.Reply.Written;
import io.entente.core.event.Event.WriteRequested;
import io.entente.core.message.Acknowledgement;
import io.entente.core.message.Acknowledgement.SemiSync;
import io.entente.core.message.Ballot;
import io.entente.core.message.NodeId;
import io.entente.core.message.ReplicationMode.SingleLeader;
import io.entente.core.mode.Evidence;
import io.entente.core.mode.WriteConcern;
import io.entente.core.topology.Copies;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * When a write is acknowledged: once those have it whom its client asked for, and whom the epoch asks for. Only who has promised the
 * very epoch in which it was written is evidence. Once this replica has promised a later one nobody will know whether enough had it in
 * time, so its client is told that at once.
 */
final class Acknowledging {

    private final ReplicaSettings settings;
    private final Epochs epochs;
    private final Peers peers;
    private final Leadership leadership;
    private final Draft draft;
    private long degraded;
    private Optional<Ballot> degradedIn = Optional.empty();
    private Optional<Boolean> noted = Optional.empty();

    Acknowledging(ReplicaSettings settings, Epochs epochs, Peers peers, Leadership leadership, Draft draft) {
        this.settings = settings;
        this.epochs = epochs;
        this.peers = peers;
        this.leadership = leadership;
        this.draft = draft;
    }

    /** Why a client's write is refused here under the present epoch, or since nobody could ever acknowledge it; empty where it isn't. */
    Optional<Refused> obstacle(WriteRequested request) {
        return epochs.obstacle()
                .or(() -> impossible(request.concern())
                        .map(why -> new Refused(
                                Refusal.TOO_MANY_COPIES, why + "; ask for at most that many, or add nodes")))
                .or(this::impossibleFloor);
    }

    private Optional<String> impossible(WriteConcern concern) {
        Copies known = leadership.copies();
        // Who is still to be met is looked up for those alone that would be refused: every write comes by here.
        return concern.impossible(known, 0).flatMap(why -> concern.impossible(known, leadership.unmet()));
    }

    /** Where writes are acknowledged without followers after a time, those that will never come are no obstacle. */
    private Optional<Refused> impossibleFloor() {
        return epochs.singleLeader()
                .map(SingleLeader::acknowledgement)
                .filter(acknowledgement -> degradeAfterNanos(acknowledgement).isEmpty())
                .flatMap(acknowledgement -> impossible(WriteConcern.of(acknowledgement))
                        .map(why -> new Refused(
                                Refusal.NO_QUORUM,
                                "the mode has its leader wait for more followers than there are (" + acknowledgement
                                        + "): " + why + "; change the mode to fewer followers, or add nodes")));
    }

    /** How many writes were acknowledged although fewer followers had them than the epoch asks for, since this replica started. */
    long degraded() {
        return degraded;
    }

    /** Whether the last write that was acknowledged was one of these, while its epoch goes on. */
    boolean isDegraded() {
        return degradedIn.equals(Optional.of(epochs.promised()));
    }

    /** Notes whether writes are acknowledged so, where that has changed. */
    void note() {
        Optional<Boolean> now = Optional.of(isDegraded());
        if (!noted.equals(now)) {
            noted = now;
            draft.noteDegraded(isDegraded());
        }
    }

    /** Whether a write with that concern has to wait for anybody. */
    boolean waits(WriteRequested request) {
        Evidence alone = evidence(List.of());
        return !request.concern().enough(alone) || !floor().enough(alone);
    }

    /** A write that waits. */
    OpenRequests.Waiting waiting(WriteRequested request, Written written) {
        return new Open(
                request, floor(), epochs.promised(), written, draft.now().monotonicNanos());
    }

    private WriteConcern floor() {
        return epochs.singleLeader()
                .map(SingleLeader::acknowledgement)
                .map(WriteConcern::of)
                .orElse(WriteConcern.async());
    }

    private Evidence evidence(List<NodeId> holders) {
        Set<String> voters =
                epochs.singleLeader().isPresent() ? epochs.established().voters() : Set.of();
        List<NodeId> all = new ArrayList<>(holders);
        all.add(settings.self());
        return Evidence.of(settings.self(), leadership.counting(all, draft.now()), leadership.copies())
                .withVoters(voters);
    }

    private boolean mayDegrade(long sinceNanos) {
        return epochs.leads()
                && epochs.singleLeader()
                        .map(SingleLeader::acknowledgement)
                        .flatMap(Acknowledging::degradeAfterNanos)
                        .filter(after -> draft.now().monotonicNanos() - sinceNanos >= after)
                        .isPresent();
    }

    private static Optional<Long> degradeAfterNanos(Acknowledgement acknowledgement) {
        return acknowledgement instanceof SemiSync semiSync
                ? semiSync.degradeAfter().map(Duration::toNanos)
                : Optional.empty();
    }

    private void acknowledged(boolean enough) {
        degraded += enough ? 0 : 1;
        if (enough == isDegraded()) {
            degradedIn = enough ? Optional.empty() : Optional.of(epochs.promised());
            draft.tell(
                    enough ? Severity.NOTICE : Severity.WARNING,
                    "partition " + settings.partition()
                            + (enough
                                    ? " has enough followers again: writes are acknowledged once they have them"
                                    : " acknowledges writes that fewer followers have than it is to wait for, since they"
                                            + " don't answer in time: a failover now may set these aside; bring followers"
                                            + " back"));
        }
    }

    private final class Open implements OpenRequests.Waiting {

        private final WriteRequested request;
        private final WriteConcern floor;
        private final Ballot ballot;
        private final Written written;
        private final long sinceNanos;

        Open(WriteRequested request, WriteConcern floor, Ballot ballot, Written written, long sinceNanos) {
            this.request = request;
            this.floor = floor;
            this.ballot = ballot;
            this.written = written;
            this.sinceNanos = sinceNanos;
        }

        @Override
        public boolean settle() {
            if (!ballot.equals(epochs.promised())) {
                answerUnconfirmed(Over.EPOCH);
                return true;
            }
            Evidence evidence = evidence(holders());
            boolean enough = floor.enough(evidence);
            if (!request.concern().enough(evidence) || !(enough || mayDegrade(sinceNanos))) {
                return false;
            }
            acknowledged(enough);
            draft.answer(request.id(), written);
            return true;
        }

        @Override
        public void giveUp() {
            answerUnconfirmed(Over.TIME);
        }

        private void answerUnconfirmed(Over over) {
            draft.answer(request.id(), new ConcernTimedOut(written, holders(), over));
        }

        /** Those among the copies known to have it under this epoch. */
        private List<NodeId> holders() {
            List<NodeId> holders = new ArrayList<>(peers.holdersOf(written.dot(), ballot));
            holders.retainAll(leadership.copies().nodes());
            holders.add(0, settings.self());
            return holders;
        }
    }
}
