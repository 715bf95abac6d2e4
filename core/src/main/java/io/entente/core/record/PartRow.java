package io.entente.core.record;

import io.entente.conflict.version.Dot;
import java.util.List;
import java.util.Objects;

/** One row of a mergeable value: the versions of a part, or what one origin has contributed to a part that is a sum. */
public sealed interface PartRow {

    /** The dots that must be stable before the row leaves nothing to remember; none while it holds more than that. */
    List<Dot> purgeable();

    /** Whether the row holds nothing at all, not even a deletion. */
    boolean isEmpty();

    /**
     * The versions of a part that no other version of it has seen.
     *
     * @param siblings the versions
     */
    record Versions(Siblings siblings) implements PartRow {

        public Versions {
            Objects.requireNonNull(siblings, "siblings");
        }

        @Override
        public List<Dot> purgeable() {
            return siblings.isAbsent() ? siblings.dots() : List.of();
        }

        @Override
        public boolean isEmpty() {
            return siblings.isEmpty();
        }
    }

    /**
     * What one origin has contributed.
     *
     * @param tally the contribution
     */
    record Contribution(Tally tally) implements PartRow {

        public Contribution {
            Objects.requireNonNull(tally, "tally");
        }

        @Override
        public List<Dot> purgeable() {
            return tally.isReset()
                    ? tally.base().stream().map(Tally.Base::reset).toList()
                    : List.of();
        }

        @Override
        public boolean isEmpty() {
            return false;
        }
    }
}
