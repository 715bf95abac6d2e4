package io.entente.core.replica;

import io.entente.conflict.version.CausalContext;
import io.entente.conflict.version.VersionVector;
import io.entente.core.effect.Reply;
import io.entente.core.effect.Reply.ConcernTimedOut;
import io.entente.core.effect.Reply.Found;
import io.entente.core.effect.Reply.Refusal;
import io.entente.core.effect.Reply.Refused;
import io.entente.core.effect.Reply.Written;
import io.entente.core.event.Event.ReadRequested;
import io.entente.core.event.Event.WriteRequested;
import io.entente.core.event.RequestId;
import io.entente.core.message.NodeId;
import io.entente.core.mode.Evidence;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Clients' requests: the two primitives all modes are made of, <i>wait until they have my dot</i> and <i>catch up to this vector,
 * then read</i>.
 */
final class Requests {

    private final NodeId self;
    private final AppliedState applied;
    private final Records records;
    private final WritePath writePath;
    private final Admission admission;
    private final Peers peers;
    private final Leadership leadership;
    private final Draft draft;
    private final QuorumRead.Asking asking;
    private final int limit;
    private final OpenRequests waitingToArrive;
    private final OpenRequests waitingForEvidence;

    Requests(
            ReplicaSettings settings,
            AppliedState applied,
            Records records,
            WritePath writePath,
            Admission admission,
            Peers peers,
            Leadership leadership,
            Rounds rounds,
            Sources sources,
            Draft draft) {
        this.self = settings.self();
        this.applied = applied;
        this.records = records;
        this.writePath = writePath;
        this.admission = admission;
        this.peers = peers;
        this.leadership = leadership;
        this.draft = draft;
        this.asking = new QuorumRead.Asking(settings, rounds, applied, records, sources, leadership, draft);
        this.limit = settings.limits().waitingRequests();
        this.waitingToArrive = new OpenRequests(limit);
        this.waitingForEvidence = new OpenRequests(limit);
    }

    void write(WriteRequested request) {
        Optional<String> obstacle = admission.waitsFor();
        if (obstacle.isPresent()) {
            refuse(request.id(), Refusal.NOT_ADMITTED, obstacle.get());
            return;
        }
        CausalContext context = WritePath.contextOf(request.condition());
        long deadline = draft.now().deadlineAfter(request.timeout());
        OpenRequests.Waiting waiting = new OpenRequests.Waiting() {
            @Override
            public boolean settle() {
                boolean arrived = context.coveredBy(applied.promised())
                        && applied.promised().dominates(request.atLeast());
                if (arrived) {
                    writeIfStillAdmitted(request, deadline);
                }
                return arrived;
            }

            @Override
            public void giveUp() {
                refuseNotReached(
                        request.id(),
                        context.coveredBy(applied.promised())
                                ? "the session has seen writes"
                                : "the context names writes");
            }
        };
        settleOrWait(request.id(), deadline, waiting);
    }

    void read(ReadRequested request) {
        Optional<String> impossible = asking.impossible(request.concern());
        if (impossible.isPresent()) {
            refuse(request.id(), Refusal.TOO_MANY_COPIES, impossible.get());
            return;
        }
        OpenRequests.Waiting waiting =
                request.concern().asksCopies() ? new QuorumRead(request, asking) : waitingForSession(request);
        settleOrWait(request.id(), draft.now().deadlineAfter(request.timeout()), waiting);
    }

    private OpenRequests.Waiting waitingForSession(ReadRequested request) {
        VersionVector atLeast = request.concern().waitsForSession() ? request.atLeast() : VersionVector.empty();
        return new OpenRequests.Waiting() {
            @Override
            public boolean settle() {
                boolean reached = applied.hasReached(atLeast);
                if (reached) {
                    draft.answer(request.id(), new Found(records.get(request.key()), applied.seen()));
                }
                return reached;
            }

            @Override
            public void giveUp() {
                refuseNotReached(request.id(), "the session has seen writes");
            }
        };
    }

    /** Looks at the waiting requests again, after something arrived or time passed. */
    void review() {
        waitingToArrive.review(draft.now());
        waitingForEvidence.review(draft.now());
        asking.rounds().proceed();
    }

    private void settleOrWait(RequestId id, long deadline, OpenRequests.Waiting request) {
        if (request.settle()) {
            return;
        }
        if (waitingToArrive.isFull()) {
            refuseOverloaded(id);
        } else {
            waitingToArrive.add(deadline, request);
        }
    }

    /** The request may have waited for its context while this node was retired. */
    private void writeIfStillAdmitted(WriteRequested request, long deadline) {
        admission
                .waitsFor()
                .ifPresentOrElse(
                        obstacle -> refuse(request.id(), Refusal.NOT_ADMITTED, obstacle),
                        () -> writeNow(request, deadline));
    }

    private void writeNow(WriteRequested request, long deadline) {
        boolean waits = !request.concern().enough(evidence(List.of()));
        if (waits && waitingForEvidence.isFull()) {
            refuseOverloaded(request.id());
            return;
        }
        Reply reply = writePath.write(request);
        if (waits && reply instanceof Written written) {
            waitingForEvidence.add(deadline, waitingForConcern(request, written));
        } else {
            draft.answer(request.id(), reply);
        }
    }

    private OpenRequests.Waiting waitingForConcern(WriteRequested request, Written written) {
        return new OpenRequests.Waiting() {
            @Override
            public boolean settle() {
                boolean met = request.concern().enough(evidence(holders(written)));
                if (met) {
                    draft.answer(request.id(), written);
                }
                return met;
            }

            @Override
            public void giveUp() {
                draft.answer(request.id(), new ConcernTimedOut(written, holders(written)));
            }
        };
    }

    private Evidence evidence(List<NodeId> holders) {
        List<NodeId> all = new ArrayList<>(holders);
        all.add(self);
        return Evidence.of(self, leadership.counting(all, draft.now()), leadership.copies());
    }

    /** Those among the copies known to have it: one that is no copy any more is not among those that a read asks. */
    private List<NodeId> holders(Written written) {
        List<NodeId> holders = new ArrayList<>(peers.holdersOf(written.dot()));
        holders.retainAll(leadership.copies().nodes());
        holders.add(0, self);
        return holders;
    }

    private void refuseNotReached(RequestId id, String what) {
        refuse(
                id,
                Refusal.NOT_REACHED,
                what + " that did not arrive at this replica in time: try again, with a longer timeout, or at the data"
                        + " center it was obtained from");
    }

    private void refuseOverloaded(RequestId id) {
        refuse(
                id,
                Refusal.OVERLOADED,
                limit + " requests wait at this replica already, which is the limit: try again in a moment");
    }

    private void refuse(RequestId id, Refusal reason, String detail) {
        draft.answer(id, new Refused(reason, detail));
    }
}
