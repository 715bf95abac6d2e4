package io.entente.core.store.directory;

import io.entente.core.bytes.Bytes;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * That a directory which is a backup is used for what it is: started as restored, complete, undamaged, and once.
 *
 * <p>Its manifest is removed before the store is opened, which changes files; from then on it is a data directory like any other, whose identity
 * says that it may have lost data.
 */
final class RestoredBackup {

    private final Layout layout;
    private final String node;
    private final boolean restored;

    RestoredBackup(Layout layout, String node, boolean restored) {
        this.layout = layout;
        this.node = node;
        this.restored = restored;
    }

    /**
     * @throws DirectoryRefusedException when the directory is a backup that was broken off
     */
    void requireFinished() throws IOException {
        if (Files.exists(layout.unfinished())) {
            throw refused(
                    "is an unfinished backup (" + read(layout.unfinished()).strip()
                            + "), which may lack anything, so node " + node
                            + " cannot start from it: use another backup, or give "
                            + node + " an empty directory, so that it fetches its data from the others");
        }
    }

    /**
     * Turns a backup into a data directory; does nothing where there is none.
     *
     * @throws DirectoryRefusedException when the node isn't started as restored, or when the backup is of another format, incomplete or damaged
     */
    void admit() throws IOException {
        if (!Files.exists(layout.backup())) {
            return;
        }
        BackupManifest manifest = manifest();
        if (!restored) {
            throw refused(
                    "is a backup of node " + manifest.node() + ", taken at " + manifest.taken() + ", but node " + node
                            + " was started as if it were its latest data: start it with --restored (entente.restored = on), so that it "
                            + "catches up with the others before it writes; and start it from a copy, if the backup is to be kept");
        }
        manifest.difference(layout).ifPresent(difference -> {
            throw refused(
                    "is a backup of node " + manifest.node() + ", taken at " + manifest.taken() + ", and " + difference
                            + ": copy it anew, use another backup, or give node " + node
                            + " an empty directory, so that it fetches its data from the others");
        });
        Files.delete(layout.backup());
        DurableFiles.syncNames(layout.directory());
    }

    private BackupManifest manifest() throws IOException {
        try {
            return BackupManifest.decoded(read(layout.backup()));
        } catch (IllegalArgumentException illegible) {
            throw new DirectoryRefusedException(
                    "data directory " + layout.directory() + " " + illegible.getMessage(), illegible);
        }
    }

    private static String read(Path file) throws IOException {
        return Bytes.wrap(Files.readAllBytes(file)).utf8();
    }

    private DirectoryRefusedException refused(String why) {
        return new DirectoryRefusedException("data directory " + layout.directory() + " " + why);
    }
}
