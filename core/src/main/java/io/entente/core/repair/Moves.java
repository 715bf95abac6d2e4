package io.entente.core.repair;

import io.entente.conflict.version.Origin;
import io.entente.conflict.version.VersionVector;
import io.entente.core.bytes.Bytes;
import io.entente.core.bytes.MalformedBytesException;
import io.entente.core.codec.EntryCodec;
import io.entente.core.codec.PartKeys;
import io.entente.core.codec.StoreKeys;
import io.entente.core.codec.UnsupportedFormatException;
import io.entente.core.message.Entry;
import io.entente.core.message.MovedRows;
import io.entente.core.record.PartOperation;
import io.entente.core.record.Payload;
import io.entente.core.store.Scan;
import io.entente.core.store.StoreException;
import io.entente.core.store.StoreReader;
import io.entente.core.store.Table;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.TreeSet;

/**
 * Finds out from the log which rows have moved on between two version vectors.
 *
 * <p>A row is a function of the writes that touch it; so one that no write between two vectors touches is at both the same, but for
 * purges. That is why replicas that never stop at the same vector can be compared at one.
 */
public final class Moves {

    /** More writes than that are too far ahead for a comparison: bounds what is read at once, and what is sent. */
    public static final int MOST_WRITES = 4_096;

    /** Likewise with more bytes of writes. */
    private static final long MOST_BYTES = 8 << 20;

    private final StoreKeys keys;
    private final PartKeys partKeys;
    private final EntryCodec entries;

    /** Of one partition. */
    public Moves(int partition, EntryCodec entries) {
        this.keys = new StoreKeys(partition);
        this.partKeys = new PartKeys(partition);
        this.entries = entries;
    }

    /**
     * The rows touched by writes that {@code to} contains and {@code from} doesn't.
     *
     * @param store whose log has everything up to {@code to} that it has not truncated
     * @return empty when the log doesn't tell: it begins later, can't be read, or there are too many
     */
    public Optional<MovedRows> between(StoreReader store, VersionVector from, VersionVector to) {
        VersionVector ahead = to.newSince(from);
        long left = MOST_WRITES;
        for (int i = 0; i < ahead.size(); i++) {
            left -= ahead.sequenceAt(i) - from.sequenceOf(ahead.originAt(i));
            if (left < 0) {
                return Optional.empty();
            }
        }
        Touched touched = new Touched();
        try {
            for (int i = 0; i < ahead.size(); i++) {
                Origin origin = ahead.originAt(i);
                if (!read(store, origin, from.sequenceOf(origin), ahead.sequenceAt(i), touched)) {
                    return Optional.empty();
                }
            }
        } catch (MalformedBytesException | UnsupportedFormatException | StoreException unreadable) {
            return Optional.empty();
        }
        return Optional.of(new MovedRows(touched.rows, touched.prefixes));
    }

    private boolean read(StoreReader store, Origin origin, long behind, long upTo, Touched touched) {
        long expected = behind + 1;
        try (Scan scan = store.scan(Table.LOG, keys.entry(origin, expected), keys.entry(origin, upTo + 1))) {
            while (scan.advance()) {
                touched.bytes += scan.value().length();
                if (StoreKeys.sequenceOf(scan.key()) != expected || touched.bytes > MOST_BYTES) {
                    return false;
                }
                touched.add(entries.decode(origin, expected, scan.value()).entry());
                expected++;
            }
        }
        return expected == upTo + 1;
    }

    private final class Touched {

        private final NavigableSet<Bytes> rows = new TreeSet<>();
        private final NavigableSet<Bytes> prefixes = new TreeSet<>();
        private long bytes;

        private void add(Entry entry) {
            if (entry.payload() instanceof Payload.Operations operations) {
                ByOperation by = new ByOperation(this, entry);
                operations.operations().forEach(operation -> operation.dispatch(by));
            } else {
                rows.add(keys.record(entry.key()));
            }
        }
    }

    private final class ByOperation implements PartOperation.Handler {

        private final Touched touched;
        private final Entry entry;

        private ByOperation(Touched touched, Entry entry) {
            this.touched = touched;
            this.entry = entry;
        }

        @Override
        public void onPut(PartOperation.Put operation) {
            versions(operation.part());
        }

        @Override
        public void onTombstone(PartOperation.Tombstone operation) {
            versions(operation.part());
        }

        @Override
        public void onForget(PartOperation.Forget operation) {
            versions(operation.part());
        }

        @Override
        public void onTally(PartOperation.Tally operation) {
            touched.rows.add(
                    partKeys.tally(entry.key(), operation.part(), entry.dot().origin()));
        }

        @Override
        public void onReset(PartOperation.Reset operation) {
            touched.prefixes.add(partKeys.versions(entry.key(), operation.part()));
            touched.prefixes.add(partKeys.tallies(entry.key(), operation.part()));
        }

        private void versions(Bytes part) {
            touched.rows.add(partKeys.versions(entry.key(), part));
        }
    }
}
