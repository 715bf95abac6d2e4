package io.entente.core.record;

import io.entente.conflict.version.Dot;
import io.entente.core.bytes.Bytes;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;

/**
 * What a write puts at its key: a value, opaque to replication, or nothing any more; or what it does to parts of the key's mergeable
 * value, which is no version of the key itself.
 *
 * <p>Replication never looks into a value (invariant I8): whoever can't interpret it still stores and forwards it.
 */
public sealed interface Payload {

    /** Whether this is a deletion. */
    boolean isDeletion();

    /** The number of content bytes, 0 for a deletion. */
    int length();

    /** Operations on parts. */
    static Payload operations(PartOperation... operations) {
        return new Operations(List.of(operations));
    }

    /** A value of the given content. */
    static Payload value(Bytes content) {
        return new Value(content);
    }

    /** A deletion. */
    static Payload deletion() {
        return Deletion.INSTANCE;
    }

    /**
     * A value.
     *
     * @param content the opaque bytes
     */
    record Value(Bytes content) implements Payload {

        public Value {
            Objects.requireNonNull(content, "content");
        }

        @Override
        public boolean isDeletion() {
            return false;
        }

        @Override
        public int length() {
            return content.length();
        }
    }

    /** A deletion: it competes with concurrent values until it is causally stable and alone. */
    record Deletion() implements Payload {

        private static final Deletion INSTANCE = new Deletion();

        @Override
        public boolean isDeletion() {
            return true;
        }

        @Override
        public int length() {
            return 0;
        }
    }

    /**
     * What a write does to parts of the key's mergeable value, all of it or nothing.
     *
     * @param operations 1 to {@value #MOST} operations on different parts, the resets first
     */
    record Operations(List<PartOperation> operations) implements Payload {

        /** The most operations of one write. */
        public static final int MOST = 1_000;

        /** Throws {@link IllegalArgumentException} for operations that are none, too many, in a wrong order, or contradict each other. */
        public Operations {
            operations = List.copyOf(operations);
            if (operations.isEmpty() || operations.size() > MOST) {
                throw new IllegalArgumentException(
                        "a write of " + operations.size() + " operations: it takes 1 to " + MOST);
            }
            Set<Bytes> parts = new HashSet<>();
            for (PartOperation operation : operations) {
                boolean isReset = operation instanceof PartOperation.Reset;
                if (isReset ? !parts.isEmpty() : !parts.add(operation.part())) {
                    throw new IllegalArgumentException(
                            "a write's resets come first, and its other operations are on different parts; not so "
                                    + operation);
                }
            }
        }

        /** The last contributions that resets name, all of them in the write's causal past. */
        public List<Dot> observed() {
            List<Dot> dots = new ArrayList<>();
            for (PartOperation operation : operations) {
                if (operation instanceof PartOperation.Reset reset) {
                    reset.observed().forEach(tally -> dots.add(tally.upTo()));
                }
            }
            return dots;
        }

        @Override
        public boolean isDeletion() {
            return false;
        }

        @Override
        public int length() {
            int length = 0;
            for (PartOperation operation : operations) {
                length += operation.length();
            }
            return length;
        }
    }
}
