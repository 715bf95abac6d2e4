package io.entente.samples.bench.measure;

import io.entente.samples.bench.load.Latencies;
import io.entente.samples.bench.load.Workload;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.function.IntConsumer;

/**
 * The raw limit of a request's latency: RocksDB alone asked by one thread, each request as soon as the last one has ended, so that none
 * ever waits for another.
 */
final class RawLatency {

    private RawLatency() {}

    /** Of a synced batch of one write, for so many seconds after half as many of warm-up. */
    static Latencies ofPuts(Path directory, Workload workload, int seconds) {
        try (RawStore store = RawStore.open(directory, workload)) {
            return measure(write -> store.write(write, write + 1, 1), seconds);
        }
    }

    /** Of a get, in a store that holds all keys. */
    static Latencies ofGets(RawStore filled, int seconds) {
        return measure(filled::read, seconds);
    }

    private static Latencies measure(IntConsumer request, int seconds) {
        Latencies latencies = new Latencies();
        long start = System.nanoTime();
        long measured = start + TimeUnit.SECONDS.toNanos(seconds) / 2;
        long end = measured + TimeUnit.SECONDS.toNanos(seconds);
        long began = start;
        for (int number = 0; began - end < 0; number++) {
            request.accept(number);
            long ended = System.nanoTime();
            if (began - measured >= 0) {
                latencies.record(ended - began);
            }
            began = ended;
        }
        return latencies;
    }
}
