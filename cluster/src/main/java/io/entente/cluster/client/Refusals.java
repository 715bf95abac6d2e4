package io.entente.cluster.client;

import com.fasterxml.jackson.databind.JsonNode;
import io.entente.cluster.map.EntenteException;
import io.entente.cluster.map.NotAppliedException;
import io.entente.cluster.map.NotAppliedException.Reason;
import io.entente.cluster.map.OutcomeUnknownException;
import io.entente.cluster.map.WriteConcernTimeoutException;
import io.entente.cluster.map.Written;
import io.entente.core.effect.Reply.Over;
import io.entente.core.message.NodeId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/** The exception for each kind of problem that nodes answer with (RFC 9457). */
final class Refusals {

    private static final Map<String, Reason> REASONS = Map.ofEntries(
            Map.entry("unauthenticated", Reason.NOT_PERMITTED),
            Map.entry("forbidden", Reason.NOT_PERMITTED),
            Map.entry("too-large", Reason.VALUE_TOO_LARGE),
            Map.entry("precondition-failed", Reason.PRECONDITION_FAILED),
            Map.entry("unresolved", Reason.UNRESOLVED),
            Map.entry("too-many-siblings", Reason.TOO_MANY_SIBLINGS),
            Map.entry("not-reached", Reason.NOT_REACHED),
            Map.entry("no-quorum", Reason.NO_QUORUM),
            Map.entry("no-leader", Reason.NO_LEADER),
            Map.entry("not-ready", Reason.NOT_READY),
            Map.entry("gone", Reason.NOT_REMEMBERED),
            Map.entry("overloaded", Reason.OVERLOADED),
            Map.entry("store-failed", Reason.STORE_FAILED),
            Map.entry("clock-off", Reason.CLOCK_OFF),
            Map.entry("disk-full", Reason.DISK_FULL),
            Map.entry("home-unreachable", Reason.HOME_UNREACHABLE));

    private Refusals() {}

    /** Why a read has failed. */
    static EntenteException ofRead(Answer answer) {
        return ofFollowing(answer);
    }

    /** Why a map can't be followed. */
    static NotAppliedException ofFollowing(Answer answer) {
        return new NotAppliedException(
                REASONS.getOrDefault(
                        answer.code(), answer.status() >= 500 ? Reason.NOT_READY : Reason.INVALID_ARGUMENT),
                sentence(answer));
    }

    /**
     * Why a write has failed.
     *
     * @param written what the answer's headers say of the write, where it says that it is applied
     */
    static EntenteException ofWrite(Answer answer, Supplier<Written> written) {
        if (answer.code().equals("write-concern-timeout")) {
            Written applied = written.get();
            return new WriteConcernTimeoutException(applied, holders(answer, applied), over(answer));
        }
        Reason reason = REASONS.get(answer.code());
        if (reason == null && answer.status() >= 500) {
            return new OutcomeUnknownException(sentence(answer), null);
        }
        return new NotAppliedException(reason == null ? Reason.INVALID_ARGUMENT : reason, sentence(answer));
    }

    /** Why an answer that isn't a node's, or not as nodes answer, is of no use. */
    static EntenteException garbled(Call call, Answer answer, RuntimeException failure) {
        String sentence = answer.node() + " answered " + answer.status()
                + " in a form that can't be understood: look whether it is a node of Entente, and what stands between ("
                + failure.getMessage() + ")";
        return call.isWrite()
                ? new OutcomeUnknownException(sentence, failure)
                : new NotAppliedException(Reason.NOT_READY, sentence);
    }

    private static Over over(Answer answer) {
        return answer.json().path("over").asText().equals("epoch") ? Over.EPOCH : Over.TIME;
    }

    private static List<NodeId> holders(Answer answer, Written written) {
        List<NodeId> holders = new ArrayList<>();
        for (JsonNode holder : answer.json().path("holders")) {
            String[] parts = holder.asText().split("/", 2);
            if (parts.length == 2) {
                holders.add(new NodeId(parts[0], parts[1]));
            }
        }
        return holders.isEmpty() ? List.of(NodeId.of(written.dot().origin())) : holders;
    }

    private static String sentence(Answer answer) {
        String detail = answer.json().path("detail").asText();
        String what = detail.isEmpty() ? "it answered " + answer.status() + " without saying why" : detail;
        return answer.node() + " says: " + what;
    }
}
