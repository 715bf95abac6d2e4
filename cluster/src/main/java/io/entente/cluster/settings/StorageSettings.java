package io.entente.cluster.settings;

import io.entente.core.store.Durability;
import java.nio.file.Path;
import java.time.Duration;
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
 * @param verifyInterval how often what is stored is compared with other copies, 1 s to 365 days; zero for never
 * @param snapshotShare how much time snapshots may take, in percent of one processor's, 1 to 1,000
 * @param cacheBytes how many bytes of its heap the node takes for what its replicas remember of keys, 1 MiB to 1 GiB
 */
public record StorageSettings(
        Path directory,
        Durability durability,
        boolean restored,
        RetentionSettings retention,
        Optional<Path> backups,
        int diskReserve,
        Duration verifyInterval,
        int snapshotShare,
        int cacheBytes) {

    static final int MOST_SNAPSHOT_SHARE = 1_000;
    static final int MOST_RESERVE = 1 << 30;
    static final int LEAST_CACHE = 1 << 20;
    static final int MOST_CACHE = 1 << 30;
    static final Duration LEAST_VERIFY_INTERVAL = Duration.ofSeconds(1);
    static final Duration MOST_VERIFY_INTERVAL = Duration.ofDays(365);

    public StorageSettings {
        Objects.requireNonNull(directory, "directory");
        Objects.requireNonNull(durability, "durability");
        Objects.requireNonNull(retention, "retention");
        Objects.requireNonNull(backups, "backups");
        Rules.between("the reserve on the disk in bytes", diskReserve, 0, MOST_RESERVE);
        if (!verifyInterval.isZero()) {
            Rules.between(verifyInterval, LEAST_VERIFY_INTERVAL, MOST_VERIFY_INTERVAL);
        }
        Rules.between("the share of snapshots", snapshotShare, 1, MOST_SNAPSHOT_SHARE);
        Rules.between("the cache in bytes", cacheBytes, LEAST_CACHE, MOST_CACHE);
        Rules.require(!directory.toString().isBlank(), "'' is no data directory: name one");
    }
}
