package io.entente.samples.bench.report;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;

/**
 * The disk that the benchmarks write to.
 *
 * @param fileSystem its kind, as the operating system names it
 * @param fsyncP50Millis the median time of writing 4 KiB at the end of a file and {@code fdatasync}, in milliseconds
 * @param fsyncP99Millis the same, 99 of 100
 */
public record Disk(String fileSystem, double fsyncP50Millis, double fsyncP99Millis) {

    private static final int SYNCS = 500;
    private static final int BLOCK_BYTES = 4_096;

    /** Measures it, in half a second on a fast one; nothing remains in the directory. */
    public static Disk measure(Path directory) {
        try {
            double[] millis = syncs(directory);
            Arrays.sort(millis);
            return new Disk(
                    Files.getFileStore(directory).type(), millis[millis.length / 2], millis[millis.length * 99 / 100]);
        } catch (IOException e) {
            throw new UncheckedIOException("the disk under " + directory + " can't be measured: " + e.getMessage(), e);
        }
    }

    private static double[] syncs(Path directory) throws IOException {
        Path file = Files.createTempFile(directory, "fsync", "");
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
            double[] millis = new double[SYNCS];
            ByteBuffer block = ByteBuffer.allocate(BLOCK_BYTES);
            for (int i = 0; i < SYNCS; i++) {
                long start = System.nanoTime();
                channel.write(block.clear());
                channel.force(false);
                millis[i] = (System.nanoTime() - start) / 1e6;
            }
            return millis;
        } finally {
            Files.delete(file);
        }
    }
}
