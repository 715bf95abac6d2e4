package io.entente.cluster.settings;

import io.entente.core.store.Durability;
import java.nio.file.Path;
import java.util.Objects;
import java.util.Optional;

/**
 * Where a node keeps its data, and what an acknowledged write survives.
 *
 * @param directory the data directory; made when missing
 * @param durability what an acknowledged write survives
 * @param restored whether the directory was restored from a backup before this start
 * @param retention how long the log reaches back
 * @param backups where backups go that are asked for over HTTP; empty when none may be
 * @param diskReserve how many bytes of its disk the node leaves free, 0 to 1 GiB
 */
public record StorageSettings(
        Path directory,
        Durability durability,
        boolean restored,
        RetentionSettings retention,
        Optional<Path> backups,
        int diskReserve) {

    static final int MOST_RESERVE = 1 << 30;

    public StorageSettings {
        Objects.requireNonNull(directory, "directory");
        Objects.requireNonNull(durability, "durability");
        Objects.requireNonNull(retention, "retention");
        Objects.requireNonNull(backups, "backups");
        Rules.between("the reserve on the disk in bytes", diskReserve, 0, MOST_RESERVE);
        Rules.require(!directory.toString().isBlank(), "'' is no data directory: name one");
    }
}
