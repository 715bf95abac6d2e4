package io.entente.cluster.map;

import io.entente.conflict.Version;
import io.entente.conflict.version.CausalContext;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * What a read found: a value, nothing, or several versions of which the application chooses.
 *
 * @param <V> the type of values
 */
public sealed interface Found<V> {

    /** What the reader has now seen of the key, to write with. */
    CausalContext context();

    /** A session that has seen what this read has. */
    SessionToken session();

    /**
     * Why this is but a fallback, as a sentence: the map's resolver failed, or a sibling can't be read. Empty when all is well. The
     * siblings are all still there; a write with this read's context resolves them.
     */
    Optional<String> unresolved();

    /** The value, where there is just one; a fallback too. */
    default Optional<V> asOptional() {
        return Optional.empty();
    }

    /**
     * The key has a value.
     *
     * @param value the value
     * @param context what the reader has seen
     * @param session what the session has seen
     * @param unresolved why the value is but a fallback
     * @param <V> the type of values
     */
    record Value<V>(V value, CausalContext context, SessionToken session, Optional<String> unresolved)
            implements Found<V> {

        public Value {
            Objects.requireNonNull(value, "value");
            Objects.requireNonNull(context, "context");
            Objects.requireNonNull(session, "session");
            Objects.requireNonNull(unresolved, "unresolved");
        }

        @Override
        public Optional<V> asOptional() {
            return Optional.of(value);
        }
    }

    /**
     * The key is absent: never written, or deleted.
     *
     * @param context what the reader has seen
     * @param session what the session has seen
     * @param unresolved why that is but a fallback
     * @param <V> the type of values
     */
    record Absent<V>(CausalContext context, SessionToken session, Optional<String> unresolved) implements Found<V> {

        public Absent {
            Objects.requireNonNull(context, "context");
            Objects.requireNonNull(session, "session");
            Objects.requireNonNull(unresolved, "unresolved");
        }
    }

    /**
     * The map's resolver keeps all versions: choose, and write back with {@link #context()}.
     *
     * @param versions the siblings, deletions among them, in canonical order
     * @param context what the reader has seen
     * @param session what the session has seen
     * @param <V> the type of values
     */
    record Siblings<V>(List<Version<V>> versions, CausalContext context, SessionToken session) implements Found<V> {

        public Siblings {
            versions = List.copyOf(versions);
            Objects.requireNonNull(context, "context");
            Objects.requireNonNull(session, "session");
        }

        @Override
        public Optional<String> unresolved() {
            return Optional.empty();
        }
    }
}
