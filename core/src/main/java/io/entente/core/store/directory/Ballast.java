package io.entente.core.store.directory;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.SplittableRandom;

/**
 * A file that takes room on the disk, to be deleted when that is full: a database that can't write a few kilobytes can't even be opened.
 * Confined to whoever opens the directory, and then to its lock.
 *
 * @param file where it is
 */
record Ballast(Path file) {

    private static final int BLOCK_BYTES = 1 << 16;

    /** Takes about so many bytes unless they are taken. What can't be taken as a whole is not taken. */
    void take(long bytes) throws IOException {
        if (Files.exists(file) && Files.size(file) == bytes) {
            return;
        }
        // A disk that compresses must not make nothing of it.
        SplittableRandom noise = new SplittableRandom(bytes);
        byte[] block = new byte[BLOCK_BYTES];
        try (OutputStream out = Files.newOutputStream(file)) {
            for (long rest = bytes; rest > 0; rest -= block.length) {
                noise.nextBytes(block);
                out.write(block, 0, (int) Math.min(rest, block.length));
            }
        } catch (IOException full) {
            release();
            throw full;
        }
    }

    /** Gives the room back, if it was taken; whether it was. */
    boolean release() throws IOException {
        return Files.deleteIfExists(file);
    }
}
