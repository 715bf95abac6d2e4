package io.entente.core.replica;

import io.entente.core.message.NodeId;
import io.entente.core.message.SubscriptionId;
import io.entente.core.message.VerifyMessage.ToVerifier;
import io.entente.core.message.VerifyMessage.ToView;
import io.entente.core.message.VerifyMessage.ViewDone;
import io.entente.core.message.VerifyMessage.ViewRefused;
import java.util.Collection;
import java.util.Map;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.BiFunction;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The other copies of the partition in one verification: who is compared, why somebody isn't, and what they are being asked. */
final class VerifiedPeers {

    /** So many stall times a replica may take to reach the verifier's vector, or for an answer. */
    private static final int PATIENCE = 8;

    private final VerificationScope scope;
    private final SubscriptionId id;
    private final SortedSet<NodeId> compared = new TreeSet<>();
    private final SortedMap<NodeId, String> notCompared = new TreeMap<>();
    private @Nullable VerificationRound round;
    private Consumer<Map<NodeId, ToVerifier>> then = answers -> {};
    private long questions;
    private boolean isOpening = true;

    /** All that are live now. Who is retired is no copy any more: what it had alone is salvaged, not compared. */
    VerifiedPeers(VerificationScope scope, SubscriptionId id) {
        this.scope = scope;
        this.id = id;
        for (NodeId peer : scope.peers().all()) {
            if (scope.peers().isLive(peer, scope.draft().now())) {
                compared.add(peer);
            } else if (!scope.peers().retired().contains(peer.node())) {
                notCompared.put(peer, "is not there");
            }
        }
    }

    SortedSet<NodeId> compared() {
        return compared;
    }

    SortedMap<NodeId, String> notCompared() {
        return notCompared;
    }

    /** Asks all for their views, and goes on when all that are left have answered. */
    void askForViews(ToView question, Consumer<Map<NodeId, ToVerifier>> next) {
        Map<NodeId, ToView> asked = new TreeMap<>();
        compared.forEach(node -> asked.put(node, question));
        then = next;
        // Their answers have that number: they are of the view as a whole.
        round = new VerificationRound(scope, id, 0, asked);
    }

    /** Asks each of these something, and goes on when all that are left have answered. */
    void ask(
            BiFunction<NodeId, Long, ToView> question,
            Collection<NodeId> nodes,
            Consumer<Map<NodeId, ToVerifier>> next) {
        isOpening = false;
        long number = ++questions;
        Map<NodeId, ToView> asked = new TreeMap<>();
        for (NodeId node : nodes) {
            if (compared.contains(node)) {
                asked.put(node, question.apply(node, number));
            }
        }
        then = next;
        round = new VerificationRound(scope, id, number, asked);
    }

    void receive(NodeId from, ToVerifier answer) {
        VerificationRound current = round;
        if (current == null || !compared.contains(from)) {
            return;
        }
        if (answer instanceof ViewRefused refused) {
            drop(from, refused.why());
        } else {
            current.answered(from, answer);
        }
        scope.draft().comeBack();
    }

    /** That one is compared no further. */
    void drop(NodeId node, String why) {
        compared.remove(node);
        notCompared.put(node, why);
        if (round != null) {
            round.forget(node);
        }
    }

    /** Whether something was asked. */
    boolean isAsking() {
        return round != null;
    }

    /** Goes on with the answers if they are complete; says whether some are missing. */
    boolean isWaiting() {
        VerificationRound current = round;
        if (current == null) {
            return false;
        }
        long patience = PATIENCE * scope.settings().timing().stall().toNanos();
        String why = isOpening
                ? "doesn't have all that the verifier has, or didn't answer in time"
                : "didn't answer in time";
        current.silentFor(patience).forEach(node -> drop(node, why));
        if (!current.isComplete()) {
            current.remind();
            return true;
        }
        round = null;
        then.accept(current.answers());
        return false;
    }

    /** Tells everybody that it is over. */
    void dismiss() {
        compared.forEach(node -> scope.send(node, id, new ViewDone()));
    }
}
