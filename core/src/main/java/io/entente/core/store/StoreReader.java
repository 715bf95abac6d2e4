package io.entente.core.store;

import io.entente.core.bytes.Bytes;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Reads what has been committed.
 *
 * <p>All reads throw {@link StoreException} when the stored bytes cannot be read or fail their checksum, and
 * {@link IllegalStateException} after the close.
 */
public interface StoreReader {

    /** The value of a key, if it has one. */
    Optional<Bytes> get(Table table, Bytes key);

    /** The values of several keys, one answer a key in the order of the keys; where it can, in one go, of one state. */
    default List<Optional<Bytes>> getAll(Table table, List<Bytes> keys) {
        List<Optional<Bytes>> values = new ArrayList<>(keys.size());
        for (Bytes key : keys) {
            values.add(get(table, key));
        }
        return values;
    }

    /**
     * The keys from {@code fromInclusive} until before {@code toExclusive}, ascending in unsigned bytewise order; none
     * when the range is empty or turned round. The scan shows one state throughout, the one at this call, whatever is
     * committed meanwhile. Close it.
     */
    Scan scan(Table table, Bytes fromInclusive, Bytes toExclusive);
}
