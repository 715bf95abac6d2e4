package io.entente.cluster.settings;

import io.entente.core.mode.ReadConcern;
import io.entente.core.mode.WriteConcern;
import java.util.Objects;
import java.util.Optional;

/**
 * How many copies requests count on where they don't say it themselves.
 *
 * @param n how many copies there must be; requests are refused where placement has another number. Empty: whatever there are
 * @param w whose evidence writes wait for; empty for no wish
 * @param r whose vectors reads wait for; empty for no wish
 */
public record QuorumSettings(Optional<Integer> n, Optional<WriteConcern> w, Optional<ReadConcern> r) {

    /** More copies than that there can't be: 16 in each of many data centers. */
    static final int MOST_COPIES = 1_000;

    private static final QuorumSettings NONE = new QuorumSettings(Optional.empty(), Optional.empty(), Optional.empty());

    /** Throws {@link IllegalArgumentException} for an {@code n} out of range. */
    public QuorumSettings {
        Objects.requireNonNull(w, "w");
        Objects.requireNonNull(r, "r");
        n.ifPresent(copies -> Rules.between("the number of copies", copies, 1, MOST_COPIES));
    }

    /** No wish at all. */
    public static QuorumSettings none() {
        return NONE;
    }

    /** What these leave open is as the others have it. */
    public QuorumSettings orElse(QuorumSettings others) {
        return new QuorumSettings(n.or(others::n), w.or(others::w), r.or(others::r));
    }
}
