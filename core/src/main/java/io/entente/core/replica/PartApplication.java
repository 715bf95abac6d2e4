package io.entente.core.replica;

import io.entente.conflict.version.Dot;
import io.entente.conflict.version.Origin;
import io.entente.core.bytes.Bytes;
import io.entente.core.message.Entry;
import io.entente.core.record.PartOperation;
import io.entente.core.record.PartOperation.Forget;
import io.entente.core.record.PartOperation.Observed;
import io.entente.core.record.PartOperation.Put;
import io.entente.core.record.PartOperation.Reset;
import io.entente.core.record.PartOperation.Tombstone;
import io.entente.core.record.PartRow;
import io.entente.core.record.Payload;
import io.entente.core.record.Sibling;
import io.entente.core.record.Siblings;
import io.entente.core.record.Tally;

/**
 * Applies operations to the parts of a mergeable value. Each supersedes what lies in its causal past and nothing else, and each
 * contribution is counted once, since entries are applied once and in causal order (invariants I1, I2): the rows are a function of
 * the set of writes, as records are.
 *
 * <p>The add-wins rule for what is concurrent is that of observed-remove sets (Bieniusa et al., <i>An Optimized Conflict-free Replicated
 * Set</i>, 2012), with the replica's version vector for their causal contexts.
 */
final class PartApplication {

    private final AppliedState applied;
    private final Parts parts;

    PartApplication(AppliedState applied, Parts parts) {
        this.applied = applied;
        this.parts = parts;
    }

    /** Applies the operations of an entry that the vector has just advanced to. */
    void apply(Entry entry, Payload.Operations payload) {
        OfEntry handler = new OfEntry(entry);
        payload.operations().forEach(operation -> operation.dispatch(handler));
    }

    private final class OfEntry implements PartOperation.Handler {

        private final Entry entry;

        private OfEntry(Entry entry) {
            this.entry = entry;
        }

        @Override
        public void onPut(Put operation) {
            add(operation.part(), Payload.value(operation.content()));
        }

        @Override
        public void onTombstone(Tombstone operation) {
            add(operation.part(), Payload.deletion());
        }

        @Override
        public void onForget(Forget operation) {
            Siblings before = parts.versions(entry.key(), operation.part());
            parts.put(entry.key(), operation.part(), before.without(this::hasSeen));
        }

        @Override
        public void onTally(PartOperation.Tally operation) {
            Origin origin = entry.dot().origin();
            long sequence = entry.dot().sequence();
            Tally tally = parts.tally(entry.key(), operation.part(), origin)
                    .filter(before -> !operation.first())
                    .map(before -> before.add(sequence, operation.delta()))
                    .orElseGet(() -> Tally.begin(sequence, operation.delta()));
            parts.put(entry.key(), operation.part(), origin, tally);
        }

        @Override
        public void onReset(Reset operation) {
            parts.versionsUnder(entry.key(), operation.part()).forEach((rowKey, row) -> {
                Siblings before = Parts.siblings(row);
                Siblings after = before.without(this::hasSeen);
                if (after.size() < before.size()) {
                    parts.put(rowKey, new PartRow.Versions(after));
                }
            });
            operation.observed().forEach(this::reset);
        }

        /** A tally that isn't there has been reset before, stably, and was purged. */
        private void reset(Observed observed) {
            Dot upTo = observed.upTo();
            Tally.Base base = new Tally.Base(upTo.sequence(), observed.total(), entry.dot());
            parts.tally(entry.key(), observed.part(), upTo.origin())
                    .ifPresent(before -> parts.put(entry.key(), observed.part(), upTo.origin(), before.reset(base)));
        }

        private void add(Bytes part, Payload payload) {
            Siblings before = parts.versions(entry.key(), part);
            Sibling added = new Sibling(entry.dot(), entry.timestamp(), payload);
            parts.put(entry.key(), part, before.after(this::hasSeen, added));
        }

        private boolean hasSeen(Sibling version) {
            return applied.hadSeen(entry.dot(), version.dot());
        }
    }
}
