package io.entente.core.replica;

import io.entente.core.message.NodeId;
import io.entente.core.message.SubscriptionId;
import io.entente.core.message.VerifyMessage.ToVerifier;
import io.entente.core.message.VerifyMessage.ToView;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** Questions to several replicas, one each, asked again until all have answered or are given up. */
final class VerificationRound {

    private final VerificationScope scope;
    private final SubscriptionId id;
    private final long number;
    private final Map<NodeId, ToView> open;
    private final Map<NodeId, ToVerifier> answers = new TreeMap<>();
    private final long begunNanos;
    private long askedNanos;

    /** Asks them. */
    VerificationRound(VerificationScope scope, SubscriptionId id, long number, Map<NodeId, ToView> questions) {
        this.scope = scope;
        this.id = id;
        this.number = number;
        this.open = new TreeMap<>(questions);
        this.begunNanos = scope.nowNanos();
        askAgain();
    }

    void answered(NodeId from, ToVerifier answer) {
        if (answer.number() == number && open.remove(from) != null) {
            answers.put(from, answer);
        }
    }

    /** Nothing is expected of that one any more. */
    void forget(NodeId node) {
        open.remove(node);
        answers.remove(node);
    }

    boolean isComplete() {
        return open.isEmpty();
    }

    Map<NodeId, ToVerifier> answers() {
        return answers;
    }

    /** Those that have not answered for so long. */
    Set<NodeId> silentFor(long nanos) {
        return scope.nowNanos() - begunNanos > nanos ? new TreeSet<>(open.keySet()) : Set.of();
    }

    /** Asks those again that have not answered for a while. */
    void remind() {
        if (scope.nowNanos() - askedNanos > scope.settings().timing().stall().toNanos()) {
            askAgain();
        }
    }

    private void askAgain() {
        askedNanos = scope.nowNanos();
        open.forEach((node, question) -> scope.send(node, id, question));
    }
}
