package io.entente.conflict.merge;

import java.util.Objects;

/**
 * What a client asks to be done to a mergeable value. Immutable.
 *
 * <p>An operation is applied once by every replica, and isn't idempotent: who asks twice, for want of an answer, may have it done
 * twice.
 *
 * @param <C> what registers hold
 */
public sealed interface Operation<C> {

    /** In words, for messages. */
    String described();

    /**
     * Adds to a counter.
     *
     * @param by how much; sums are 64 bits wide and wrap around
     * @param <C> what registers hold
     */
    record Increment<C>(long by) implements Operation<C> {

        @Override
        public String described() {
            return "increment";
        }
    }

    /**
     * Adds an element to a set.
     *
     * @param element the element, in one canonical way of writing
     * @param <C> what registers hold
     */
    record Add<C>(String element) implements Operation<C> {

        public Add {
            Objects.requireNonNull(element, "element");
        }

        @Override
        public String described() {
            return "add";
        }
    }

    /**
     * Removes an element from a set, or a field from a map: all of it that its origin has seen.
     *
     * @param element the element, in one canonical way of writing, or the field's name
     * @param <C> what registers hold
     */
    record Remove<C>(String element) implements Operation<C> {

        public Remove {
            Objects.requireNonNull(element, "element");
        }

        @Override
        public String described() {
            return "remove";
        }
    }

    /**
     * Switches a flag.
     *
     * @param on whether it is on from now on
     * @param <C> what registers hold
     */
    record Switch<C>(boolean on) implements Operation<C> {

        @Override
        public String described() {
            return "enable";
        }
    }

    /**
     * Sets a register.
     *
     * @param value the value
     * @param <C> what registers hold
     */
    record Assign<C>(C value) implements Operation<C> {

        public Assign {
            Objects.requireNonNull(value, "value");
        }

        @Override
        public String described() {
            return "set";
        }
    }

    /**
     * Does something to a field of a map.
     *
     * @param field the field's name
     * @param type the field's type; a field of another type with the same name is another field
     * @param operation what to do
     * @param <C> what registers hold
     */
    record InField<C>(String field, MergeableType type, Operation<C> operation) implements Operation<C> {

        public InField {
            Objects.requireNonNull(field, "field");
            Objects.requireNonNull(type, "type");
            Objects.requireNonNull(operation, "operation");
        }

        @Override
        public String described() {
            return "update";
        }
    }
}
