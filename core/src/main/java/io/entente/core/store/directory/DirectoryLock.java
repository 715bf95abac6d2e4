package io.entente.core.store.directory;

import io.entente.core.store.StoreException;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/**
 * That one opening at a time has a directory: among processes by a lock on the file {@code lock}, which the operating
 * system gives up when the process ends, and within this process by a list, since a second look at a locked file gives
 * its lock up on POSIX. The file's text says who holds it, for the message to the next one.
 */
final class DirectoryLock implements AutoCloseable {

    /** The directories open in this process, by their real paths, with the nodes that have them. */
    private static final Map<Path, String> OPEN_HERE = new HashMap<>();

    private final Path real;
    private final RandomAccessFile file;
    private boolean closed;

    private DirectoryLock(Path real, RandomAccessFile file) {
        this.real = real;
        this.file = file;
    }

    /**
     * Takes the directory for a node.
     *
     * @throws DirectoryRefusedException when it is taken; names both sides
     */
    static DirectoryLock take(Path directory, String node) throws IOException {
        Path real = directory.toRealPath();
        synchronized (OPEN_HERE) {
            String holder = OPEN_HERE.get(real);
            if (holder != null) {
                throw inUse(directory, holderText(holder), node);
            }
            DirectoryLock lock = takeFile(directory, real, node);
            OPEN_HERE.put(real, node);
            return lock;
        }
    }

    @Override
    public void close() {
        synchronized (OPEN_HERE) {
            if (closed) {
                return;
            }
            closed = true;
            OPEN_HERE.remove(real);
            try {
                file.close();
            } catch (IOException failed) {
                throw new StoreException(
                        "the lock of data directory " + real + " could not be given up", failed, false);
            }
        }
    }

    private static DirectoryLock takeFile(Path directory, Path real, String node) throws IOException {
        Path path = real.resolve("lock");
        RandomAccessFile file = new RandomAccessFile(path.toFile(), "rw");
        try {
            if (!lock(file)) {
                throw inUse(directory, Files.readString(path).strip(), node);
            }
            file.setLength(0);
            file.write(holderText(node).getBytes(StandardCharsets.UTF_8));
            return new DirectoryLock(real, file);
        } catch (IOException | RuntimeException failed) {
            file.close();
            throw failed;
        }
    }

    /** Whether the file is this one's; it stays so until the file is closed. */
    private static boolean lock(RandomAccessFile file) throws IOException {
        try {
            return file.getChannel().tryLock() != null;
        } catch (OverlappingFileLockException loadedTwice) {
            // Held by a copy of this class from another class loader, whose list this one cannot see.
            return false;
        }
    }

    private static String holderText(String node) {
        return "process " + ProcessHandle.current().pid() + " (node " + node + ")";
    }

    private static DirectoryRefusedException inUse(Path directory, String holder, String node) {
        return new DirectoryRefusedException("data directory " + directory + " is in use by "
                + (holder.isEmpty() ? "another process" : holder) + ", so " + holderText(node)
                + " cannot open it: stop the other one, or give this node a directory of its own");
    }
}
