package io.entente.conflict.merge;

import java.util.Objects;
import java.util.Optional;

/**
 * What an operation does to one part of a value, as every replica applies it. "Seen" is what the operation's origin had applied
 * before it.
 *
 * @param <C> what registers hold
 */
public sealed interface Change<C> {

    /** The part's name; for {@link Reset} what the names begin with. */
    String part();

    /**
     * Replaces the versions seen by one.
     *
     * @param part the part
     * @param content what it holds; empty for a mark
     * @param <C> what registers hold
     */
    record Put<C>(String part, Optional<C> content) implements Change<C> {

        public Put {
            Objects.requireNonNull(part, "part");
            Objects.requireNonNull(content, "content");
        }
    }

    /**
     * Replaces the versions seen by a deletion, which competes with versions not seen.
     *
     * @param part the part
     * @param <C> what registers hold
     */
    record Tombstone<C>(String part) implements Change<C> {

        public Tombstone {
            Objects.requireNonNull(part, "part");
        }
    }

    /**
     * Removes the versions seen, and leaves nothing.
     *
     * @param part the part
     * @param <C> what registers hold
     */
    record Forget<C>(String part) implements Change<C> {

        public Forget {
            Objects.requireNonNull(part, "part");
        }
    }

    /**
     * Adds to the part's sum.
     *
     * @param part the part
     * @param delta how much
     * @param <C> what registers hold
     */
    record Tally<C>(String part, long delta) implements Change<C> {

        public Tally {
            Objects.requireNonNull(part, "part");
        }
    }

    /**
     * Removes all versions and contributions seen of parts whose names begin so.
     *
     * @param part the beginning; empty for the whole value
     * @param <C> what registers hold
     */
    record Reset<C>(String part) implements Change<C> {

        public Reset {
            Objects.requireNonNull(part, "part");
        }
    }
}
