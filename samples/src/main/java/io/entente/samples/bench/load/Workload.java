package io.entente.samples.bench.load;

import java.util.Locale;

/**
 * What a benchmark writes.
 *
 * @param writes how many writes each data center makes
 * @param keys over how many keys they are spread
 * @param valueBytes how large a value is
 * @param window how many writes of a data center are under way at once
 */
public record Workload(int writes, int keys, int valueBytes, int window) {

    private static final long MULTIPLIER = 0x9E3779B97F4A7C15L;

    public Workload {
        require(writes, "writes");
        require(keys, "keys");
        require(valueBytes, "value-bytes");
        require(window, "window");
    }

    /** The same with another number of keys. */
    public Workload withKeys(int count) {
        return new Workload(writes, count, valueBytes, window);
    }

    /** The same with so many times as many requests. */
    public Workload times(int factor) {
        return new Workload((int) Math.min(Integer.MAX_VALUE, (long) writes * factor), keys, valueBytes, window);
    }

    /** The workload in words. */
    public String text() {
        return text("writes each");
    }

    /** The same, of requests that are called so. */
    public String text(String requests) {
        return String.format(
                Locale.ROOT,
                "%,d %s (values of %d bytes, %,d keys, %,d under way)",
                writes,
                requests,
                valueBytes,
                keys,
                window);
    }

    /** The key of a write: spread over all keys, the same in each run. */
    public String key(int dataCenter, int write) {
        long mixed = (write * 31L + dataCenter + 1) * MULTIPLIER;
        return "k" + Long.remainderUnsigned(mixed ^ (mixed >>> 29), keys);
    }

    /** The keys themselves, 0 to {@code keys() - 1}: writing each once fills a store with all of them. */
    public String keyNumber(int number) {
        return "k" + number;
    }

    /** The content of a write: as good as random, so that nothing compresses it away. */
    public byte[] value(int dataCenter, int write) {
        byte[] value = new byte[valueBytes];
        long state = write * MULTIPLIER + dataCenter;
        for (int i = 0; i < value.length; i++) {
            state = state * 6364136223846793005L + 1442695040888963407L;
            value[i] = (byte) (state >>> 56);
        }
        return value;
    }

    private static void require(int value, String option) {
        if (value < 1) {
            throw new IllegalArgumentException("--" + option + " is " + value + ": give at least 1");
        }
    }
}
