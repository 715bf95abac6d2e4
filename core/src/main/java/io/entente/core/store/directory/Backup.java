package io.entente.core.store.directory;

import java.nio.file.Path;
import java.util.Objects;

/**
 * A backup that is complete and durable: a data directory as it was at one moment, to be started elsewhere or later as restored.
 *
 * @param directory where it is
 * @param node whose data it is
 * @param head how many batches had been committed at that moment
 * @param files how many files it has
 * @param bytes how many bytes these have; fewer are taken from the disk as long as the node shares files with it
 */
public record Backup(Path directory, String node, long head, int files, long bytes) {

    public Backup {
        Objects.requireNonNull(directory, "directory");
        Objects.requireNonNull(node, "node");
    }
}
