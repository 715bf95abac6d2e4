package io.entente.core.record;

import io.entente.conflict.version.Dot;
import io.entente.core.bytes.Bytes;
import java.util.List;
import java.util.Objects;

/**
 * What an operation does to one part of a mergeable value, or to all of its parts at once.
 *
 * <p>A <i>part</i> is a row of the value with versions of its own, so that an operation touches, logs and sends nothing but what it
 * changes. Whatever an operation supersedes lies in its causal past, which every replica knows from the entry's dependencies: no
 * list of dots is needed, however much it is. What the origin had not seen survives.
 */
public sealed interface PartOperation {

    /** The part; for {@link Reset} what the parts begin with. */
    Bytes part();

    /** About how many bytes the operation has. */
    default int length() {
        return part().length();
    }

    /** Lets {@code handler} treat this operation by its kind. */
    void dispatch(Handler handler);

    /** One method a kind of operation. */
    interface Handler {
        void onPut(Put operation);

        void onTombstone(Tombstone operation);

        void onForget(Forget operation);

        void onTally(Tally operation);

        void onReset(Reset operation);
    }

    /**
     * Supersedes the versions of the part that its origin has seen, and adds one.
     *
     * @param part the part
     * @param content the version's bytes, opaque; none for a part that is a mark
     */
    record Put(Bytes part, Bytes content) implements PartOperation {

        public Put {
            Objects.requireNonNull(part, "part");
            Objects.requireNonNull(content, "content");
        }

        @Override
        public int length() {
            return part.length() + content.length();
        }

        @Override
        public void dispatch(Handler handler) {
            handler.onPut(this);
        }
    }

    /**
     * Supersedes the versions of the part that its origin has seen, and adds a deletion, which competes with versions that it has not
     * seen and is purged once it is stable.
     *
     * @param part the part
     */
    record Tombstone(Bytes part) implements PartOperation {

        public Tombstone {
            Objects.requireNonNull(part, "part");
        }

        @Override
        public void dispatch(Handler handler) {
            handler.onTombstone(this);
        }
    }

    /**
     * Supersedes the versions of the part that its origin has seen, and leaves nothing: since entries are applied in causal order,
     * none of them can come later.
     *
     * @param part the part
     */
    record Forget(Bytes part) implements PartOperation {

        public Forget {
            Objects.requireNonNull(part, "part");
        }

        @Override
        public void dispatch(Handler handler) {
            handler.onForget(this);
        }
    }

    /**
     * Adds to what the origin has contributed to a part that is a sum.
     *
     * @param part the part
     * @param delta what to add; sums are 64 bits wide and wrap around
     * @param first whether a new tally begins: everything the origin had contributed before is reset, as far as it has seen. The
     *     accepting replica says so; a client says false
     */
    record Tally(Bytes part, long delta, boolean first) implements PartOperation {

        public Tally {
            Objects.requireNonNull(part, "part");
        }

        /** As a client asks for it. */
        public Tally(Bytes part, long delta) {
            this(part, delta, false);
        }

        @Override
        public void dispatch(Handler handler) {
            handler.onTally(this);
        }
    }

    /**
     * Removes every version that its origin has seen of the parts that begin with a prefix, and resets every tally as far as its
     * origin has seen it.
     *
     * @param part the prefix; empty for the whole value
     * @param observed the tallies that its origin had, those that are not reset already. The accepting replica says so; a client
     *     says none
     */
    record Reset(Bytes part, List<Observed> observed) implements PartOperation {

        public Reset {
            Objects.requireNonNull(part, "part");
            observed = List.copyOf(observed);
        }

        /** As a client asks for it. */
        public Reset(Bytes prefix) {
            this(prefix, List.of());
        }

        @Override
        public void dispatch(Handler handler) {
            handler.onReset(this);
        }
    }

    /**
     * A tally as a reset has seen it.
     *
     * @param part the part
     * @param upTo the last of its origin's contributions
     * @param total the sum of those contributions, from the first one of the tally on
     */
    record Observed(Bytes part, Dot upTo, long total) {

        public Observed {
            Objects.requireNonNull(part, "part");
            Objects.requireNonNull(upTo, "upTo");
        }
    }
}
