package io.entente.core.store.directory;

import io.entente.core.bytes.Bytes;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Where what is in a data directory.
 *
 * @param directory the data directory
 */
record Layout(Path directory) {

    Path identity() {
        return directory.resolve("identity");
    }

    Path highWater() {
        return directory.resolve("high-water");
    }

    Path store() {
        return directory.resolve("store");
    }

    /** The name of the engine that made the store, where it is another one than RocksDB. */
    Path engine() {
        return directory.resolve("engine");
    }

    /** What a backup consists of, in a directory that is one. */
    Path backup() {
        return directory.resolve("backup");
    }

    /** Marks a backup that isn't complete yet. */
    Path unfinished() {
        return directory.resolve("backup-unfinished");
    }

    /** What is to be deleted when the disk is full, so that the store can be opened. */
    Path ballast() {
        return directory.resolve("ballast");
    }

    /** A file's path inside the directory, with {@code /} between names. */
    String nameOf(Path file) {
        return directory
                .relativize(file)
                .toString()
                .replace(file.getFileSystem().getSeparator(), "/");
    }

    /** Whether the store has any file. */
    boolean hasStore() throws IOException {
        if (!Files.exists(store())) {
            return false;
        }
        try (Stream<Path> files = Files.list(store())) {
            return files.findAny().isPresent();
        }
    }

    /**
     * The identity in the directory; empty when the directory is new.
     *
     * @throws DirectoryRefusedException when it is damaged or of another format
     */
    Optional<Identity> readIdentity() throws IOException {
        if (!Files.exists(identity())) {
            return Optional.empty();
        }
        try {
            String text = Bytes.wrap(Files.readAllBytes(identity())).utf8();
            return Optional.of(Identity.decoded(text));
        } catch (IllegalArgumentException illegible) {
            throw new DirectoryRefusedException(
                    "data directory " + directory + " " + illegible.getMessage(), illegible);
        }
    }

    void write(Identity identity) throws IOException {
        DurableFiles.replace(identity(), identity.encoded().unsafeArray());
    }
}
