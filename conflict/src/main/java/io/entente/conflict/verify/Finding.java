package io.entente.conflict.verify;

import java.util.Objects;

/**
 * A law that a resolver breaks, and the smallest history found that shows it.
 *
 * @param law the law
 * @param how how it is broken, as a clause
 * @param history what happened, values included
 * @param story the history for a reader, a line a step
 * @param code the history as Java source, for a test
 */
public record Finding(Law law, String how, History<?> history, String story, String code) {

    /** Refuses nulls. */
    public Finding {
        Objects.requireNonNull(law, "law");
        Objects.requireNonNull(how, "how");
        Objects.requireNonNull(history, "history");
        Objects.requireNonNull(story, "story");
        Objects.requireNonNull(code, "code");
    }

    /** All of it, for a person. */
    @Override
    public String toString() {
        return "not so that it " + law.words() + ": " + how + ".\n" + story + "as a test:\n" + code;
    }
}
