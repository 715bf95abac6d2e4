package io.entente.core.store.memory;

import io.entente.core.bytes.Bytes;
import io.entente.core.store.Scan;
import java.util.Iterator;
import java.util.Map;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/** A walk over a pinned generation. */
final class MemoryScan implements Scan {

    private final Generation generation;
    private final Iterator<Map.Entry<Bytes, Bytes>> entries;
    private final BooleanSupplier storeIsClosed;
    private Map.@Nullable Entry<Bytes, Bytes> current;
    private boolean closed;

    MemoryScan(Generation generation, Bytes fromInclusive, Bytes toExclusive, BooleanSupplier storeIsClosed) {
        this.generation = generation;
        this.entries = fromInclusive.compareTo(toExclusive) < 0
                ? generation
                        .content()
                        .subMap(fromInclusive, toExclusive)
                        .entrySet()
                        .iterator()
                : Map.<Bytes, Bytes>of().entrySet().iterator();
        this.storeIsClosed = storeIsClosed;
        generation.pin();
    }

    @Override
    public boolean advance() {
        requireOpen();
        current = entries.hasNext() ? entries.next() : null;
        return current != null;
    }

    @Override
    public Bytes key() {
        return current().getKey();
    }

    @Override
    public Bytes value() {
        return current().getValue();
    }

    @Override
    public void close() {
        if (!closed) {
            closed = true;
            generation.unpin();
        }
    }

    private Map.Entry<Bytes, Bytes> current() {
        requireOpen();
        Map.Entry<Bytes, Bytes> entry = current;
        if (entry == null) {
            throw new IllegalStateException(
                    "the scan stands at no key: advance() has not been called or has answered false");
        }
        return entry;
    }

    private void requireOpen() {
        if (closed || storeIsClosed.getAsBoolean()) {
            throw new IllegalStateException("the scan is closed");
        }
    }
}
