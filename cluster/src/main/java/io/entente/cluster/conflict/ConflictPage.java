package io.entente.cluster.conflict;

import java.util.List;
import java.util.Objects;

/**
 * Some conflicts, oldest first.
 *
 * @param conflicts the conflicts; may be fewer than asked for, even none, where there are more
 * @param position after the last one looked at: where to go on, now or when there may be new ones
 * @param more whether there are more now
 */
public record ConflictPage(List<SeenConflict> conflicts, String position, boolean more) {

    public ConflictPage {
        conflicts = List.copyOf(conflicts);
        Objects.requireNonNull(position, "position");
    }
}
