package io.entente.core.store.directory;

import io.entente.core.bytes.Bytes;
import io.entente.core.store.CountedStore;
import io.entente.core.store.StoreEngine;
import io.entente.core.store.StoreException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/**
 * Makes a backup, step by step, beside a store that goes on. A mark says that it is unfinished until its manifest is durable; what the process's
 * end leaves half done is told by that mark, and refused as a data directory.
 *
 * <p>The backup's identity says that it may have lost data, for a node that is started from it has lost what came later: even where everything
 * else about it were forgotten, nobody could take it for the node's own directory.
 */
final class BackupMaking {

    private final Layout layout;
    private final Path target;
    private final Layout copy;
    private final String taken;

    /**
     * @param layout the data directory
     * @param target where the backup is to be; nothing may be there
     * @param taken the time, for people
     */
    BackupMaking(Layout layout, Path target, String taken) {
        this.layout = layout;
        this.target = target;
        this.copy = new Layout(target);
        this.taken = taken;
    }

    Backup make(Identity identity, CountedStore store, StoreEngine engine) {
        requireFree();
        try {
            DurableFiles.makeDirectory(target);
        } catch (IOException failed) {
            throw failed(failed);
        }
        try {
            return fill(identity, store, engine);
        } catch (IOException | RuntimeException failed) {
            remove();
            throw failed(failed);
        }
    }

    private void requireFree() {
        if (Files.exists(target)) {
            throw new IllegalArgumentException("there is something at " + target
                    + " already: name a directory for the backup that does not exist yet");
        }
        if (target.toAbsolutePath()
                .normalize()
                .startsWith(layout.directory().toAbsolutePath().normalize())) {
            throw new IllegalArgumentException("a backup at " + target + " would lie inside the data directory "
                    + layout.directory() + " and be lost with it: name another place");
        }
    }

    private Backup fill(Identity identity, CountedStore store, StoreEngine engine) throws IOException {
        String node = identity.owner().node();
        DurableFiles.replace(
                copy.unfinished(),
                Bytes.utf8("node " + node + ", " + taken + "\n").unsafeArray());
        store.checkpoint(copy.store());
        new EngineMark(copy).write(engine);
        long head = engine.headIn(copy.store());
        DurableFiles.replace(
                copy.highWater(), new HighWater(head, false, "").encoded().toArray());
        copy.write(identity.inDoubt("the directory is a backup of node " + node + ", taken at " + taken));
        bringToDevice(copy.store());
        BackupManifest manifest = new BackupManifest(node, taken, head, BackupManifest.contentOf(copy));
        DurableFiles.replace(copy.backup(), manifest.encoded().unsafeArray());
        Files.delete(copy.unfinished());
        DurableFiles.syncNames(target);
        return new Backup(target, node, head, manifest.files().size(), manifest.bytes());
    }

    private static void bringToDevice(Path directory) throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            for (Path file : files.toList()) {
                try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
                    channel.force(true);
                }
            }
        }
        DurableFiles.syncNames(directory);
    }

    /** What stays in spite of this bears the mark of an unfinished backup. */
    private void remove() {
        try (Stream<Path> files = Files.walk(target)) {
            List<Path> markLast = files.sorted(Comparator.comparing((Path file) -> file.equals(target))
                            .thenComparing(file -> file.equals(copy.unfinished()))
                            .thenComparing(Comparator.reverseOrder()))
                    .toList();
            for (Path file : markLast) {
                Files.delete(file);
            }
        } catch (IOException | UncheckedIOException stays) {
            return;
        }
    }

    private StoreException failed(Exception cause) {
        return new StoreException(
                "the backup of data directory " + layout.directory() + " to " + target + " could not be made ("
                        + cause.getMessage() + "): make room there, and try again with a name that is free",
                cause,
                false);
    }
}
