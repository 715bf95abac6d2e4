package io.entente.cluster.replica;

import io.entente.core.store.Store;
import io.entente.core.store.StoreException;
import io.entente.core.store.StoreFencedException;
import io.entente.core.store.WriteBatch;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Commits the batches of all partitions of a node, those that wait together as one: one fsync for all.
 *
 * <p>One thread; no lingering, since the previous commit's fsync is linger enough. Each replica has at most one batch under way, so
 * the queue is as long as there are partitions and a few. Whatever is handed in is answered: a batch that comes too late or finds the queue
 * full is refused, and after the first commit that failed all are, because what was numbered in it must not be numbered again, until {@link #goOn()}.
 * Thread-safe.
 */
public final class GroupCommit implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(GroupCommit.class);

    private final Store store;
    private final int writers;
    private final BlockingQueue<Pending> queue;
    private final Pending end = new Pending(new WriteBatch(), new CompletableFuture<>());
    private final Thread thread;
    private boolean closed;

    private volatile @Nullable Throwable firstFailure;

    /**
     * @param store the store
     * @param name the node's name, for the thread
     * @param writers how many batches may wait at once: one a partition, and a few of the node's own
     */
    public GroupCommit(Store store, String name, int writers) {
        this.store = store;
        this.writers = writers;
        this.queue = new ArrayBlockingQueue<>(writers + 1); // the end always fits
        this.thread = new Thread(this::run, "entente-commit-" + name);
        thread.setDaemon(true);
        thread.start();
    }

    /**
     * Commits a batch; completes on the commit thread when it is durable, or exceptionally with what the store threw. Never blocks and
     * never throws: when closed, or when more batches wait than were announced, the stage fails with a {@link StoreException} whose
     * batch does not exist.
     */
    public CompletionStage<Void> commit(WriteBatch batch) {
        Pending pending = new Pending(batch, new CompletableFuture<>());
        synchronized (this) {
            if (closed) {
                return refused(thread.getName() + " has stopped, and the batch was not committed");
            }
            if (queue.size() >= writers || !queue.offer(pending)) {
                return refused(writers + " batches wait for " + thread.getName()
                        + ", which is the limit, and this one was not committed");
            }
        }
        return pending.done;
    }

    /**
     * Commits again after one that failed: the store has been opened anew, and nobody goes on numbering from what failed. Called while no batch is
     * under way.
     */
    public void goOn() {
        firstFailure = null;
    }

    /** Commits what waits, and ends. More than once does no harm. */
    @Override
    public void close() {
        synchronized (this) {
            if (!closed) {
                closed = true;
                queue.add(end);
            }
        }
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static CompletionStage<Void> refused(String why) {
        return CompletableFuture.failedFuture(new StoreException(why, false));
    }

    private void run() {
        List<Pending> group = new ArrayList<>();
        boolean ending = false;
        while (!ending) {
            try {
                group.add(queue.take());
            } catch (InterruptedException e) {
                LOG.debug("interrupted while waiting; going on", e);
                continue;
            }
            queue.drainTo(group);
            ending = group.remove(end);
            commitTogether(group);
            group.clear();
        }
    }

    /** Errors count as failed commits too: nobody waits for ever, and nothing is committed after one. */
    private void commitTogether(List<Pending> group) {
        if (group.isEmpty()) {
            return;
        }
        try {
            Throwable first = firstFailure;
            if (first != null) {
                throw new StoreFencedException(store.toString(), first);
            }
            store.commit(merged(group));
        } catch (Throwable failed) {
            firstFailure = firstFailure == null ? failed : firstFailure;
            group.forEach(pending -> pending.done.completeExceptionally(failed));
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

    private static final class Pending {
        private final WriteBatch batch;
        private final CompletableFuture<@Nullable Void> done;

        private Pending(WriteBatch batch, CompletableFuture<@Nullable Void> done) {
            this.batch = batch;
            this.done = done;
        }
    }
}
