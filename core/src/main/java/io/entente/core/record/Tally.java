package io.entente.core.record;

import io.entente.conflict.version.Dot;
import java.util.Objects;
import java.util.Optional;

/**
 * What one origin has contributed to a sum, and how much of that is reset.
 *
 * <p>A reset names the last contribution it has seen and the total up to it; that is the base, and of two bases the one with the
 * higher sequence counts, whichever comes first. So every contribution is counted once, and is reset by those who had seen it and
 * by nobody else. When its origin contributes after it has seen everything reset, a new tally begins, and bases from before it
 * no longer count: so a tally that is wholly reset leaves nothing to remember once its reset is stable. Immutable.
 *
 * @param first the sequence of the entry with which the tally began
 * @param last the sequence of the last entry that contributed
 * @param total the sum since {@code first}, 64 bits wide, wrapping around
 * @param base up to where it is reset
 */
public record Tally(long first, long last, long total, Optional<Base> base) {

    public Tally {
        Objects.requireNonNull(base, "base");
        if (first < 1 || last < first) {
            throw new IllegalArgumentException("a tally from entry " + first + " to entry " + last);
        }
    }

    /**
     * Up to where a tally is reset.
     *
     * @param sequence the last contribution that the reset had seen
     * @param total the sum up to it
     * @param reset the reset; the greatest one where several have seen the same
     */
    public record Base(long sequence, long total, Dot reset) {

        public Base {
            Objects.requireNonNull(reset, "reset");
        }

        private boolean isBefore(Base other) {
            return sequence < other.sequence || (sequence == other.sequence && reset.compareTo(other.reset) < 0);
        }
    }

    /** The tally that begins with a contribution. */
    public static Tally begin(long sequence, long delta) {
        return new Tally(sequence, sequence, delta, Optional.empty());
    }

    /** With one contribution more. */
    public Tally add(long sequence, long delta) {
        return new Tally(first, sequence, total + delta, base);
    }

    /** With what a reset had seen; the same where that belongs to an earlier tally, or another reset has seen more. */
    public Tally reset(Base by) {
        if (by.sequence < first || base.filter(known -> !known.isBefore(by)).isPresent()) {
            return this;
        }
        return new Tally(first, last, total, Optional.of(by));
    }

    /** What the tally is where both what made this one and what made the other one of the same origin is applied. */
    public Tally mergedWith(Tally other) {
        boolean later = first != other.first ? first > other.first : last >= other.last;
        return later ? withBaseOf(other) : other.withBaseOf(this);
    }

    private Tally withBaseOf(Tally other) {
        return other.base.map(this::reset).orElse(this);
    }

    /** What counts of it. */
    public long value() {
        return total - base.map(Base::total).orElse(0L);
    }

    /** Whether all contributions are reset: it counts as absent. */
    public boolean isReset() {
        return base.filter(by -> by.sequence >= last).isPresent();
    }
}
