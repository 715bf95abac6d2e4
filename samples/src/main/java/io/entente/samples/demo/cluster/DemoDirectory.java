package io.entente.samples.demo.cluster;

import io.entente.samples.terminal.FailureException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Where a demo keeps everything: a data directory for each node, the nodes' ports, the log. One demo at a time; a temporary one is
 * deleted when it is closed, another never.
 */
public final class DemoDirectory implements AutoCloseable {

    private static final String LOCK = "demo.lock";
    private static final String PORTS = "demo.ports";
    private static final String LOG = "demo.log";

    private final Path path;
    private final boolean temporary;
    private final FileChannel channel;

    private DemoDirectory(Path path, boolean temporary, FileChannel channel) {
        this.path = path;
        this.temporary = temporary;
        this.channel = channel;
    }

    /** A fresh directory among the system's temporary ones. */
    public static DemoDirectory temporary() {
        try {
            return lock(Files.createTempDirectory("entente-demo-"), true);
        } catch (IOException e) {
            throw new FailureException(
                    "no temporary directory can be made (" + e + "): name a directory with --data", e);
        }
    }

    /** The directory at that path, made when missing. */
    public static DemoDirectory at(Path path) {
        try {
            return lock(Files.createDirectories(path), false);
        } catch (IOException e) {
            throw new FailureException(
                    "the directory " + path + " can't be used (" + e + "): name another with --data", e);
        }
    }

    private static DemoDirectory lock(Path path, boolean temporary) throws IOException {
        FileChannel channel = FileChannel.open(path.resolve(LOCK), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        if (tryLock(channel) == null) {
            channel.close();
            throw new FailureException("the directory " + path
                    + " is in use by another demo: stop that, or name another directory with --data");
        }
        return new DemoDirectory(path, temporary, channel);
    }

    private static @Nullable FileLock tryLock(FileChannel channel) throws IOException {
        try {
            return channel.tryLock();
        } catch (OverlappingFileLockException heldByThisProcess) {
            return null;
        }
    }

    /** Where it is. */
    public Path path() {
        return path;
    }

    /** Whether it is deleted when it is closed. */
    public boolean isTemporary() {
        return temporary;
    }

    /** Where the demo logs to. */
    public Path log() {
        return path.resolve(LOG);
    }

    /** Where the shell keeps the lines that were typed. */
    public Path history() {
        return path.resolve("shell.history");
    }

    /** The data directory of a node. */
    Path node(String name) {
        return path.resolve(name);
    }

    /**
     * The ports of the nodes: those of an earlier start, for the nodes remember each other's addresses; free ones at the first.
     *
     * @throws FailureException when one of an earlier start is taken
     */
    DemoPorts ports(List<String> nodes) {
        return DemoPorts.in(path.resolve(PORTS), nodes);
    }

    /** Deletes a node's data directory. */
    void wipe(String node) {
        delete(node(node));
    }

    /**
     * Puts a copy of a backup in the place of a node's data directory.
     *
     * @throws FailureException when there is no directory to copy, or it can't be copied
     */
    void restore(String node, Path backup) {
        if (!Files.isDirectory(backup)) {
            throw new FailureException(
                    "there is no directory " + backup + ": make a backup with 'backup NODE DIR' first");
        }
        delete(node(node));
        try (Stream<Path> files = Files.walk(backup)) {
            for (Path file : files.toList()) {
                Files.copy(file, node(node).resolve(backup.relativize(file).toString()));
            }
        } catch (IOException | UncheckedIOException e) {
            throw new FailureException("the backup " + backup + " could not be copied: " + e.getMessage(), e);
        }
    }

    /** Gives the directory up, and deletes it when it is temporary. */
    @Override
    public void close() {
        try {
            channel.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        if (temporary) {
            delete(path);
        }
    }

    private static void delete(Path directory) {
        if (!Files.exists(directory)) {
            return;
        }
        try (Stream<Path> files = Files.walk(directory)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        } catch (IOException | UncheckedIOException e) {
            throw new FailureException("the directory " + directory + " could not be deleted: " + e.getMessage(), e);
        }
    }
}
