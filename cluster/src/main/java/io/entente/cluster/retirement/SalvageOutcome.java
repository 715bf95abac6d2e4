package io.entente.cluster.retirement;

import io.entente.conflict.version.Dot;
import java.util.List;
import java.util.Objects;

/**
 * What came of writing lost writes back.
 *
 * @param written those that were made anew, in the order in which they were found
 * @param refused those that could not be made, likewise; they can be tried again
 * @param left how many lost writes there still are among those asked for, those refused among them
 */
public record SalvageOutcome(List<Written> written, List<Refused> refused, long left) {

    public SalvageOutcome {
        written = List.copyOf(written);
        refused = List.copyOf(refused);
    }

    /**
     * A write that was made anew. A dot names a write within its partition alone.
     *
     * @param partition the partition it belongs to
     * @param lost its dot when it was lost
     * @param now its dot
     */
    public record Written(int partition, Dot lost, Dot now) {

        public Written {
            Objects.requireNonNull(lost, "lost");
            Objects.requireNonNull(now, "now");
        }
    }

    /**
     * A write that could not be made.
     *
     * @param partition the partition it belongs to
     * @param lost its dot
     * @param why why, as a sentence
     */
    public record Refused(int partition, Dot lost, String why) {

        public Refused {
            Objects.requireNonNull(lost, "lost");
            Objects.requireNonNull(why, "why");
        }
    }
}
