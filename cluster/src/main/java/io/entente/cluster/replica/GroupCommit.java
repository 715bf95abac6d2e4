package io.entente.cluster.replica;

import io.entente.core.store.Store;
import io.entente.core.store.WriteBatch;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Commits the batches of all partitions of a node, those that wait together as one: one fsync for all.
 *
 * <p>One thread; no lingering, since the previous commit's fsync is linger enough. Each replica has at most one batch under way, so
 * the queue is as long as there are partitions. Thread-safe.
 */
public final class GroupCommit implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(GroupCommit.class);

    private final Store store;
    private final BlockingQueue<Pending> queue;
    private final Thread thread;
    private volatile boolean closed;

    /**
     * @param store the store
     * @param name the node's name, for the thread
     * @param writers how many batches may wait at once: one a partition, and a few of the node's own
     */
    public GroupCommit(Store store, String name, int writers) {
        this.store = store;
        this.queue = new ArrayBlockingQueue<>(writers);
        this.thread = new Thread(this::run, "entente-commit-" + name);
        thread.setDaemon(true);
        thread.start();
    }

    /**
     * Commits a batch; completes on the commit thread when it is durable, or exceptionally with the store's exception.
     *
     * @throws IllegalStateException when closed, or when more batches wait than were announced
     */
    public CompletionStage<Void> commit(WriteBatch batch) {
        Pending pending = new Pending(batch, new CompletableFuture<>());
        if (closed) {
            throw new IllegalStateException("the commit thread of " + thread.getName() + " has stopped");
        }
        queue.add(pending);
        return pending.done;
    }

    /** Commits what waits, and ends. */
    @Override
    public void close() {
        closed = true;
        queue.offer(new Pending(new WriteBatch(), new CompletableFuture<>()));
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void run() {
        List<Pending> group = new ArrayList<>();
        while (!closed || !queue.isEmpty()) {
            try {
                group.add(queue.take());
            } catch (InterruptedException e) {
                LOG.debug("interrupted while waiting; going on", e);
                continue;
            }
            queue.drainTo(group);
            commitTogether(group);
            group.clear();
        }
    }

    private void commitTogether(List<Pending> group) {
        try {
            store.commit(merged(group));
        } catch (RuntimeException e) {
            group.forEach(pending -> pending.done.completeExceptionally(e));
            return;
        }
        group.forEach(pending -> pending.done.complete(null));
    }

    private static WriteBatch merged(List<Pending> group) {
        if (group.size() == 1) {
            return group.get(0).batch;
        }
        WriteBatch all = new WriteBatch();
        group.forEach(pending -> all.append(pending.batch));
        return all;
    }

    private record Pending(WriteBatch batch, CompletableFuture<@org.jspecify.annotations.Nullable Void> done) {}
}
