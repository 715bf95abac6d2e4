package io.entente.core.journal;

import io.entente.core.bytes.Bytes;
import io.entente.core.bytes.MalformedBytesException;
import io.entente.core.codec.OriginCodec;
import io.entente.core.codec.OriginPool;
import io.entente.core.codec.StoreKeys;
import io.entente.core.codec.UnsupportedFormatException;
import io.entente.core.record.RecordKey;
import io.entente.core.store.Scan;
import io.entente.core.store.StoreReader;
import io.entente.core.store.Table;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Reads a partition's conflict journal from what is committed. Rows that can't be read are passed over. Confined to one thread, and
 * made anew for each look; a look at several rows that must fit each other takes a snapshot.
 */
public final class JournalReader {

    private final StoreReader store;
    private final StoreKeys keys;
    private final JournalCodec codec = new JournalCodec(new OriginCodec(new OriginPool()));

    /** Reads the journal of that partition. */
    public JournalReader(StoreReader store, int partition) {
        this.store = store;
        this.keys = new StoreKeys(partition);
    }

    /** How full the journal is, and how far it reaches. */
    public JournalState state() {
        return ConflictJournal.stateOf(store, keys);
    }

    /** Goes through the conflicts after a position, oldest first. Close it. */
    public Cursor after(long position) {
        return new Cursor(store.scan(Table.JOURNAL, keys.conflict(position + 1), keys.afterConflicts()));
    }

    /** The conflicts of one key, oldest first; no more than are kept of a key. */
    public List<JournaledConflict> of(RecordKey key) {
        List<JournaledConflict> found = new ArrayList<>();
        for (Kept kept : listOf(key)) {
            store.get(Table.JOURNAL, keys.conflict(kept.position()))
                    .flatMap(row -> decoded(kept.position(), row))
                    .ifPresent(found::add);
        }
        return found;
    }

    private List<Kept> listOf(RecordKey key) {
        try {
            return store.get(Table.JOURNAL, keys.conflictsOf(key))
                    .map(Kept::decode)
                    .orElse(List.of());
        } catch (MalformedBytesException | UnsupportedFormatException unreadable) {
            return List.of();
        }
    }

    private Optional<JournaledConflict> decoded(long position, Bytes row) {
        try {
            return Optional.of(codec.decode(position, row));
        } catch (MalformedBytesException | UnsupportedFormatException unreadable) {
            return Optional.empty();
        }
    }

    /** A walk over a journal; it stands before the first conflict until it is advanced. */
    public final class Cursor implements AutoCloseable {

        private final Scan scan;
        private @Nullable JournaledConflict current;
        private int length;

        private Cursor(Scan scan) {
            this.scan = scan;
        }

        /** Moves to the next conflict; {@code false} when there is none. */
        public boolean advance() {
            while (scan.advance()) {
                Bytes row = scan.value();
                Optional<JournaledConflict> decoded = decoded(StoreKeys.sequenceOf(scan.key()), row);
                if (decoded.isPresent()) {
                    current = decoded.get();
                    length = row.length();
                    return true;
                }
            }
            current = null;
            return false;
        }

        /**
         * The conflict it stands at.
         *
         * @throws IllegalStateException when it stands at none
         */
        public JournaledConflict conflict() {
            if (current == null) {
                throw new IllegalStateException("the walk over a journal stands at no conflict");
            }
            return current;
        }

        /** The bytes of that conflict's row. */
        public int length() {
            return length;
        }

        @Override
        public void close() {
            scan.close();
        }
    }
}
