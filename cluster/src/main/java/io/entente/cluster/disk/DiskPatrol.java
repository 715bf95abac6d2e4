package io.entente.cluster.disk;

import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Has a {@link DiskWatch} look four times a second, and at once when a commit was broken off, on a thread of its own. Thread-safe. */
public final class DiskPatrol implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(DiskPatrol.class);
    private static final Duration EVERY = Duration.ofMillis(250);

    private final DiskWatch watch;
    private final ScheduledExecutorService thread;

    /**
     * @param node the node's name, for the thread
     * @param watch looks
     */
    public DiskPatrol(String node, DiskWatch watch) {
        this.watch = watch;
        this.thread = Executors.newSingleThreadScheduledExecutor(task -> {
            Thread made = new Thread(task, "entente-disk-" + node);
            made.setDaemon(true);
            return made;
        });
        var unused = thread.scheduleWithFixedDelay(this::look, 0, EVERY.toMillis(), TimeUnit.MILLISECONDS);
    }

    /** A commit has failed because there was no room. */
    public void brokeOff() {
        watch.brokeOff();
        try {
            thread.execute(this::look);
        } catch (RejectedExecutionException closed) {
            LOG.debug("the node ends", closed);
        }
    }

    /** Looks no more; one look may be under way still. */
    @Override
    public void close() {
        thread.shutdown();
    }

    private void look() {
        try {
            watch.look();
        } catch (RuntimeException e) {
            LOG.warn("a look at the disk went wrong", e);
        }
    }
}
