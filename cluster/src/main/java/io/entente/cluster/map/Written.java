package io.entente.cluster.map;

import io.entente.conflict.version.CausalContext;
import io.entente.conflict.version.Dot;
import java.util.Objects;

/**
 * A write that is durable, its write concern met.
 *
 * @param dot the write's identity
 * @param context what its writer has now seen of the key, to write again with
 * @param session a session that has seen the write
 */
public record Written(Dot dot, CausalContext context, SessionToken session) {

    public Written {
        Objects.requireNonNull(dot, "dot");
        Objects.requireNonNull(context, "context");
        Objects.requireNonNull(session, "session");
    }
}
