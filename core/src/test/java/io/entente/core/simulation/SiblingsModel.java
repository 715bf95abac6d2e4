package io.entente.core.simulation;

import io.entente.core.history.Linearizability;
import java.util.BitSet;
import java.util.Optional;

/**
 * A record that one call after the other writes and reads: the set of writes that it shows. A write replaces those that its origin had
 * seen. One that a leader made and a majority acknowledged leaves nothing beside itself, as a register's does; one of an epoch that was
 * over may arrive late, and stands beside what it had not seen until the next one replaces both.
 */
final class SiblingsModel implements Linearizability.Model<BitSet, SiblingsModel.Operation> {

    /** A write or a read of a record. */
    sealed interface Operation {}

    /**
     * A write.
     *
     * @param number which
     * @param past the numbers of those that its origin had seen
     * @param leavesNothingElse whether it was acknowledged so that it has to replace everything before it
     */
    record Wrote(int number, BitSet past, boolean leavesNothingElse) implements Operation {}

    /**
     * A read.
     *
     * @param shown the numbers of the writes it showed
     */
    record Read(BitSet shown) implements Operation {}

    private final Ledger ledger;

    SiblingsModel(Ledger ledger) {
        this.ledger = ledger;
    }

    @Override
    public BitSet initial() {
        return new BitSet();
    }

    @Override
    public Optional<BitSet> after(BitSet state, Operation call) {
        if (call instanceof Read read) {
            return read.shown.equals(state) ? Optional.of(state) : Optional.empty();
        }
        return after(state, (Wrote) call);
    }

    private Optional<BitSet> after(BitSet state, Wrote write) {
        boolean isReplacedAlready =
                state.stream().anyMatch(other -> ledger.get(other).past.get(write.number));
        if (isReplacedAlready) {
            return write.leavesNothingElse ? Optional.empty() : Optional.of(state);
        }
        BitSet left = (BitSet) state.clone();
        left.andNot(write.past);
        if (write.leavesNothingElse && !left.isEmpty()) {
            return Optional.empty();
        }
        left.set(write.number);
        return Optional.of(left);
    }
}
