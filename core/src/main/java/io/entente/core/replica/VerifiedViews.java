package io.entente.core.replica;

import io.entente.conflict.version.VersionVector;
import io.entente.core.message.MovedRows;
import io.entente.core.message.NodeId;
import io.entente.core.message.SubscriptionId;
import io.entente.core.message.VerifyMessage.ContentAsked;
import io.entente.core.message.VerifyMessage.DigestsAsked;
import io.entente.core.message.VerifyMessage.KeysAsked;
import io.entente.core.message.VerifyMessage.RepairAsked;
import io.entente.core.message.VerifyMessage.Repaired;
import io.entente.core.message.VerifyMessage.RowsAsked;
import io.entente.core.message.VerifyMessage.ToVerifier;
import io.entente.core.message.VerifyMessage.ToView;
import io.entente.core.message.VerifyMessage.ViewAsked;
import io.entente.core.message.VerifyMessage.ViewDone;
import io.entente.core.message.VerifyMessage.ViewOpened;
import io.entente.core.message.VerifyMessage.ViewRefused;
import io.entente.core.repair.RowReader;
import io.entente.core.repair.ViewRows;
import io.entente.core.store.StoreException;
import io.entente.core.store.StoreSnapshot;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Answers others that compare their records with this replica's: for each a view, which waits until this replica has all that the verifier
 * has, so that what differs by then is what moved on here.
 *
 * <p>Questions are answered at the beginnings of steps, long ones in slices. A view keeps replaced rows alive, so there are few, and
 * one that isn't asked about any more is closed.
 */
final class VerifiedViews {

    /** More verifiers have to wait. */
    private static final int MOST = 3;

    /** So many stall times after the verifier's last word its view is closed. */
    private static final int PATIENCE = 10;

    private final VerificationScope scope;
    private final RowRepair repair;
    private final RowReader reader;
    private final Map<NodeId, Served> served = new TreeMap<>();

    VerifiedViews(VerificationScope scope, RowRepair repair) {
        this.scope = scope;
        this.repair = repair;
        this.reader = scope.reader();
    }

    void receive(NodeId verifier, SubscriptionId id, ToView message) {
        Served present = served.get(verifier);
        if (message instanceof ViewAsked asked) {
            present = admit(verifier, id, asked, present);
        }
        if (present != null && present.id.equals(id)) {
            present.heardNanos = scope.nowNanos();
            message.dispatch(present);
            scope.draft().comeBack();
        } else if (!(message instanceof ViewDone) && (present == null || !id.isOlderThan(present.id))) {
            String why = message instanceof ViewAsked
                    ? "serves " + MOST + " others, which is the limit"
                    : "doesn't have that view any more";
            scope.send(verifier, id, new ViewRefused(why));
        }
    }

    private @Nullable Served admit(NodeId verifier, SubscriptionId id, ViewAsked asked, @Nullable Served present) {
        if (present != null && (present.id.equals(id) || id.isOlderThan(present.id))) {
            return present;
        }
        if (present == null && served.size() == MOST) {
            return null;
        }
        if (present != null) {
            present.close();
        }
        Served begun = new Served(verifier, id, asked.at());
        served.put(verifier, begun);
        return begun;
    }

    /** Answers what can be answered now; at the beginning of a step. */
    void proceed() {
        for (Served each : List.copyOf(served.values())) {
            each.proceed();
        }
    }

    /** Closes views of verifiers that are silent. */
    void review() {
        long patience = PATIENCE * scope.settings().timing().stall().toNanos();
        closeIf(each -> scope.nowNanos() - each.heardNanos > patience);
    }

    /** Forgets verifiers that are no longer addressable. */
    void retain(Set<NodeId> peers) {
        closeIf(each -> !peers.contains(each.verifier));
    }

    private void closeIf(java.util.function.Predicate<Served> gone) {
        served.values().removeIf(each -> {
            boolean goes = gone.test(each);
            if (goes) {
                each.close();
            }
            return goes;
        });
    }

    /** What one verifier asks. */
    private final class Served implements ToView.Handler {

        private final NodeId verifier;
        private final SubscriptionId id;
        private final VersionVector at;
        private long heardNanos;
        private @Nullable VerifiedView view;
        private boolean tellsOpened = true;
        private long lastNumber;
        private @Nullable ToVerifier lastAnswer;
        private Optional<ToView> question = Optional.empty();

        private Served(NodeId verifier, SubscriptionId id, VersionVector at) {
            this.verifier = verifier;
            this.id = id;
            this.at = at;
        }

        @Override
        public void onViewAsked(ViewAsked message) {
            tellsOpened = true;
        }

        @Override
        public void onDigestsAsked(DigestsAsked message) {
            ask(message.number(), message);
        }

        @Override
        public void onRowsAsked(RowsAsked message) {
            ask(message.number(), message);
        }

        @Override
        public void onKeysAsked(KeysAsked message) {
            ask(message.number(), message);
        }

        @Override
        public void onContentAsked(ContentAsked message) {
            ask(message.number(), message);
        }

        @Override
        public void onRepairAsked(RepairAsked message) {
            ask(message.number(), message);
        }

        @Override
        public void onViewDone(ViewDone message) {
            close();
            served.remove(verifier);
        }

        /** A question that is asked again has its answer again: nothing is done twice. */
        private void ask(long number, ToView message) {
            if (number > lastNumber) {
                lastNumber = number;
                lastAnswer = null;
                question = Optional.of(message);
            } else if (number == lastNumber && lastAnswer != null) {
                scope.send(verifier, id, lastAnswer);
            }
        }

        private void proceed() {
            try {
                proceedWhileReadable();
            } catch (StoreException unreadable) {
                close();
                served.remove(verifier);
                scope.send(verifier, id, new ViewRefused("can't read its store: " + unreadable.getMessage()));
            }
        }

        private void proceedWhileReadable() {
            VerifiedView open = view;
            if (open == null) {
                openIfReached();
                return;
            }
            open.movedSince().advance(scope.store(), scope.applied().vector());
            if (tellsOpened) {
                tellsOpened = false;
                scope.send(verifier, id, new ViewOpened(open.applied(), open.movedHere()));
            }
            if (question.isPresent() && !open.isMeantBy(question.get())) {
                close();
                served.remove(verifier);
                scope.send(verifier, id, new ViewRefused("was started again meanwhile, and has another view"));
            } else if (question.isPresent()) {
                answer(question.get(), open).ifPresentOrElse(this::answered, scope.draft()::comeBack);
            }
        }

        private void answered(ToVerifier answer) {
            question = Optional.empty();
            lastAnswer = answer;
            scope.send(verifier, id, answer);
        }

        private Optional<? extends ToVerifier> answer(ToView asked, VerifiedView open) {
            if (asked instanceof DigestsAsked digests) {
                return open.compare(digests);
            } else if (asked instanceof RowsAsked range) {
                return Optional.of(open.list(range));
            } else if (asked instanceof KeysAsked keys) {
                return Optional.of(open.look(keys));
            } else if (asked instanceof ContentAsked content) {
                return Optional.of(open.content(content.number(), content.keys()));
            }
            RepairAsked repairs = (RepairAsked) asked;
            return Optional.of(new Repaired(repairs.number(), repair.make(open.movedSince(), repairs.repairs())));
        }

        private void openIfReached() {
            if (!scope.isComparable() || !scope.applied().vector().dominates(at)) {
                return;
            }
            VerificationScope.View opened = scope.open();
            StoreSnapshot snapshot = opened.rows();
            VersionVector applied = opened.applied();
            Optional<MovedRows> moved = scope.moves().between(snapshot, at, applied);
            if (moved.isEmpty()) {
                snapshot.close();
                served.remove(verifier);
                scope.send(verifier, id, new ViewRefused("has moved on further than its log tells"));
                return;
            }
            view = new VerifiedView(snapshot, applied, moved.get(), scope.moves(), new ViewRows(snapshot, reader));
            proceedWhileReadable();
        }

        private void close() {
            if (view != null) {
                view.close();
            }
        }
    }
}
