package io.entente.conflict;

import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * What a reader of a key gets, derived from the key's siblings by a {@link GuardedResolver}.
 *
 * <p>Immutable and thread-safe as far as the values are.
 *
 * @param <V> the type of values
 */
public sealed interface Outcome<V> {

    /** One method a case, for exhaustive dispatch. */
    interface Handler<V, R> {

        /** The key has a value. */
        R value(Value<V> value);

        /** The key is absent. */
        R absent(Absent<V> absent);

        /** The key has several versions for the application to choose from. */
        R siblings(Siblings<V> siblings);

        /** The resolver failed. */
        R unresolved(Unresolved<V> unresolved);
    }

    /** Calls the handler's method for this case. */
    <R> R handle(Handler<V, R> handler);

    /**
     * The key has a value.
     *
     * @param value the value
     * @param source the sibling it was taken from; empty when it was made from several
     * @param <V> the type of values
     */
    record Value<V>(V value, Optional<Version<V>> source) implements Outcome<V> {
        /** Refuses nulls. */
        public Value {
            Objects.requireNonNull(value, "value");
            Objects.requireNonNull(source, "source");
        }

        @Override
        public <R> R handle(Handler<V, R> handler) {
            return handler.value(this);
        }
    }

    /**
     * The key is absent: never written, or deleted.
     *
     * @param <V> the type of values
     */
    record Absent<V>() implements Outcome<V> {
        @Override
        public <R> R handle(Handler<V, R> handler) {
            return handler.absent(this);
        }
    }

    /**
     * The resolver keeps all versions, at least one of which is a value, for the application to choose from.
     *
     * @param versions the siblings, deletions among them, at least two, in canonical order
     * @param <V> the type of values
     */
    record Siblings<V>(List<Version<V>> versions) implements Outcome<V> {
        /** Copies the list. */
        public Siblings {
            versions = List.copyOf(versions);
        }

        @Override
        public <R> R handle(Handler<V, R> handler) {
            return handler.siblings(this);
        }
    }

    /**
     * The resolver failed. All siblings are still there; a read answers {@code fallback} and says that it is one.
     *
     * @param fallback what last-writer-wins makes of the siblings; never unresolved itself
     * @param cause what the resolver threw, or a {@link ResolverContractException} for an answer that is none
     * @param <V> the type of values
     */
    record Unresolved<V>(Outcome<V> fallback, Throwable cause) implements Outcome<V> {
        /** Refuses a fallback that is unresolved, and nulls. */
        public Unresolved {
            Objects.requireNonNull(cause, "cause");
            if (Objects.requireNonNull(fallback, "fallback") instanceof Unresolved) {
                throw new IllegalArgumentException("The fallback of an unresolved conflict must be resolved.");
            }
        }

        @Override
        public <R> R handle(Handler<V, R> handler) {
            return handler.unresolved(this);
        }
    }
}
