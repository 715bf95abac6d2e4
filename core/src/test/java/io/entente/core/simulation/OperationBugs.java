package io.entente.core.simulation;

import io.entente.core.bytes.Bytes;
import io.entente.core.codec.OriginCodec;
import io.entente.core.codec.OriginPool;
import io.entente.core.codec.PartKeys;
import io.entente.core.codec.PartRowCodec;
import io.entente.core.codec.StoreKeys;
import io.entente.core.message.NodeId;
import io.entente.core.record.PartOperation.Reset;
import io.entente.core.record.PartRow;
import io.entente.core.record.Payload;
import io.entente.core.record.Tally;
import io.entente.core.store.Scan;
import io.entente.core.store.StoreReader;
import io.entente.core.store.Table;
import io.entente.core.store.WriteBatch;
import java.util.Optional;

/** The bugs that show in the rows of mergeable values. */
final class OperationBugs {

    private OperationBugs() {}

    /** A contribution is counted twice. */
    static final class CountedTwice extends RowSurgery {

        @Override
        Optional<PartRow> row(Optional<PartRow> before, PartRow after) {
            if (!(after instanceof PartRow.Contribution now)) {
                return Optional.of(after);
            }
            Tally tally = now.tally();
            long had = before.map(row -> ((PartRow.Contribution) row).tally())
                    .filter(known -> known.first() == tally.first())
                    .map(Tally::total)
                    .orElse(0L);
            return Optional.of(new PartRow.Contribution(
                    new Tally(tally.first(), tally.last(), 2 * tally.total() - had, tally.base())));
        }
    }

    /** A tally is forgotten as soon as it is reset, though resets that had seen less of it may still come. */
    static final class ResetForgotten extends RowSurgery {

        @Override
        Optional<PartRow> row(Optional<PartRow> before, PartRow after) {
            return after instanceof PartRow.Contribution now && now.tally().isReset()
                    ? Optional.empty()
                    : Optional.of(after);
        }
    }

    /** A reset takes versions with it that its origin had not seen. */
    static final class ConcurrentReset implements Surgery {

        private final StoredForm form = new StoredForm();
        private final PartKeys keys = new PartKeys(0);

        @Override
        public WriteBatch commit(NodeId at, WriteBatch batch, StoreReader disk) {
            WriteBatch changed = new WriteBatch().append(batch);
            for (StoredForm.Logged logged : form.logged(batch)) {
                if (logged.entry().payload() instanceof Payload.Operations operations
                        && operations.operations().get(0) instanceof Reset reset
                        && !at.isHomeOf(logged.entry().dot().origin())) {
                    Bytes prefix = keys.versions(logged.entry().key(), reset.part());
                    try (Scan scan = disk.scan(Table.RECORD, prefix, StoreKeys.successor(prefix))) {
                        while (scan.advance()) {
                            changed.delete(Table.RECORD, scan.key());
                        }
                    }
                }
            }
            return changed;
        }
    }

    /** Changes rows on their way to the disk. */
    private abstract static class RowSurgery implements Surgery {

        private final PartRowCodec codec = new PartRowCodec(new OriginCodec(new OriginPool()));

        abstract Optional<PartRow> row(Optional<PartRow> before, PartRow after);

        @Override
        public WriteBatch commit(NodeId at, WriteBatch batch, StoreReader disk) {
            WriteBatch changed = new WriteBatch();
            batch.forEach(new WriteBatch.Visitor() {
                @Override
                public void put(Table table, Bytes key, Bytes value) {
                    if (table == Table.RECORD && PartKeys.isPart(key)) {
                        row(disk.get(table, key).map(codec::decode), codec.decode(value))
                                .ifPresentOrElse(
                                        row -> changed.put(table, key, codec.encode(row)),
                                        () -> changed.delete(table, key));
                    } else {
                        changed.put(table, key, value);
                    }
                }

                @Override
                public void delete(Table table, Bytes key) {
                    changed.delete(table, key);
                }

                @Override
                public void deleteRange(Table table, Bytes fromInclusive, Bytes toExclusive) {
                    changed.deleteRange(table, fromInclusive, toExclusive);
                }
            });
            return changed;
        }
    }
}
