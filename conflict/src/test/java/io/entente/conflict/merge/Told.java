package io.entente.conflict.merge;

import io.entente.conflict.Version;
import io.entente.conflict.clock.HybridTimestamp;
import io.entente.conflict.version.Dot;
import io.entente.conflict.version.Origin;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Consumer;

/**
 * A history of operations on one value at a few sites that tell each other all they have, and what the parts must be at each: a plain
 * function of the operations a site has heard of.
 */
final class Told {

    private final MergeableType type;
    private final List<Write> writes = new ArrayList<>();
    private final List<BitSet> sites = new ArrayList<>();

    Told(MergeableType type, int sites) {
        this.type = type;
        for (int i = 0; i < sites; i++) {
            this.sites.add(new BitSet());
        }
    }

    /**
     * A write.
     *
     * @param number its place in the history
     * @param operation what was asked for; empty for a deletion
     * @param changes what that does to parts
     * @param past what its site had heard of
     */
    record Write(int number, Optional<Operation<String>> operation, List<Change<String>> changes, BitSet past) {

        boolean hadSeen(Write other) {
            return past.get(other.number);
        }
    }

    void operate(int site, Optional<Operation<String>> operation) {
        List<Change<String>> changes =
                operation.map(asked -> Meaning.of(type, List.of(asked))).orElseGet(() -> List.of(Meaning.deletion()));
        Write write = new Write(
                writes.size(), operation, changes, (BitSet) sites.get(site).clone());
        writes.add(write);
        sites.get(site).set(write.number);
    }

    void tell(int from, int to) {
        sites.get(to).or(sites.get(from));
    }

    int sites() {
        return sites.size();
    }

    /** The writes a site has heard of. */
    List<Write> at(int site) {
        return sites.get(site).stream().mapToObj(writes::get).toList();
    }

    /** What the value reads as at a site. */
    Optional<Merged<String>> read(int site) {
        return View.of(type, parts(at(site)));
    }

    private static SortedMap<String, PartState<String>> parts(List<Write> known) {
        SortedMap<String, PartState<String>> parts = new TreeMap<>();
        for (Write write : known) {
            for (Change<String> change : write.changes) {
                boolean adds = !(change instanceof Change.Forget || change instanceof Change.Reset);
                boolean undone = known.stream()
                        .anyMatch(later ->
                                later.hadSeen(write) && later.changes.stream().anyMatch(by -> undoes(by, change)));
                if (adds && !undone) {
                    parts.merge(change.part(), stateOf(write, change), Told::both);
                }
            }
        }
        return parts;
    }

    private static boolean undoes(Change<String> later, Change<String> earlier) {
        if (later instanceof Change.Reset) {
            return earlier.part().startsWith(later.part());
        }
        return later.part().equals(earlier.part())
                && !(later instanceof Change.Tally)
                && !(earlier instanceof Change.Tally);
    }

    private static PartState<String> stateOf(Write write, Change<String> change) {
        if (change instanceof Change.Tally<String> tally) {
            return PartState.of(tally.delta());
        }
        Dot dot = new Dot(new Origin("eu", "eu-1", 1, 1), write.number + 1);
        HybridTimestamp time = new HybridTimestamp(write.number, 0);
        return PartState.of(List.of(
                change instanceof Change.Put<String> put
                        ? Version.of(dot, time, put.content())
                        : Version.deletion(dot, time)));
    }

    private static PartState<String> both(PartState<String> one, PartState<String> other) {
        List<Version<Optional<String>>> versions = new ArrayList<>(one.versions());
        versions.addAll(other.versions());
        OptionalLong sum = one.sum().isPresent()
                ? OptionalLong.of(one.sum().getAsLong() + other.sum().orElse(0))
                : other.sum();
        return new PartState<>(versions, sum);
    }

    @Override
    public String toString() {
        return writes.toString();
    }

    /** Every history of so many steps: each an operation at a site, or one site telling another. Empty operations are deletions. */
    static void each(
            MergeableType type,
            int sites,
            int steps,
            List<Optional<Operation<String>>> operations,
            Consumer<Told> law) {
        int choices = sites * operations.size() + sites * (sites - 1);
        long histories = Math.round(Math.pow(choices, steps));
        for (long history = 0; history < histories; history++) {
            Told told = new Told(type, sites);
            long rest = history;
            for (int step = 0; step < steps; step++) {
                told.take((int) (rest % choices), operations);
                rest /= choices;
            }
            law.accept(told);
        }
    }

    private void take(int choice, List<Optional<Operation<String>>> operations) {
        if (choice < sites() * operations.size()) {
            operate(choice / operations.size(), operations.get(choice % operations.size()));
        } else {
            int pair = choice - sites() * operations.size();
            int from = pair / (sites() - 1);
            int other = pair % (sites() - 1);
            tell(from, other < from ? other : other + 1);
        }
    }
}
