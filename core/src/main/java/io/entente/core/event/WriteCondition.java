package io.entente.core.event;

import io.entente.conflict.version.CausalContext;
import java.util.Objects;

/** Which versions a write supersedes, and when it is to be refused. */
public sealed interface WriteCondition {

    /** The write replaces every version its origin holds. */
    static WriteCondition none() {
        return Unconditional.INSTANCE;
    }

    /** The write replaces what that context has seen, and nothing else. */
    static WriteCondition seen(CausalContext context) {
        return new Seen(context);
    }

    /** The write is refused unless that context is what the key holds now. */
    static WriteCondition ifCurrent(CausalContext context) {
        return new IfCurrent(context);
    }

    /** The write is refused unless the key holds no value. */
    static WriteCondition ifAbsent() {
        return IfAbsent.INSTANCE;
    }

    /** See {@link #none()}. */
    record Unconditional() implements WriteCondition {
        private static final Unconditional INSTANCE = new Unconditional();
    }

    /**
     * See {@link #seen}.
     *
     * @param context what the client has seen of the key
     */
    record Seen(CausalContext context) implements WriteCondition {
        public Seen {
            Objects.requireNonNull(context, "context");
        }
    }

    /**
     * See {@link #ifCurrent}.
     *
     * @param context what the client has seen of the key
     */
    record IfCurrent(CausalContext context) implements WriteCondition {
        public IfCurrent {
            Objects.requireNonNull(context, "context");
        }
    }

    /** See {@link #ifAbsent}. */
    record IfAbsent() implements WriteCondition {
        private static final IfAbsent INSTANCE = new IfAbsent();
    }
}
