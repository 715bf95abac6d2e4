package io.entente.core.replica;

import io.entente.conflict.version.VersionVector;
import io.entente.core.bytes.Bytes;
import io.entente.core.codec.OriginCodec;
import io.entente.core.codec.OriginPool;
import io.entente.core.codec.PartKeys;
import io.entente.core.codec.PartRowCodec;
import io.entente.core.codec.StoreKeys;
import io.entente.core.record.Part;
import io.entente.core.record.PartRow;
import io.entente.core.record.RecordKey;
import io.entente.core.record.Siblings;
import io.entente.core.record.Tally;
import io.entente.core.store.Scan;
import io.entente.core.store.StoreReader;
import io.entente.core.store.Table;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Reads mergeable values of one partition as they are committed, beside the replica and not through it: a large value would keep the
 * replica from its work. Confined to one thread; the store may be written meanwhile.
 */
public final class CommittedParts {

    private final StoreReader store;
    private final StoreKeys meta;
    private final PartKeys keys;
    private final OriginCodec origins = new OriginCodec(new OriginPool());
    private final PartRowCodec codec = new PartRowCodec(origins);

    /** The values of that partition. */
    public CommittedParts(StoreReader store, int partition) {
        this.store = store;
        this.meta = new StoreKeys(partition);
        this.keys = new PartKeys(partition);
    }

    /**
     * All parts of a value: those with versions in the order of their names, then the sums likewise; nothing where its rows have more
     * than so many bytes.
     */
    public Optional<List<Part>> read(RecordKey key, long mostBytes) {
        Bytes rows = keys.rows(key);
        try (Scan scan = store.scan(Table.RECORD, rows, StoreKeys.successor(rows))) {
            PartsOfValue parts = new PartsOfValue(rows.length());
            long bytes = 0;
            while (scan.advance()) {
                bytes += scan.key().length() + scan.value().length();
                if (bytes > mostBytes) {
                    return Optional.empty();
                }
                parts.add(scan.key(), codec.decode(scan.value()));
            }
            return Optional.of(parts.take());
        }
    }

    /** One part of a value, whatever else there is; nothing where it has neither versions nor contributions. */
    public List<Part> readPart(RecordKey key, Bytes part) {
        Siblings versions = store.get(Table.RECORD, keys.versions(key, part))
                .map(codec::decode)
                .map(Parts::siblings)
                .orElse(Siblings.none());
        if (!versions.isEmpty()) {
            return List.of(Part.of(part, versions));
        }
        Bytes rows = keys.talliesOf(key, part);
        try (Scan scan = store.scan(Table.RECORD, rows, StoreKeys.successor(rows))) {
            PartsOfValue parts = new PartsOfValue(keys.rows(key).length());
            while (scan.advance()) {
                parts.add(scan.key(), codec.decode(scan.value()));
            }
            return parts.take();
        }
    }

    /** The replica's vector: what was read before this call rests on nothing beyond it. */
    public VersionVector applied() {
        // The vector last: merging may end in between, and then it has all of the snapshot's.
        VersionVector merging = Joining.recover(store, meta) instanceof Joining.Merging
                ? SnapshotMerge.stagedVector(store, meta, origins)
                : VersionVector.empty();
        return AppliedState.vector(store, meta, origins).join(merging);
    }

    /** Gathers the rows of one value, which come in the order of their keys, into its parts. */
    public static final class PartsOfValue {

        private final int rowsLength;
        private final List<Part> parts = new ArrayList<>();
        private Bytes summing = Bytes.empty();
        private boolean hasSum;
        private long sum;

        /** For rows whose keys begin with the name of their value, of that length. */
        public PartsOfValue(int rowsLength) {
            this.rowsLength = rowsLength;
        }

        /** Adds the next row. */
        public void add(Bytes rowKey, PartRow row) {
            Bytes part = PartKeys.partOfVersions(rowKey, rowsLength);
            if (part != null) {
                parts.add(Part.of(part, Parts.siblings(row)));
                return;
            }
            Bytes summed = PartKeys.partOfTally(rowKey, rowsLength);
            if (!summed.equals(summing)) {
                endSum();
                summing = summed;
            }
            Parts.tally(row).filter(tally -> !tally.isReset()).map(Tally::value).ifPresent(value -> {
                hasSum = true;
                sum += value;
            });
        }

        /** The parts of all rows added. */
        public List<Part> take() {
            endSum();
            return parts;
        }

        private void endSum() {
            if (hasSum) {
                parts.add(Part.of(summing, sum));
            }
            hasSum = false;
            sum = 0;
        }
    }
}
