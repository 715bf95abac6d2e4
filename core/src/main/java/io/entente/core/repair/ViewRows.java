package io.entente.core.repair;

import io.entente.core.bytes.Bytes;
import io.entente.core.codec.StoreKeys;
import io.entente.core.message.RowState;
import io.entente.core.message.RowState.Kind;
import io.entente.core.store.Scan;
import io.entente.core.store.StoreDamagedException;
import io.entente.core.store.StoreException;
import io.entente.core.store.StoreReader;
import io.entente.core.store.Table;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * The rows of a view, read a little at a time. A row that is damaged is told as such; nothing here throws for it. Where the store can't be read just now, for want
 * of file handles or memory, nothing is known of any row, and {@link StoreException} says so.
 */
public final class ViewRows {

    /** A slice ends with the row with which it has so many bytes. */
    private static final long BYTES_A_SLICE = 1 << 20;

    private final StoreReader view;
    private final RowReader reader;

    /** The rows of {@code view} as {@code reader} takes them. */
    public ViewRows(StoreReader view, RowReader reader) {
        this.view = view;
        this.reader = reader;
    }

    /**
     * How far a slice has come.
     *
     * @param next the first key not looked at; the end of the range when all was
     * @param unreadable whether the store can't go on from there: a block of its is damaged
     */
    public record Slice(Bytes next, boolean unreadable) {}

    /** Reads the rows of a range in their order, so many at the most. */
    public Slice read(Bytes from, Bytes to, int most, Consumer<RowState> each) {
        Bytes next = from;
        long bytes = 0;
        try (Scan scan = view.scan(Table.RECORD, from, to)) {
            for (int i = 0; i < most && bytes < BYTES_A_SLICE; i++) {
                if (!scan.advance()) {
                    return new Slice(to, false);
                }
                Bytes key = scan.key();
                Bytes value = scan.value();
                next = StoreKeys.behind(key);
                bytes += key.length() + value.length();
                each.accept(reader.read(key, value));
            }
            return new Slice(next, false);
        } catch (StoreDamagedException damaged) {
            return new Slice(next, true);
        }
    }

    /** What there is under a key. */
    public RowState state(Bytes key) {
        try {
            return view.get(Table.RECORD, key)
                    .map(stored -> reader.read(key, stored))
                    .orElseGet(() -> RowState.of(key, Kind.ABSENT));
        } catch (StoreDamagedException damaged) {
            return RowState.of(key, Kind.UNREADABLE);
        }
    }

    /**
     * The bytes under a key.
     *
     * @throws StoreException when they can't be read
     */
    public Optional<Bytes> content(Bytes key) {
        return view.get(Table.RECORD, key);
    }
}
