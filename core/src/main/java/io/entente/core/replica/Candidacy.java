package io.entente.core.replica;

import io.entente.conflict.version.VersionVector;
import io.entente.core.event.RequestId;
import io.entente.core.message.Epoch;
import io.entente.core.message.PeerMessage.Promised;
import io.entente.core.message.PeerMessage.WantPromise.Stage;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** One attempt of this replica to begin an epoch: what it proposes, how far it has come, who has answered. */
final class Candidacy {

    private final Epoch proposed;
    private final Epoch basis;
    private final Optional<Errand> errand;
    private final TreeMap<String, VersionVector> answers = new TreeMap<>();
    private final TreeSet<String> unsettled = new TreeSet<>();
    private Stage stage;
    private long sinceNanos;
    private long askedAtNanos;

    Candidacy(Epoch proposed, Epoch basis, Optional<Errand> errand, long nowNanos) {
        this.proposed = proposed;
        this.basis = basis;
        this.errand = errand;
        this.stage = errand.isPresent() ? Stage.PROBE_ANYWAY : Stage.PROBE;
        this.sinceNanos = nowNanos;
    }

    /** An operator's request that the candidate stands for, and until when. */
    record Errand(RequestId request, long deadlineNanos) {}

    Epoch proposed() {
        return proposed;
    }

    Epoch basis() {
        return basis;
    }

    Optional<Errand> errand() {
        return errand;
    }

    Stage stage() {
        return stage;
    }

    boolean isAsking() {
        return stage == Stage.ASK;
    }

    /** When this stage began. */
    long sinceNanos() {
        return sinceNanos;
    }

    /** When the others were last asked. */
    long askedAtNanos() {
        return askedAtNanos;
    }

    void asked(long nowNanos) {
        askedAtNanos = nowNanos;
    }

    /** Enough would promise: now it is asked of them. */
    void ask(long nowNanos) {
        stage = Stage.ASK;
        sinceNanos = nowNanos;
        answers.clear();
        unsettled.clear();
    }

    void answered(String node, Promised answer) {
        if (answer.stage() == stage && answer.ballot().equals(proposed.ballot())) {
            answers.put(node, answer.applied());
            if (answer.unsettled()) {
                unsettled.add(node);
            }
        }
    }

    Set<String> answered() {
        return answers.keySet();
    }

    /** Whether more than half of the voters have answered at this stage. */
    boolean hasMajority() {
        return basis.isMajority(answers.keySet());
    }

    /** The join of what those had who have promised. */
    VersionVector join() {
        VersionVector join = VersionVector.empty();
        for (VersionVector vector : answers.values()) {
            join = join.join(vector);
        }
        return join;
    }

    /** The epoch as it begins: settled only if nobody knows of anything in between. */
    Epoch outcome() {
        return proposed.settled() && !unsettled.isEmpty()
                ? new Epoch(proposed.ballot(), proposed.leader(), proposed.mode(), proposed.voters(), false)
                : proposed;
    }
}
