package io.entente.core.replica;

import io.entente.core.effect.Effect.Severity;
import io.entente.core.effect.Reply.Refusal;
import io.entente.core.effect.Reply.Refused;
import io.entente.core.effect.Reply.Verified;
import io.entente.core.event.Event.VerifyRequested;
import io.entente.core.message.MovedRows;
import io.entente.core.message.NodeId;
import io.entente.core.message.PeerMessage.Verify;
import io.entente.core.message.SubscriptionId;
import io.entente.core.message.VerifyMessage.ToVerifier;
import io.entente.core.message.VerifyMessage.ToView;
import io.entente.core.repair.Difference;
import io.entente.core.repair.VerificationReport;
import io.entente.core.repair.ViewRows;
import io.entente.core.store.StoreException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The verifications that clients ask this replica for, one after the other, and its part in those of others. */
final class Verifications {

    /** So many may wait. */
    private static final int MOST_WAITING = 16;

    /** So much time passes between two slices of a verification that nobody waits for: 20 MB, or ten thousand rows, a second. */
    private static final long PACE_NANOS = 50_000_000L;

    /** So many differences are named to the operator. */
    private static final int MOST_TOLD = 10;

    private final VerificationScope scope;
    private final RowRepair repair;
    private final VerifiedViews views;
    private final long session;
    private final Deque<Waiting> waiting = new ArrayDeque<>();
    private @Nullable Verification current;
    private SubscriptionId id;
    private long lastNumber;

    Verifications(VerificationScope scope, RowRepair repair, long session) {
        this.scope = scope;
        this.repair = repair;
        this.views = new VerifiedViews(scope, repair);
        this.session = session;
        this.id = new SubscriptionId(session, 0);
    }

    private record Waiting(VerifyRequested request, long deadlineNanos) {}

    void request(VerifyRequested request) {
        if (waiting.size() == MOST_WAITING) {
            refuse(request, Refusal.OVERLOADED, MOST_WAITING + " verifications wait at this replica already");
            return;
        }
        waiting.add(new Waiting(request, scope.draft().now().deadlineAfter(request.timeout())));
        scope.draft().comeBack();
    }

    void receive(NodeId from, Verify message) {
        if (message.message() instanceof ToView asked) {
            views.receive(from, message.id(), asked);
        } else if (current != null && message.id().equals(id)) {
            current.peers().receive(from, (ToVerifier) message.message());
        }
    }

    /** Forgets verifiers that are no longer addressable. */
    void retain(Set<NodeId> peers) {
        views.retain(peers);
    }

    /** Time passed. */
    void review() {
        views.review();
    }

    /** Goes on with what is under way; at the beginning of a step, before anything else happens in it. */
    void proceed() {
        views.proceed();
        Waiting first = waiting.peek();
        if (first == null) {
            return;
        }
        try {
            proceed(first);
        } catch (StoreException damaged) {
            end(first);
            refuse(first.request(), Refusal.NOT_REACHED, "this replica can't read its store: " + damaged.getMessage());
        }
    }

    private void proceed(Waiting first) {
        if (scope.draft().now().isPast(first.deadlineNanos())) {
            end(first);
            refuse(
                    first.request(),
                    Refusal.NOT_REACHED,
                    "the verification didn't finish in time; what differed so far is repaired: try again, with a longer"
                            + " timeout");
            return;
        }
        Verification running = current;
        if (running == null && scope.isComparable()) {
            running = begin(first.request());
            current = running;
        }
        if (running != null) {
            running.proceed();
            if (running.isFinished()) {
                end(first);
                VerificationReport report = running.report();
                tell(report);
                scope.draft().answer(first.request().id(), new Verified(report));
            }
        }
    }

    private Verification begin(VerifyRequested request) {
        id = new SubscriptionId(session, ++lastNumber);
        VerificationScope.View opened = scope.open();
        VerifiedView own = new VerifiedView(
                opened.rows(),
                opened.applied(),
                MovedRows.none(),
                scope.moves(),
                new ViewRows(opened.rows(), scope.reader()));
        return new Verification(
                scope, new VerifiedPeers(scope, id), own, repair, request.inBackground() ? PACE_NANOS : 0);
    }

    private void end(Waiting first) {
        waiting.remove(first);
        if (current != null) {
            current.close();
            current = null;
        }
        if (!waiting.isEmpty()) {
            scope.draft().comeBack();
        }
    }

    private void refuse(VerifyRequested request, Refusal reason, String detail) {
        scope.draft().answer(request.id(), new Refused(reason, detail));
    }

    private void tell(VerificationReport report) {
        if (report.differences() == 0) {
            return;
        }
        StringBuilder text = new StringBuilder("a verification found ")
                .append(report.differences())
                .append(" rows that differ although replicas have the same writes, or can't be read");
        report.named().stream()
                .limit(MOST_TOLD)
                .forEach(difference -> text.append("; ").append(told(difference)));
        text.append(". Check the disks and memory of the nodes that held what the others didn't");
        boolean repaired =
                report.named().stream().noneMatch(difference -> difference.outcome() == Difference.Outcome.NO_MAJORITY);
        scope.draft().tell(repaired ? Severity.WARNING : Severity.ALARM, text.toString());
    }

    private static String told(Difference difference) {
        StringBuilder held = new StringBuilder();
        difference
                .held()
                .forEach((node, state) -> held.append(held.length() == 0 ? "" : ", ")
                        .append(node.node())
                        .append(' ')
                        .append(describe(state)));
        String outcome = switch (difference.outcome()) {
            case REPAIRED -> "now as most have it";
            case NO_MAJORITY -> "left as it is, since no majority says who is right: write the key anew";
            case CHANGED_MEANWHILE -> "written to meanwhile, and to be compared again";
            case NOT_REPAIRED -> "not repaired, since the right row couldn't be fetched or written now";
        };
        return difference.key() + " (" + held + "), " + outcome;
    }

    private static String describe(io.entente.core.message.RowState state) {
        return switch (state.kind()) {
            case LIVE -> "has " + state.digest().toString().substring(0, 8);
            case GONE -> "has a deletion";
            case ABSENT -> "has nothing";
            case UNREADABLE -> "can't read it";
        };
    }
}
