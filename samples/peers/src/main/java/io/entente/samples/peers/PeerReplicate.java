package io.entente.samples.peers;

import io.entente.samples.bench.load.ClosedLoop;
import io.entente.samples.bench.load.Spent;
import io.entente.samples.bench.load.Workload;
import io.entente.samples.bench.measure.Benchmark;
import io.entente.samples.bench.report.Figure;
import io.entente.samples.bench.report.Measurements;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * What {@code replicate} does in one process, on another system: all sites write at once, until every key that was written has the same value
 * at all of them. A system that sends only the last of several writes to a key has thereby replicated them all.
 *
 * <p>Unlike there, each site writes keys of its own: where all sites write the same keys at once, Infinispan's are left with different values at some of
 * them for good.
 *
 * @param kind the system
 * @param workload what is written
 * @param patience for how long it may take to come to equal values
 */
record PeerReplicate(PeerKind kind, Workload workload, Duration patience) implements Benchmark {

    private static final long LOOK_NANOS = 1_000_000;

    @Override
    public String name() {
        return kind.id();
    }

    @Override
    public String how() {
        return "three sites in one process with a writer each and keys of its own, " + workload.text()
                + "; half of the writes warm up; the rest until all sites have equal values. Durability: "
                + kind.durability();
    }

    @Override
    public void measure(Path directory, Measurements into) {
        int half = workload.writes() / 2;
        try (Peer peer = kind.start(directory)) {
            write(peer, 0, half);
            awaitEqual(peer, 0, half);
            Spent before = Spent.soFar();
            write(peer, half, workload.writes());
            awaitEqual(peer, half, workload.writes());
            Spent spent = Spent.soFar().since(before);
            long writes = (long) Peer.SITES * (workload.writes() - half);
            into.add(Figure.of(kind.id() + ".throughput", kind.label(), "writes/s"), spent.perSecond(writes));
            into.add(Figure.of(kind.id() + ".cpu", kind.label(), "us CPU/write"), spent.cpuMicros(writes));
        }
    }

    private String key(int site, int number) {
        return site + "-" + workload.key(site, number);
    }

    private void write(Peer peer, int from, int to) {
        List<CompletableFuture<Void>> writers = new ArrayList<>();
        for (int i = 0; i < Peer.SITES; i++) {
            int site = i;
            CompletableFuture<Void> done = new CompletableFuture<>();
            Thread writer = new Thread(
                    () -> {
                        try {
                            ClosedLoop.run(
                                    number -> peer.put(site, key(site, number), workload.value(site, number)),
                                    from,
                                    to,
                                    workload.window());
                            done.complete(null);
                        } catch (RuntimeException failed) {
                            done.completeExceptionally(failed);
                        }
                    },
                    "writer-" + site);
            writer.start();
            writers.add(done);
        }
        writers.forEach(CompletableFuture::join);
    }

    /** Key by key: one that is equal everywhere while nobody writes stays so. */
    private void awaitEqual(Peer peer, int from, int to) {
        Set<String> keys = new TreeSet<>();
        for (int site = 0; site < Peer.SITES; site++) {
            for (int number = from; number < to; number++) {
                keys.add(key(site, number));
            }
        }
        long deadline = System.nanoTime() + patience.toNanos();
        for (String key : keys) {
            while (!isEqual(peer, key)) {
                if (System.nanoTime() - deadline > 0) {
                    throw new IllegalStateException(kind.label() + " has different values at " + key + " "
                            + patience.toSeconds() + " s after the last write: give fewer --writes or --keys");
                }
                LockSupport.parkNanos(LOOK_NANOS);
            }
        }
    }

    private static boolean isEqual(Peer peer, String key) {
        byte @Nullable [] first = peer.get(0, key).toCompletableFuture().join();
        if (first == null) {
            return false;
        }
        for (int site = 1; site < Peer.SITES; site++) {
            if (!Arrays.equals(first, peer.get(site, key).toCompletableFuture().join())) {
                return false;
            }
        }
        return true;
    }
}
