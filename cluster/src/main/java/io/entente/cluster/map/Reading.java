package io.entente.cluster.map;

import io.entente.conflict.version.CausalContext;
import java.util.Objects;

/**
 * What a read found, as it is stored.
 *
 * @param resolved what the map's resolver makes of the siblings
 * @param context what the reader has now seen of the key
 * @param session a session that has seen what this read has
 */
public record Reading(Resolved resolved, CausalContext context, SessionToken session) {

    public Reading {
        Objects.requireNonNull(resolved, "resolved");
        Objects.requireNonNull(context, "context");
        Objects.requireNonNull(session, "session");
    }
}
