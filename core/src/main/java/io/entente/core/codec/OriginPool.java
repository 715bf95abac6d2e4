package io.entente.core.codec;

import io.entente.conflict.version.Origin;
import io.entente.core.bytes.ByteReader;
import io.entente.core.bytes.ByteWriter;
import io.entente.core.bytes.Bytes;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Makes equal origins one object, so that comparing them is comparing references, and remembers their bytes, so that meeting them
 * again costs little. Confined to one replica; holds as many origins as the replica has met.
 */
public final class OriginPool {

    private final Map<Origin, Origin> known = new HashMap<>();
    private final Map<Long, Named> byRandom = new HashMap<>();

    /** The one object for this origin. */
    public Origin pooled(Origin origin) {
        Origin first = known.putIfAbsent(origin, origin);
        if (first != null) {
            return first;
        }
        ByteWriter names = new ByteWriter();
        names.string(origin.dataCenter()).string(origin.node());
        byRandom.put(origin.random(), new Named(origin, names.toBytes()));
        return origin;
    }

    /** The known origin of that time and number whose names come next in {@code in}, which is then behind them. */
    @Nullable
    Origin readKnown(long startedAtMillis, long random, ByteReader in) {
        Named named = byRandom.get(random);
        if (named == null
                || named.origin.startedAtMillis() != startedAtMillis
                || !in.skipIf(named.names.unsafeArray())) {
            return null;
        }
        return named.origin;
    }

    private record Named(Origin origin, Bytes names) {}
}
