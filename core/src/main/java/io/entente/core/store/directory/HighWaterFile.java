package io.entente.core.store.directory;

import io.entente.core.bytes.Bytes;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * The file with the high-water record, overwritten in place beside each commit. While the store is in use the record is
 * not synced: it then serves only within one boot. Confined to whoever holds the guarded store's lock.
 */
final class HighWaterFile implements AutoCloseable {

    /** Not a channel: an interrupt of the writing thread would close it. */
    private final RandomAccessFile file;

    private final String boot;

    private HighWaterFile(RandomAccessFile file, String boot) {
        this.file = file;
        this.boot = boot;
    }

    /** The record in a file; empty when there is none, or none that is legible. */
    static Optional<HighWater> read(Path path) throws IOException {
        return Files.exists(path) ? HighWater.decoded(Bytes.wrap(Files.readAllBytes(path))) : Optional.empty();
    }

    /** Makes sure that the file is there, durably, and says that nothing has been committed. */
    static void createFor(Path path, String boot) throws IOException {
        DurableFiles.replace(path, new HighWater(0, false, boot).encoded().toArray());
    }

    /**
     * Opens the file for recording, and withdraws on the device what an earlier clean stop has recorded: from now on
     * nothing but a new clean stop counts after a power loss.
     */
    static HighWaterFile open(Path path, String boot, long head) throws IOException {
        RandomAccessFile file = new RandomAccessFile(path.toFile(), "rw");
        try {
            HighWaterFile opened = new HighWaterFile(file, boot);
            opened.write(new HighWater(head, false, boot));
            file.setLength(HighWater.BYTES);
            file.getFD().sync();
            DurableFiles.syncNames(path.resolveSibling("."));
            return opened;
        } catch (IOException | RuntimeException failed) {
            file.close();
            throw failed;
        }
    }

    /** Records the head after a successful commit; lasts for this boot. */
    void committed(long head) throws IOException {
        write(new HighWater(head, false, boot));
    }

    /** Records a clean stop, on the device. */
    void stopped(long head) throws IOException {
        write(new HighWater(head, true, boot));
        file.getFD().sync();
    }

    @Override
    public void close() throws IOException {
        file.close();
    }

    private void write(HighWater record) throws IOException {
        file.seek(0);
        file.write(record.encoded().unsafeArray());
    }
}
