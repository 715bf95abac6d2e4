package io.entente.core.codec;

import io.entente.conflict.version.Origin;
import java.util.HashMap;
import java.util.Map;

/**
 * Makes equal origins one object, so that comparing them is comparing references. Confined to one replica; holds as many
 * origins as the replica has met.
 */
public final class OriginPool {

    private final Map<Origin, Origin> known = new HashMap<>();

    /** The one object for this origin. */
    public Origin pooled(Origin origin) {
        Origin first = known.putIfAbsent(origin, origin);
        return first == null ? origin : first;
    }
}
