package io.entente.core.replica;

import io.entente.conflict.version.CausalContext;
import io.entente.conflict.version.VersionVector;
import io.entente.core.effect.Reply;
import io.entente.core.effect.Reply.Found;
import io.entente.core.effect.Reply.Refusal;
import io.entente.core.effect.Reply.Refused;
import io.entente.core.effect.Reply.Written;
import io.entente.core.event.Event.ReadRequested;
import io.entente.core.event.Event.WriteRequested;
import io.entente.core.event.RequestId;
import java.util.Optional;

/**
 * Clients' requests: the two primitives all modes are made of, <i>wait until they have my dot</i> and <i>catch up to this vector,
 * then read</i>.
 */
final class Requests {

    private final AppliedState applied;
    private final Records records;
    private final WritePath writePath;
    private final Admission admission;
    private final Acknowledging acknowledging;
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
            Acknowledging acknowledging,
            QuorumRead.Asking asking,
            Draft draft) {
        this.applied = applied;
        this.records = records;
        this.writePath = writePath;
        this.admission = admission;
        this.acknowledging = acknowledging;
        this.draft = draft;
        this.asking = asking;
        this.limit = settings.limits().waitingRequests();
        this.waitingToArrive = new OpenRequests(limit);
        this.waitingForEvidence = new OpenRequests(limit);
    }

    void write(WriteRequested request) {
        if (isRefused(request)) {
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
                    writeNow(request, deadline);
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
        Optional<Refused> elsewhere = LeaderRead.refuse(request.concern(), asking);
        if (elsewhere.isPresent()) {
            draft.answer(request.id(), elsewhere.get());
            return;
        }
        OpenRequests.Waiting waiting = waiting(request);
        settleOrWait(request.id(), draft.now().deadlineAfter(request.timeout()), waiting);
    }

    private OpenRequests.Waiting waiting(ReadRequested request) {
        if (request.concern().isLeaders()) {
            return new LeaderRead(request, asking);
        }
        return request.concern().asksCopies() ? new QuorumRead(request, asking) : waitingForSession(request);
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

    /** The request may have waited for its context while this node was retired, or an epoch ended. */
    private void writeNow(WriteRequested request, long deadline) {
        if (isRefused(request)) {
            return;
        }
        boolean waits = acknowledging.waits(request);
        if (waits && waitingForEvidence.isFull()) {
            refuseOverloaded(request.id());
            return;
        }
        Reply reply = writePath.write(request);
        if (waits && reply instanceof Written written) {
            waitingForEvidence.add(deadline, acknowledging.waiting(request, written));
        } else {
            draft.answer(request.id(), reply);
        }
    }

    /** Whether this replica takes no such write now; if so, the request is answered with the reason. */
    private boolean isRefused(WriteRequested request) {
        Optional<Refused> refusal = admission
                .waitsFor()
                .map(obstacle -> new Refused(Refusal.NOT_ADMITTED, obstacle))
                .or(() -> acknowledging.obstacle(request));
        refusal.ifPresent(refused -> draft.answer(request.id(), refused));
        return refusal.isPresent();
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
