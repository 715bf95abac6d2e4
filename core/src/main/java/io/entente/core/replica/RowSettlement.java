package io.entente.core.replica;

import io.entente.core.bytes.Bytes;
import io.entente.core.message.NodeId;
import io.entente.core.message.RowState;
import io.entente.core.message.VerifyMessage.Content;
import io.entente.core.message.VerifyMessage.ContentAsked;
import io.entente.core.message.VerifyMessage.Repair;
import io.entente.core.message.VerifyMessage.RepairAsked;
import io.entente.core.message.VerifyMessage.Repaired;
import io.entente.core.message.VerifyMessage.ToVerifier;
import io.entente.core.repair.Ballot;
import io.entente.core.repair.Difference.Outcome;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Consumer;

/** Settles rows that differ, some at a time: fetches what the majority holds, and has the minority hold it. */
final class RowSettlement {

    /** Rows asked for at once at the most: more than fit in a message, as a rule, and not all over again for each message. */
    private static final int AT_ONCE = 1_024;

    private final Verification run;
    private final TreeMap<Bytes, Ballot> open;
    private final Consumer<Map<Bytes, Outcome>> settled;
    private final Map<Bytes, Outcome> outcomes = new TreeMap<>();

    /**
     * A settlement of rows.
     *
     * @param settled takes what became of each
     */
    RowSettlement(Verification run, Map<Bytes, Ballot> rows, Consumer<Map<Bytes, Outcome>> settled) {
        this.run = run;
        this.open = new TreeMap<>(rows);
        this.settled = settled;
    }

    /** Fetches what rows should be, as far as they fit in a message from each. */
    void proceed() {
        Map<Bytes, Optional<Bytes>> fetched = new TreeMap<>();
        Map<NodeId, List<Bytes>> wanted = new TreeMap<>();
        Iterator<Map.Entry<Bytes, Ballot>> rows = open.entrySet().iterator();
        for (int asked = 0; asked < AT_ONCE && rows.hasNext(); ) {
            Map.Entry<Bytes, Ballot> row = rows.next();
            Optional<NodeId> winner = row.getValue().winner();
            if (winner.isEmpty()) {
                outcomes.put(row.getKey(), Outcome.NO_MAJORITY);
                rows.remove();
            } else {
                wanted.computeIfAbsent(winner.get(), node -> new ArrayList<>()).add(row.getKey());
                asked++;
            }
        }
        if (open.isEmpty()) {
            settled.accept(outcomes);
            return;
        }
        List<Bytes> own = Optional.ofNullable(wanted.remove(run.self())).orElse(List.of());
        take(own, run.contentHere(own), fetched);
        run.peers()
                .ask(
                        (node, number) -> new ContentAsked(number, Objects.requireNonNull(wanted.get(node))),
                        wanted.keySet(),
                        answers -> {
                            wanted.forEach((node, keys) -> take(keys, contentOf(answers.get(node)), fetched));
                            repair(fetched);
                        });
    }

    private static List<Optional<Bytes>> contentOf(@org.jspecify.annotations.Nullable ToVerifier answer) {
        return answer instanceof Content content ? content.rows() : List.of();
    }

    /** Who gives nothing of what it was asked for can't give the first one. */
    private void take(List<Bytes> keys, List<Optional<Bytes>> rows, Map<Bytes, Optional<Bytes>> fetched) {
        for (int i = 0; i < Math.min(keys.size(), rows.size()); i++) {
            fetched.put(keys.get(i), rows.get(i));
        }
        if (rows.isEmpty() && !keys.isEmpty()) {
            outcomes.put(keys.get(0), Outcome.NOT_REPAIRED);
            open.remove(keys.get(0));
        }
    }

    private void repair(Map<Bytes, Optional<Bytes>> fetched) {
        Map<NodeId, List<Repair>> repairs = new TreeMap<>();
        fetched.forEach((key, row) -> {
            Ballot ballot = Objects.requireNonNull(open.get(key));
            NodeId winner = ballot.winner().orElseThrow();
            for (NodeId node : ballot.minority(winner)) {
                Repair repair = new Repair(stateOf(ballot, node), stateOf(ballot, winner), row);
                repairs.computeIfAbsent(node, any -> new ArrayList<>()).add(repair);
            }
            outcomes.put(key, Outcome.REPAIRED);
        });
        open.keySet().removeAll(fetched.keySet());
        List<Repair> own = repairs.remove(run.self());
        if (own != null) {
            note(own, run.repairHere(own));
        }
        run.peers()
                .ask(
                        (node, number) -> new RepairAsked(number, Objects.requireNonNull(repairs.get(node))),
                        repairs.keySet(),
                        answers -> {
                            repairs.forEach((node, asked) -> note(asked, doneOf(answers.get(node))));
                            proceed();
                        });
    }

    private static List<Boolean> doneOf(@org.jspecify.annotations.Nullable ToVerifier answer) {
        return answer instanceof Repaired repaired ? repaired.done() : List.of();
    }

    private void note(List<Repair> asked, List<Boolean> done) {
        for (int i = 0; i < asked.size(); i++) {
            if (i >= done.size()) {
                outcomes.put(asked.get(i).wrong().key(), Outcome.NOT_REPAIRED);
            } else if (!done.get(i)) {
                outcomes.put(asked.get(i).wrong().key(), Outcome.CHANGED_MEANWHILE);
            }
        }
    }

    private static RowState stateOf(Ballot ballot, NodeId node) {
        return Objects.requireNonNull(ballot.states().get(node), "the state of a voter");
    }
}
