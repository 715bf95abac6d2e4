package io.entente.core.replica;

import io.entente.conflict.version.VersionVector;
import io.entente.core.bytes.Bytes;
import io.entente.core.message.MovedRows;
import io.entente.core.message.NodeId;
import io.entente.core.message.VerifyMessage.DigestsAsked;
import io.entente.core.message.VerifyMessage.RangesDiffer;
import io.entente.core.message.VerifyMessage.Repair;
import io.entente.core.message.VerifyMessage.ToVerifier;
import io.entente.core.message.VerifyMessage.ViewAsked;
import io.entente.core.message.VerifyMessage.ViewOpened;
import io.entente.core.repair.Ballot;
import io.entente.core.repair.Difference;
import io.entente.core.repair.Findings;
import io.entente.core.repair.VerificationReport;
import io.entente.core.repair.ViewRows;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * One comparison of this replica's records with those of all other copies, at the vector that this replica had when it began.
 *
 * <p>The others open their views when they have all of that. What they have beyond it touches rows that their logs name, and these
 * are left out everywhere: every other row is in every view what it is at the verifier's vector. So nothing has to stop, and replicas
 * that never have the same vector at the same time are compared at one.
 */
final class Verification {

    /** With more rows in motion than that, those who have them aren't compared this time. */
    private static final long MOST_MOVED_BYTES = 2 << 20;

    private final VerificationScope scope;
    private final VerifiedPeers peers;
    private final VerifiedView own;
    private final RowRepair repair;
    private final long paceNanos;
    private final Set<NodeId> toldMoved = new TreeSet<>();
    private final Deque<Runnable> inspections = new ArrayDeque<>();
    private final Findings findings = new Findings();
    private final Bytes end;
    private MovedRows moved = MovedRows.none();
    private @Nullable RangeBatch batch;
    private Bytes position;
    private long nextSliceNanos;
    private boolean finished;

    /**
     * A comparison that begins.
     *
     * @param own this replica's view
     * @param paceNanos the least time between two slices of rows
     */
    Verification(VerificationScope scope, VerifiedPeers peers, VerifiedView own, RowRepair repair, long paceNanos) {
        this.scope = scope;
        this.peers = peers;
        this.own = own;
        this.repair = repair;
        this.paceNanos = paceNanos;
        this.position = scope.keys().first();
        this.end = scope.keys().last();
        peers.askForViews(new ViewAsked(at()), this::opened);
    }

    NodeId self() {
        return scope.settings().self();
    }

    ViewRows rows() {
        return own.rows();
    }

    MovedRows moved() {
        return moved;
    }

    VerifiedPeers peers() {
        return peers;
    }

    boolean isFinished() {
        return finished;
    }

    private VersionVector at() {
        return own.applied();
    }

    private void opened(Map<NodeId, ToVerifier> answers) {
        answers.forEach((node, answer) -> {
            Optional<MovedRows> all =
                    answer instanceof ViewOpened opened ? Optional.of(moved.with(opened.moved())) : Optional.empty();
            if (all.isEmpty() || all.get().bytes() > MOST_MOVED_BYTES) {
                peers.drop(node, "has moved on too far");
            } else {
                moved = all.get();
            }
        });
    }

    /** Goes on as far as one slice of rows, or until an answer is missing; at the beginning of a step. */
    void proceed() {
        own.movedSince().advance(scope.store(), scope.applied().vector());
        boolean sliced = false;
        while (!finished && !sliced) {
            if (peers.isWaiting()) {
                return;
            }
            if (peers.isAsking()) {
                continue;
            }
            Runnable inspection = inspections.poll();
            if (inspection != null) {
                inspection.run();
            } else if (position.equals(end)) {
                finished = true;
            } else if (scope.nowNanos() < nextSliceNanos) {
                return;
            } else {
                readSome();
                sliced = true;
            }
        }
        if (!finished) {
            scope.draft().comeBack();
        }
    }

    private void readSome() {
        RangeBatch current = batch;
        if (current == null) {
            current = new RangeBatch(position, end, moved);
            batch = current;
        }
        nextSliceNanos = scope.nowNanos() + paceNanos;
        if (current.readSome(own.rows())) {
            batch = null;
            position = current.next();
            compare(current);
        }
    }

    private void compare(RangeBatch complete) {
        complete.ranges().forEach(findings::count);
        if (complete.ranges().isEmpty()) {
            inspections.add(() -> inspect(position, end, true));
            return;
        }
        peers.ask((node, number) -> digests(node, number, complete), peers.compared(), answers -> {
            Set<Integer> differing = new TreeSet<>(complete.unreadable());
            answers.forEach((node, answer) -> {
                toldMoved.add(node);
                if (answer instanceof RangesDiffer differ) {
                    differing.addAll(differ.ranges());
                }
            });
            differing.removeIf(range -> range >= complete.ranges().size());
            for (int range : differing) {
                Bytes to = complete.ranges().get(range).to();
                inspections.add(() -> inspect(complete.beginOf(range), to, false));
            }
            if (complete.isBlocked()) {
                inspections.add(() -> inspect(complete.next(), end, true));
            }
        });
    }

    private DigestsAsked digests(NodeId node, long number, RangeBatch of) {
        Optional<MovedRows> told = toldMoved.contains(node) ? Optional.empty() : Optional.of(moved);
        return new DigestsAsked(number, told, of.from(), of.ranges());
    }

    /**
     * Inspects a range, and what is left of it.
     *
     * @param blocked whether the own store can't be read on in order: then it goes on behind what the others could list
     */
    private void inspect(Bytes from, Bytes to, boolean blocked) {
        new RangeInspection(
                        this,
                        from,
                        to,
                        (next, differing) -> settle(differing, () -> {
                            if (blocked) {
                                position = next;
                            } else if (next.compareTo(to) < 0) {
                                inspections.addFirst(() -> inspect(next, to, false));
                            }
                        }))
                .begin();
    }

    private void settle(Map<Bytes, Ballot> differing, Runnable next) {
        new RowSettlement(this, differing, outcomes -> {
                    outcomes.forEach((key, outcome) -> {
                        Ballot ballot = Objects.requireNonNull(differing.get(key));
                        findings.add(Difference.of(key, ballot, outcome));
                    });
                    next.run();
                })
                .proceed();
    }

    /** Nobody can tell what this replica has lost in a range that it can't read. */
    void nobodyKnows(Bytes from) {
        peers.notCompared().put(self(), "can't read its records from " + from + " on, and nobody else is there");
    }

    List<Boolean> repairHere(List<Repair> repairs) {
        return repair.make(own.movedSince(), repairs);
    }

    List<Optional<Bytes>> contentHere(List<Bytes> keys) {
        return own.content(0, keys).rows();
    }

    /** Tells everybody that it is over, and closes the own view. */
    void close() {
        peers.dismiss();
        own.close();
    }

    VerificationReport report() {
        return findings.report(self(), at(), peers.compared(), peers.notCompared(), moved.size());
    }
}
