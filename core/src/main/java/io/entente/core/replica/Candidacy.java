package io.entente.core.replica;

import io.entente.conflict.version.VersionVector;
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
    private final VersionVector atLeast;
    private final boolean changesVoters;
    private Stage stage;
    private long sinceNanos;
    private long askedAtNanos;

    /**
     * @param proof how the candidate begins to ask
     */
    Candidacy(Epoch proposed, Epoch basis, Optional<Errand> errand, Proof proof, long nowNanos) {
        this.proposed = proposed;
        this.basis = basis;
        this.errand = errand;
        this.stage = proof.stage;
        this.changesVoters = isMakingSure();
        this.atLeast = proof.atLeast;
        this.sinceNanos = nowNanos;
    }

    /**
     * What others have to say before they are asked for promises.
     *
     * @param stage what it is
     * @param atLeast what they have to have, too
     */
    record Proof(Stage stage, VersionVector atLeast) {

        /** That they would promise. */
        static Proof of(Stage stage) {
            return new Proof(stage, VersionVector.empty());
        }
    }

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

    /** Whether it is being made sure that nobody passes the basis over, so that its voters may change. */
    boolean isMakingSure() {
        return stage == Stage.PROBE_HEEDED;
    }

    /** Whether the candidate began the basis itself, for other voters than these to vote. */
    boolean changesVoters() {
        return changesVoters;
    }

    /** Whether this is for other voters, and these vote already: nothing is missing but that they know. */
    boolean isOnlyToMakeSure() {
        return isMakingSure() && proposed.voters().equals(basis.voters());
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
        boolean isEnough = isAsking() || answer.applied().dominates(atLeast);
        if (answer.stage() == stage && answer.ballot().equals(proposed.ballot()) && isEnough) {
            answers.put(node, answer.applied());
            if (answer.unsettled()) {
                unsettled.add(node);
            }
        }
    }

    Set<String> answered() {
        return answers.keySet();
    }

    /** Whether more than half of the voters have answered at this stage; where the voters change, of the ones as of the others. */
    boolean hasMajority() {
        return basis.isMajority(answers.keySet()) && proposed.isMajority(answers.keySet());
    }

    /** The voters, and those who are to be. */
    Set<String> electors() {
        Set<String> electors = new TreeSet<>(basis.voters());
        electors.addAll(proposed.voters());
        return electors;
    }

    /** Those of them who have not answered. */
    Set<String> silent() {
        Set<String> silent = electors();
        silent.removeAll(answers.keySet());
        return silent;
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
