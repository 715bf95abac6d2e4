package io.entente.core.simulation;

import io.entente.conflict.version.Dot;
import io.entente.core.history.Linearizability;
import io.entente.core.history.Linearizability.Call;
import io.entente.core.record.RecordKey;
import io.entente.core.simulation.SiblingsModel.Operation;
import io.entente.core.simulation.SiblingsModel.Read;
import io.entente.core.simulation.SiblingsModel.Wrote;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.function.Supplier;

/**
 * What clients of a led partition asked and were told, key by key, to be put into one order when all is over. Writes that nobody ever saw
 * and nobody acknowledged need no place in it.
 */
final class StrongHistory {

    /** What a client was told of its write. */
    enum Told {
        /** That a majority has it: from then on every read shows it, or what replaced it, and nothing that it hadn't seen before. */
        STRONG,
        /** That it is written, under many leaders: every read of a leader that comes after them shows it, or what replaced it. */
        WEAK,
        /** Nothing, or nothing that holds beyond a failover. */
        NOTHING
    }

    /**
     * A write that a client asked for.
     *
     * @param began when
     * @param made what became of it, if anything did
     */
    record Asked(long began, Supplier<Optional<Write>> made) {}

    private record Answer(Told told, long ended) {}

    private record Shown(BitSet writes, long began, long ended) {}

    private final Ledger ledger;
    private final Map<RecordKey, List<Asked>> writes = new LinkedHashMap<>();
    private final IdentityHashMap<Asked, Answer> answers = new IdentityHashMap<>();
    private final Predicate<Write> survives;
    private final Map<RecordKey, List<Shown>> reads = new LinkedHashMap<>();

    /**
     * @param survives whether some disk that had the write when its client was told has it still
     */
    StrongHistory(Ledger ledger, Predicate<Write> survives) {
        this.ledger = ledger;
        this.survives = survives;
    }

    Asked asked(RecordKey key, long began, Supplier<Optional<Write>> made) {
        Asked asked = new Asked(began, made);
        writes.computeIfAbsent(key, k -> new ArrayList<>()).add(asked);
        return asked;
    }

    void told(Asked asked, Told told, long ended) {
        answers.put(asked, new Answer(told, ended));
    }

    void shown(RecordKey key, List<Dot> dots, long began, long ended) {
        BitSet numbers = new BitSet();
        for (Dot dot : dots) {
            Write write = ledger.find(dot);
            if (write == null) {
                throw new Violation(Law.DOT_UNIQUE, "a client was shown " + dot + ", which nobody wrote");
            }
            numbers.set(write.number);
        }
        reads.computeIfAbsent(key, k -> new ArrayList<>()).add(new Shown(numbers, began, ended));
    }

    /** Finds an order for the calls of every key. */
    void judge() {
        reads.forEach((key, shown) -> {
            List<Call<Operation>> calls = callsOf(key, shown);
            Violation.unless(
                    Linearizability.holds(new SiblingsModel(ledger), calls),
                    Law.LINEARIZABLE,
                    () -> "no order fits what clients of " + key + " were told: " + inWords(calls));
        });
    }

    private List<Call<Operation>> callsOf(RecordKey key, List<Shown> shown) {
        List<Call<Operation>> calls = new ArrayList<>();
        BitSet seen = new BitSet();
        for (Shown read : shown) {
            calls.add(new Call<>(new Read(read.writes), read.began, read.ended));
            seen.or(read.writes);
        }
        for (Asked asked : writes.getOrDefault(key, List.of())) {
            Answer answer = answers.getOrDefault(asked, new Answer(Told.NOTHING, Long.MAX_VALUE));
            asked.made.get().ifPresent(write -> {
                boolean holds = answer.told == Told.STRONG || (answer.told == Told.WEAK && survives.test(write));
                if (holds || seen.get(write.number)) {
                    Operation wrote = new Wrote(write.number, write.past, answer.told == Told.STRONG);
                    calls.add(new Call<>(wrote, asked.began, holds ? answer.ended : Long.MAX_VALUE));
                }
            });
        }
        return calls;
    }

    private String inWords(List<Call<Operation>> calls) {
        StringBuilder words = new StringBuilder();
        calls.stream()
                .sorted(java.util.Comparator.comparingLong(Call::began))
                .forEach(call -> words.append("\n  %10.3f to %s: %s"
                        .formatted(
                                call.began() / 1e6,
                                call.isOver() ? "%.3f".formatted(call.ended() / 1e6) : "?",
                                inWords(call.what()))));
        return words.toString();
    }

    private String inWords(Operation operation) {
        if (operation instanceof Wrote wrote) {
            return ledger.get(wrote.number()) + (wrote.leavesNothingElse() ? ", acknowledged by a majority" : "");
        }
        return "read "
                + ((Read) operation).shown().stream().mapToObj(ledger::get).toList();
    }
}
