package io.entente.core.store;

import java.nio.file.Path;
import java.util.Optional;

/**
 * A store that counts its commits, over all openings: what a node's data directory holds. The count is how the directory finds out whether the store is what it was
 * when it was last written to.
 *
 * <p>Thread-safe: reads run side by side with each other and with one commit at a time, and a scan or snapshot shows what was committed when it was
 * taken. Its {@code toString} names it in messages.
 */
public interface CountedStore extends Store {

    /**
     * How many batches have been committed here since the beginning, of all that this store still holds. It belongs to the batch: after any crash the store holds the
     * batches 1 to {@code head()}, each whole, and no other. An empty batch doesn't count.
     */
    long head();

    /** Whether a commit has failed, so that all later ones do. */
    boolean isFenced();

    /** What showed first, since the opening, that something stored is damaged, or can't be read; empty while nothing has. */
    Optional<StoreDamagedException> damage();

    /**
     * Copies the store as it is at one moment to a directory that doesn't exist yet, while commits and reads go on. The same engine opens the copy.
     *
     * @throws StoreException when it fails; what is there then is no store
     */
    void checkpoint(Path target);

    /** Frees everything and leaves what is stored as the end of the process would leave it; more than once, or after {@link #close()}, does no harm. */
    void abandon();
}
