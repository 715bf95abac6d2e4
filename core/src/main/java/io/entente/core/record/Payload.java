package io.entente.core.record;

import io.entente.core.bytes.Bytes;
import java.util.Objects;

/**
 * What a write puts at its key: a value, opaque to replication, or nothing any more.
 *
 * <p>Replication never looks into a value (invariant I8): whoever can't interpret it still stores and forwards it.
 */
public sealed interface Payload {

    /** Whether this is a deletion. */
    boolean isDeletion();

    /** The number of content bytes, 0 for a deletion. */
    int length();

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
}
