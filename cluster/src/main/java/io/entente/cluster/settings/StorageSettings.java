package io.entente.cluster.settings;

import io.entente.core.store.Durability;
import java.nio.file.Path;
import java.util.Objects;

/**
 * Where a node keeps its data, and what an acknowledged write survives.
 *
 * @param directory the data directory; made when missing
 * @param durability what an acknowledged write survives
 * @param restored whether the directory was restored from a backup before this start
 * @param retention how long the log reaches back
 */
public record StorageSettings(Path directory, Durability durability, boolean restored, RetentionSettings retention) {

    public StorageSettings {
        Objects.requireNonNull(directory, "directory");
        Objects.requireNonNull(durability, "durability");
        Objects.requireNonNull(retention, "retention");
        Rules.require(!directory.toString().isBlank(), "'' is no data directory: name one");
    }
}
