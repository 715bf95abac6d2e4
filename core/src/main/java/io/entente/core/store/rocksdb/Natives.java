package io.entente.core.store.rocksdb;

import java.util.ArrayDeque;
import java.util.Deque;
import org.rocksdb.AbstractNativeReference;

/** Natives in the order they were made, closed in the reverse order, since the later ones point to the earlier ones. */
final class Natives implements AutoCloseable {

    private final Deque<AbstractNativeReference> owned = new ArrayDeque<>();

    /** Takes over the closing of a native. */
    <T extends AbstractNativeReference> T own(T reference) {
        owned.push(reference);
        return reference;
    }

    @Override
    public void close() {
        while (!owned.isEmpty()) {
            owned.pop().close();
        }
    }
}
