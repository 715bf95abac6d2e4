package io.entente.samples.bench;

import io.entente.cluster.Entente;
import io.entente.cluster.routing.Router;
import io.entente.core.bytes.Bytes;
import io.entente.core.effect.Reply;
import io.entente.core.event.WriteCondition;
import io.entente.core.mode.WriteConcern;
import io.entente.core.record.Payload;
import io.entente.core.record.RecordKey;
import io.entente.core.store.Durability;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicReference;

/** All data centers write at once; measured until every one of them has every write durably. */
final class Replicate {

    private static final Duration TIMEOUT = Duration.ofSeconds(60);

    private Replicate() {}

    /** Each write counted once, when all three have it. */
    static Speed measure(Path directory, Workload workload, Durability durability) {
        try (ThreeSites sites = ThreeSites.start(directory, durability)) {
            int warmUp = Math.max(1, workload.writes() / 2);
            run(sites, workload, 0, warmUp);
            sites.awaitAll(3L * warmUp);
            Speed.Watch watch = Speed.start();
            run(sites, workload, warmUp, workload.writes());
            sites.awaitAll(3L * workload.writes());
            return watch.stop(3L * (workload.writes() - warmUp));
        }
    }

    private static void run(ThreeSites sites, Workload workload, int from, int to) {
        AtomicReference<Throwable> failure = new AtomicReference<>();
        List<Thread> writers = new ArrayList<>();
        for (int site = 0; site < sites.nodes().size(); site++) {
            Writer writer = new Writer(sites.nodes().get(site), site, workload, failure);
            Thread thread = new Thread(() -> writer.write(from, to), "writer-" + site);
            thread.start();
            writers.add(thread);
        }
        writers.forEach(Replicate::join);
        if (failure.get() != null) {
            throw new IllegalStateException("a write failed", failure.get());
        }
    }

    private static void join(Thread thread) {
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        }
    }

    /** Writes at one data center, so many at a time. */
    private record Writer(Entente node, int site, Workload workload, AtomicReference<Throwable> failure) {

        void write(int from, int to) {
            Semaphore window = new Semaphore(workload.window());
            for (int write = from; write < to && failure.get() == null; write++) {
                window.acquireUninterruptibly();
                Router.Write request = new Router.Write(
                        new RecordKey("bench", workload.key(site, write)),
                        Payload.value(Bytes.wrap(workload.value(site, write))),
                        WriteCondition.none(),
                        WriteConcern.async(),
                        TIMEOUT);
                var unused = node.router().write(request).whenComplete((reply, problem) -> {
                    window.release();
                    if (problem != null) {
                        failure.compareAndSet(null, problem);
                    } else if (!(reply instanceof Reply.Written)) {
                        failure.compareAndSet(null, new IllegalStateException(String.valueOf(reply)));
                    }
                });
            }
            window.acquireUninterruptibly(workload.window());
        }
    }
}
