package io.entente.cluster.disk;

import io.entente.core.store.StoreException;
import io.entente.core.store.StoreFullException;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks after the disk. While less than the reserve is free the node takes nothing in, neither clients' writes nor others' entries, and serves reads
 * and those who pull from it. Where room runs out all the same, between two looks or by somebody else's files, a commit fails; then the store is
 * opened anew with the room of the ballast, and the replicas go on from what it holds, under new incarnations. Either ends by itself when there is
 * room again.
 *
 * <p>Whoever looks is one thread; that a commit was broken off may be said on any, and blocks nobody.
 */
public final class DiskWatch {

    private static final Logger LOG = LoggerFactory.getLogger(DiskWatch.class);

    /** The ballast is the reserve's sixteenth, and not more than that. */
    private static final long MOST_BALLAST = 8L << 20;

    /** What must be free at least, ballast included, for the store to be closed in order to be opened anew. */
    private static final long LEAST_TO_REOPEN = 256L << 10;

    /** How much more than the reserve must be free for writes to be taken again, at least. */
    private static final long LEAST_MARGIN = 1L << 20;

    private static final Duration FENCING = Duration.ofSeconds(20);

    private final String node;
    private final Disk disk;
    private final long reserveBytes;
    private final DiskDependents dependents;
    private boolean hasBallast;
    private boolean scarce;
    private boolean damaged;
    private volatile boolean brokenOff;
    private volatile boolean givenUp;

    /**
     * @param node the node's name, for what it says
     * @param disk its disk
     * @param reserveBytes how much is to stay free; 0 to notice a full disk by failing commits only
     * @param dependents who has to know
     */
    public DiskWatch(String node, Disk disk, long reserveBytes, DiskDependents dependents) {
        this.node = node;
        this.disk = disk;
        this.reserveBytes = reserveBytes;
        this.dependents = dependents;
    }

    /** A commit has failed because there was no room. */
    public void brokeOff() {
        if (!brokenOff && !givenUp) {
            LOG.error("the disk of node {} is full, and a commit was broken off", node);
            brokenOff = true;
            refuse("nothing");
        }
    }

    /** Looks how much room there is, and does what follows from that; to be called every now and then. */
    public void look() {
        disk.damage().ifPresent(this::damaged);
        if (givenUp) {
            return;
        }
        try {
            if (brokenOff) {
                mend();
            }
            if (!brokenOff && !givenUp) {
                review();
            }
        } catch (StoreException unknown) {
            LOG.warn("the disk of node {} can't be looked after: {}", node, unknown.getMessage());
        }
    }

    private void damaged(StoreException first) {
        if (!damaged) {
            damaged = true;
            String what =
                    first.getMessage() + ". Node " + node + " holds damaged data: what it can't read, a verification"
                            + " replaces from other copies, but the file stays damaged, and one day the store stops over it; "
                            + Remedy.ofDamage(node);
            LOG.error("{}", what);
            dependents.damaged(what);
        }
    }

    private void mend() {
        long ballast = hasBallast ? ballastBytes() : 0;
        if (disk.usableBytes() + ballast < LEAST_TO_REOPEN) {
            return;
        }
        dependents
                .fence()
                .toCompletableFuture()
                .orTimeout(FENCING.toMillis(), TimeUnit.MILLISECONDS)
                .join();
        hasBallast = false;
        try {
            disk.reopen();
        } catch (StoreFullException again) {
            LOG.warn("there is not yet room enough to open the store of node {} anew: {}", node, again.getMessage());
            return;
        } catch (StoreException | IllegalStateException broken) {
            givenUp = true;
            dependents.giveUp("the store could not be opened anew after its disk was full (" + broken.getMessage()
                    + "): make room and start the node again");
            return;
        }
        brokenOff = false;
        scarce = true;
        dependents.goOn();
        dependents.scarce(true);
        LOG.warn("the store of node {} is open anew: reads and replication to others go on", node);
    }

    private void review() {
        long usable = disk.usableBytes();
        boolean isScarce = usable < (scarce ? reserveBytes + Math.max(LEAST_MARGIN, reserveBytes / 4) : reserveBytes);
        if (!isScarce && !hasBallast && ballastBytes() > 0) {
            disk.takeBallast(ballastBytes());
            hasBallast = true;
        }
        if (isScarce) {
            refuse(megabytes(usable));
        }
        // Said again and again: replicas may have started meanwhile.
        if (isScarce || scarce) {
            dependents.scarce(isScarce);
        }
        if (isScarce != scarce) {
            scarce = isScarce;
            tell(usable);
        }
    }

    private void tell(long usable) {
        if (scarce) {
            LOG.error(
                    "the disk of node {} is nearly full, {} are left: it takes no writes until there is room, reads and replication to"
                            + " others go on",
                    node,
                    megabytes(usable));
        } else {
            dependents.refuse(Optional.empty());
            LOG.info("the disk of node {} has room again, {}: it takes writes", node, megabytes(usable));
        }
    }

    private void refuse(String left) {
        dependents.refuse(Optional.of("the disk of node " + node + " is full: " + left + " of the "
                + megabytes(reserveBytes)
                + " that it keeps free is left, so it takes no writes: make room on its disk, and it "
                + "goes on by itself; or write at another node"));
    }

    private long ballastBytes() {
        return Math.min(MOST_BALLAST, reserveBytes / 16);
    }

    private static String megabytes(long bytes) {
        return String.format(Locale.ROOT, "%.1f MiB", bytes / (double) (1 << 20));
    }
}
