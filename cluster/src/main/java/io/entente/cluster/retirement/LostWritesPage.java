package io.entente.cluster.retirement;

import java.util.List;

/**
 * Some of the lost writes.
 *
 * @param writes those that were asked for, as many as there is room for
 * @param more whether there are others
 */
public record LostWritesPage(List<LostWrite> writes, boolean more) {

    public LostWritesPage {
        writes = List.copyOf(writes);
    }
}
