package io.entente.samples.bench.site;

import io.entente.cluster.Entente;
import io.entente.cluster.routing.Router;
import io.entente.conflict.version.Dot;
import io.entente.conflict.version.VersionVector;
import io.entente.core.bytes.Bytes;
import io.entente.core.effect.Reply;
import io.entente.core.event.WriteCondition;
import io.entente.core.mode.WriteConcern;
import io.entente.core.record.Payload;
import io.entente.core.record.RecordKey;
import io.entente.samples.bench.load.ClosedLoop;
import io.entente.samples.bench.load.Operation;
import io.entente.samples.bench.load.Workload;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** A site in this process. Thread-safe but for {@link #stop()} and {@link #start()}. */
public final class LocalSite implements Site {

    private static final String MAP = "bench";
    private static final Duration TIMEOUT = Duration.ofSeconds(60);
    private static final Duration READY_PATIENCE = Duration.ofMinutes(20);

    /** How often the heap is looked at while the node becomes ready. */
    private static final Duration LOOK_AT_HEAP = Duration.ofSeconds(5);

    private static final Duration TOTAL_PATIENCE = Duration.ofMinutes(15);
    private static final long LOOK_NANOS = 2_000_000;

    private final SiteSetup setup;
    private final Workload workload;

    /** One, that lives as long as the site: what its thread allocated is still known when it is asked for. */
    private final ExecutorService generator;

    private @Nullable Entente running;
    private volatile long largestHeap;

    LocalSite(SiteSetup setup) {
        this.setup = setup;
        this.workload = setup.workload();
        this.generator = Executors.newSingleThreadExecutor(task -> {
            Thread thread = new Thread(task, "load-" + setup.dataCenter());
            thread.setDaemon(true);
            return thread;
        });
    }

    /** Starts the node, without waiting for it to be ready. */
    public void start() {
        if (running == null) {
            running = Entente.launch(setup.settings());
        }
    }

    /** Waits until the node is ready. */
    public void awaitReady() {
        long deadline = System.nanoTime() + READY_PATIENCE.toNanos();
        long look = System.nanoTime() + LOOK_AT_HEAP.toNanos();
        List<String> obstacles = node().node().obstacles();
        while (!obstacles.isEmpty()) {
            if (System.nanoTime() - deadline > 0) {
                throw new IllegalStateException("node " + SiteSetup.node(setup.number()) + " did not become ready: "
                        + String.join("; ", obstacles));
            }
            if (System.nanoTime() - look > 0) {
                largestHeap = Math.max(largestHeap, heap());
                look = System.nanoTime() + LOOK_AT_HEAP.toNanos();
            }
            LockSupport.parkNanos(LOOK_NANOS);
            obstacles = node().node().obstacles();
        }
    }

    /** Stops the node in good order; its data stays. */
    public void stop() {
        if (running != null) {
            running.close();
            running = null;
        }
    }

    /** The workload's writes, each by its number. */
    public Operation puts(WriteConcern concern) {
        return number -> put(workload.key(setup.number(), number), number, concern);
    }

    /** Reads of the workload's keys, by the same numbers: those that {@link #puts} writes. */
    public Operation gets() {
        return number -> read(workload.key(setup.number(), number), VersionVector.empty());
    }

    /** Additions to one set of so many elements; the first so many add each of them once. */
    public Operation additions(int elements) {
        return number -> write(
                        new RecordKey(MAP, "set"),
                        SetOfElements.add(SetOfElements.elementOf(number, elements)),
                        WriteConcern.async())
                .thenApply(Reply.Written::dot);
    }

    /** The write of that number; answers with its identity once it is durable here. */
    public CompletionStage<Dot> put(int number) {
        return put(workload.key(setup.number(), number), number, WriteConcern.async())
                .thenApply(Reply.Written::dot);
    }

    /** Reads a key that another site has written, once this one shows that write or a later one of its origin. */
    public CompletionStage<Reply.Found> readOnceApplied(int site, int number, Dot dot) {
        return read(workload.key(site, number), VersionVector.of(dot.origin(), dot.sequence()));
    }

    @Override
    public CompletableFuture<Void> write(int from, int to) {
        Operation puts = puts(WriteConcern.async());
        return CompletableFuture.runAsync(() -> ClosedLoop.run(puts, from, to, workload.window()), generator);
    }

    @Override
    public CompletableFuture<Void> fill(int from, int to, int step) {
        Operation fill = number -> {
            int key = from + number * step;
            return put(workload.keyNumber(key), key, WriteConcern.async());
        };
        int count = Math.max(0, (to - from + step - 1) / step);
        return CompletableFuture.runAsync(() -> ClosedLoop.run(fill, 0, count, workload.window()), generator);
    }

    @Override
    public CompletableFuture<String> awaitTotal(long writes) {
        return later(() -> {
            long deadline = System.nanoTime() + TOTAL_PATIENCE.toNanos();
            Map<Integer, VersionVector> vectors = vectors();
            while (total(vectors) < writes) {
                if (System.nanoTime() - deadline > 0) {
                    throw new IllegalStateException(SiteSetup.node(setup.number()) + " has " + total(vectors) + " of "
                            + writes + " writes after " + TOTAL_PATIENCE.toMinutes() + " minutes");
                }
                LockSupport.parkNanos(LOOK_NANOS);
                vectors = vectors();
            }
            return vectors.toString();
        });
    }

    @Override
    public CompletableFuture<Long> total() {
        return later(() -> total(vectors()));
    }

    @Override
    public CompletableFuture<Usage> usage() {
        return later(Usage::soFar);
    }

    @Override
    public CompletableFuture<Long> heapAfterCollection() {
        return later(LocalSite::heap);
    }

    @Override
    public CompletableFuture<Long> largestHeap() {
        return CompletableFuture.completedFuture(largestHeap);
    }

    private static long heap() {
        System.gc();
        return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
    }

    /** At once, as a killed process would end: nobody needs its data any more. */
    @Override
    public void close() {
        if (running != null) {
            running.halt();
            running = null;
        }
        generator.shutdown();
    }

    private CompletionStage<Reply.Written> put(String key, int number, WriteConcern concern) {
        Payload value = Payload.value(Bytes.wrap(workload.value(setup.number(), number)));
        return write(new RecordKey(MAP, key), value, concern);
    }

    private CompletionStage<Reply.Written> write(RecordKey key, Payload payload, WriteConcern concern) {
        Router.Write request = new Router.Write(key, payload, WriteCondition.none(), concern, TIMEOUT);
        return node().router().write(request).thenApply(reply -> expect(Reply.Written.class, reply));
    }

    private CompletionStage<Reply.Found> read(String key, VersionVector atLeast) {
        Router.Read request = new Router.Read(new RecordKey(MAP, key), atLeast, TIMEOUT);
        return node().router().read(request).thenApply(reply -> expect(Reply.Found.class, reply));
    }

    private static <R extends Reply> R expect(Class<R> kind, Reply reply) {
        if (!kind.isInstance(reply)) {
            throw new IllegalStateException("a request was not served: " + reply);
        }
        return kind.cast(reply);
    }

    private <T> CompletableFuture<T> later(Supplier<T> answer) {
        return CompletableFuture.supplyAsync(answer, generator);
    }

    private Map<Integer, VersionVector> vectors() {
        return node().node().view().toCompletableFuture().join().vectors();
    }

    private static long total(Map<Integer, VersionVector> vectors) {
        return vectors.values().stream().mapToLong(VersionVector::total).sum();
    }

    private Entente node() {
        Entente node = running;
        if (node == null) {
            throw new IllegalStateException("node " + SiteSetup.node(setup.number()) + " was stopped");
        }
        return node;
    }
}
