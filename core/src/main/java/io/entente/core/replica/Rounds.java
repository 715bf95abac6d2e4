package io.entente.core.replica;

import io.entente.conflict.version.VersionVector;
import io.entente.core.message.Ballot;
import io.entente.core.message.NodeId;
import io.entente.core.message.PeerMessage.VectorIs;
import io.entente.core.message.PeerMessage.WantVector;
import io.entente.core.message.Report;
import io.entente.core.message.RoundId;
import io.entente.core.mode.ReadConcern;
import io.entente.core.topology.Copies;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * The questions to the other copies for what they have, asked in rounds that all waiting reads share (as <i>ReadIndex</i> does for a
 * leader's reads: Ongaro, <i>Consensus: Bridging Theory and Practice</i>, section 6.4).
 *
 * <p>An answer counts for a read only when its round began after the read came; answers to later rounds count too, so that a question
 * that was lost is simply asked again, as the next round. A round begins as soon as a read needs it, or a short while after the one
 * before where that has not got its answers yet. Only the latest answer of each copy is kept, so memory doesn't grow with reads.
 */
final class Rounds {

    /** The least time between two rounds while one is on its way: what many reads share, and the most that each of them loses. */
    private static final long BETWEEN_NANOS = 10_000_000L;

    private final NodeId self;
    private final long session;
    private final long patienceNanos;
    private final AppliedState applied;
    private final Admission admission;
    private final Epochs epochs;
    private final Leadership leadership;
    private final Draft draft;
    private final TreeMap<NodeId, Answer> answers = new TreeMap<>();
    private final TreeSet<NodeId> toAsk = new TreeSet<>();
    private final Map<Wanted, Optional<VersionVector>> judged = new HashMap<>();
    private boolean isNewReadWaiting;
    private boolean isLastUnanswered;
    private long begun;
    private long begunAtNanos;

    Rounds(
            ReplicaSettings settings,
            long session,
            AppliedState applied,
            Admission admission,
            Epochs epochs,
            Leadership leadership,
            Draft draft) {
        this.self = settings.self();
        this.session = session;
        this.patienceNanos = settings.timing().heartbeat().toNanos();
        this.applied = applied;
        this.admission = admission;
        this.epochs = epochs;
        this.leadership = leadership;
        this.draft = draft;
    }

    /** What a copy had in a round. */
    private record Answer(long round, Ballot promised, VersionVector vector, boolean counts) {

        private static final Answer NONE = new Answer(0, Ballot.zero(), VersionVector.empty(), false);

        private boolean countsSince(long since) {
            return counts && round >= since;
        }
    }

    /** What the reads of one round and concern have in common: they are judged once a step. */
    private record Wanted(ReadConcern concern, long since) {}

    /** The first round whose answers count for a read that comes now. */
    long next() {
        return begun + 1;
    }

    /** Tells a peer what this replica has. */
    void answer(NodeId asking, WantVector question) {
        Report report = new Report(self, admission.life(), epochs.promised(), applied.vector(), Optional.empty());
        draft.send(asking, new VectorIs(question.round(), report, counts()));
    }

    /** Takes in an answer, unless it is to another start's question, or comes after a later one. */
    void answered(NodeId copy, VectorIs answer, boolean isOfLatestLife) {
        long round = answer.round().number();
        Answer before = answers.get(copy);
        if (answer.round().session() == session && round <= begun && (before == null || before.round <= round)) {
            boolean counts = isOfLatestLife && answer.counts();
            answers.put(
                    copy,
                    new Answer(
                            round,
                            answer.report().promisedEpoch(),
                            answer.report().applied(),
                            counts));
            judged.clear();
        }
    }

    /**
     * The join of the vectors of enough copies, each as it was after the round began. Where there aren't enough yet the read counts as
     * waiting until the next {@link #proceed}.
     *
     * @param since the first round that counts
     */
    Optional<VersionVector> join(ReadConcern concern, long since) {
        return judged.computeIfAbsent(new Wanted(concern, since), this::judge);
    }

    private Optional<VersionVector> judge(Wanted wanted) {
        ReadConcern concern = wanted.concern;
        SortedSet<NodeId> counting = counting(concern, wanted.since);
        if (counting.size() < concern.needed(self, copies())) {
            await(concern, wanted.since);
            return Optional.empty();
        }
        VersionVector join = VersionVector.empty();
        for (NodeId copy : counting) {
            if (!copy.equals(self)) {
                join = join.join(answerOf(copy).vector);
            }
        }
        return Optional.of(join);
    }

    private void await(ReadConcern concern, long since) {
        isNewReadWaiting |= since > begun;
        isLastUnanswered |= since <= begun;
        toAsk.addAll(concern.asked(self, copies()));
    }

    /**
     * The names of those who said, in that round or a later one, that they had all of that and had promised that ballot and nothing later;
     * this replica's own among them. Where they are too few the read counts as waiting until the next {@link #proceed}.
     */
    Set<String> holding(ReadConcern concern, Ballot ballot, VersionVector held, long since) {
        Set<String> holding = new TreeSet<>();
        holding.add(self.node());
        answers.forEach((copy, answer) -> {
            if (answer.countsSince(since) && answer.promised.equals(ballot) && answer.vector.dominates(held)) {
                holding.add(copy.node());
            }
        });
        if (!epochs.established().isMajority(holding)) {
            await(concern, since);
        }
        return holding;
    }

    /** The copies among those asked whose answers count, this replica's own among them. */
    SortedSet<NodeId> counting(ReadConcern concern, long since) {
        SortedSet<NodeId> answered = concern.asked(self, copies());
        answered.removeIf(
                copy -> copy.equals(self) ? !counts() : !answerOf(copy).countsSince(since));
        return leadership.counting(answered, draft.now());
    }

    /** Begins a round when reads wait for one and it is time. */
    void proceed() {
        long since = draft.now().monotonicNanos() - begunAtNanos;
        boolean isTime = isLastUnanswered
                ? since >= (isNewReadWaiting ? Math.min(BETWEEN_NANOS, patienceNanos) : patienceNanos)
                : isNewReadWaiting;
        if (isTime) {
            begin();
        }
        isNewReadWaiting = false;
        isLastUnanswered = false;
        toAsk.clear();
        judged.clear();
    }

    private void begin() {
        begun++;
        begunAtNanos = draft.now().monotonicNanos();
        toAsk.remove(self);
        for (NodeId copy : toAsk) {
            draft.send(copy, new WantVector(new RoundId(session, begun)));
        }
    }

    /** Whether a quorum may rest on what this replica has: nothing it once acknowledged may be missing. */
    private boolean counts() {
        return admission.isAdmitted() && applied.merging().isEmpty() && !applied.holdsMore();
    }

    private Copies copies() {
        return leadership.copies();
    }

    private Answer answerOf(NodeId copy) {
        return answers.getOrDefault(copy, Answer.NONE);
    }
}
