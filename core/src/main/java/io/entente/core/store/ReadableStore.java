package io.entente.core.store;

import io.entente.core.bytes.Bytes;

/** What has been committed, to be read as it is now or as it was at one moment. */
public interface ReadableStore extends StoreReader {

    /** What is committed now, to be read at leisure. Close it. */
    StoreSnapshot snapshot();

    /**
     * About how much room the rows of a range take, in bytes of the store's own reckoning, compressed or not; 0 for an empty range. Good
     * for telling which part of the rows lies in it, and for nothing else. Cheap: no row need be read. 0 where the store can't tell.
     */
    long approximateBytes(Table table, Bytes fromInclusive, Bytes toExclusive);
}
