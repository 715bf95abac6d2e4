package io.entente.cluster.retirement;

import io.entente.core.record.Salvageable;
import java.nio.file.Path;
import java.util.Objects;

/**
 * A write that only data put aside has.
 *
 * @param aside where
 * @param partition the partition it belongs to, from 0
 * @param write the write
 */
public record LostWrite(Path aside, int partition, Salvageable write) {

    public LostWrite {
        Objects.requireNonNull(aside, "aside");
        Objects.requireNonNull(write, "write");
    }
}
