package io.entente.core.replica;

import io.entente.conflict.version.Origin;
import io.entente.core.bytes.Bytes;
import java.util.List;

/** Rows of one kind that may leave nothing to remember, listed in the store by the dots that must be stable before. */
interface PurgeList {

    /** The first key under which a row may be listed by a dot of that origin and at least that sequence. */
    Bytes begin(Origin origin, long sequence);

    /** Listed rows, from a key until before another one, in the order of their keys. */
    List<Listed> list(Bytes from, Bytes to, int atMost);

    /**
     * A listed row.
     *
     * @param key under which it is listed
     * @param purgeIfStable removes it if all its dots are stable by now
     */
    record Listed(Bytes key, Runnable purgeIfStable) {}
}
