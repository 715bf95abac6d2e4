package io.entente.core.store.directory;

import io.entente.core.store.Store;
import io.entente.core.store.StoreDamagedException;
import io.entente.core.store.StoreException;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;

/**
 * A node's data directory, open and locked: its store, whose it is, and what its opening has found out.
 *
 * <p>Who opens it looks at {@link #recovery()} before anything else. A store that may have lost data keeps that doubt
 * over further starts until {@link #caughtUp()}. Thread-safe.
 */
public final class DataDirectory implements AutoCloseable {

    private final Layout layout;
    private final DirectoryLock lock;
    private final OpenStore open;
    private final Recovery recovery;
    private Identity identity;

    DataDirectory(Layout layout, DirectoryLock lock, OpenStore open, Recovery recovery, Identity identity) {
        this.layout = layout;
        this.lock = lock;
        this.open = open;
        this.recovery = recovery;
        this.identity = identity;
    }

    /**
     * Opens a directory, or makes one.
     *
     * @throws DirectoryRefusedException when another opening has it, when it is another node's, data center's or
     *     format's or has other partitions, when its store is damaged, or when its files can't be read or written
     */
    public static DataDirectory open(Path path, ExpectedIdentity expected, DirectoryOptions options) {
        return open(path, expected, options, BootId.current());
    }

    static DataDirectory open(Path path, ExpectedIdentity expected, DirectoryOptions options, String boot) {
        return new Opening(path, expected, options, boot).open();
    }

    /** Where it is. */
    public Path path() {
        return layout.directory();
    }

    /** What this opening has found out. */
    public Recovery recovery() {
        return recovery;
    }

    /** The store. Each of its commits is on record before it returns; closing it is left to this directory. */
    public Store store() {
        return open.store();
    }

    /** How many batches have been committed. */
    public long head() {
        return open.store().head();
    }

    /** The cluster the directory belongs to, once that is known. */
    public synchronized Optional<String> cluster() {
        return identity.cluster();
    }

    /**
     * Makes the directory the given cluster's for good, or checks that it is.
     *
     * @param id the cluster's identifier, one line of text
     * @throws DirectoryRefusedException when it belongs to another cluster; names both
     * @throws StoreException when the file can't be written
     */
    public synchronized void adoptCluster(String id) {
        change(inCluster(id));
    }

    private Identity inCluster(String id) {
        ExpectedIdentity.requireLine("cluster", id);
        String known = identity.cluster().orElse(id);
        if (!known.equals(id)) {
            throw new DirectoryRefusedException("data directory " + path() + " belongs to cluster " + known
                    + ", but node " + identity.owner().node() + " has met cluster " + id
                    + ": let it join the former, or give it a new directory");
        }
        return identity.inCluster(id);
    }

    /**
     * The same on the word of another node of that cluster: remembers too, in the same write, that this node is not the only one.
     *
     * @param id the cluster's identifier, one line of text
     * @throws DirectoryRefusedException when it belongs to another cluster; names both
     * @throws StoreException when the file can't be written
     */
    public synchronized void meet(String id) {
        change(inCluster(id).acquaintedWithOthers());
    }

    /** Whether the node has ever met another one of its cluster. Known whatever becomes of the store. */
    public synchronized boolean isAcquainted() {
        return identity.acquainted();
    }

    /** Whether the node has been a member of its cluster before: then it must never found one. */
    public synchronized boolean hasJoined() {
        return identity.joined();
    }

    /**
     * Remembers that the node has become a member of its cluster; durable on return.
     *
     * @throws StoreException when the file can't be written
     */
    public synchronized void markJoined() {
        change(identity.asMember());
    }

    /**
     * Ends the doubt about lost data: the node has caught up with others in all its partitions. {@link #recovery()}
     * stays what it was.
     *
     * @throws StoreException when the file can't be written
     */
    public synchronized void caughtUp() {
        change(identity.withoutDoubt());
    }

    /**
     * Makes a backup while the store goes on: a copy as it is at one moment, complete and on the device when this returns. Takes as long as writing
     * what is only in memory and reading everything once; on the same file system files are shared, else they are copied.
     *
     * @param target where it is to be; nothing may be there yet
     * @param wallMillis the time, in milliseconds since 1970; stands in the backup for people
     * @throws IllegalArgumentException when there is something at that place, or it lies inside this directory
     * @throws StoreException when it can't be made; what is left of it is refused as a data directory
     */
    public Backup backup(Path target, long wallMillis) {
        Identity now;
        synchronized (this) {
            now = identity;
        }
        return open.backup(now, target, Instant.ofEpochMilli(wallMillis).toString());
    }

    /**
     * How many bytes may still be written to the disk that the directory is on.
     *
     * @throws StoreException when the operating system doesn't say
     */
    public long usableBytes() {
        return open.usableBytes();
    }

    /**
     * What showed first that a file of the store is damaged, or can't be read; empty while nothing has. What can't be read is replaced by writing it anew, but
     * the file stays, until the node begins with an empty directory and fetches everything from others.
     */
    public Optional<StoreDamagedException> damage() {
        return open.store().damage();
    }

    /**
     * Puts a file of so many bytes aside, unless it is there, so that there is a little room when there is none: {@link #reopen()} and the next opening
     * delete it where they need it.
     *
     * @throws StoreException when there is no room for it
     */
    public void takeBallast(long bytes) {
        open.takeBallast(bytes);
    }

    /**
     * Opens the store anew after a commit has failed because the disk was full ({@link io.entente.core.store.StoreFullException}), and ends its fence. Takes
     * next to no room. Of the commit that failed it stays unknown whether it exists, so that whoever numbered something in it goes on under another name.
     * Scans and snapshots of before end with {@link IllegalStateException}.
     *
     * @throws StoreException when it can't be opened, and nothing can be read until this is called again; or when it holds less than it did, and it stays
     *     fenced for good
     * @throws IllegalStateException when no full disk has fenced the store, or it is closed
     */
    public void reopen() {
        open.reopen();
    }

    /**
     * Closes the store, records a clean stop unless a commit has failed, and gives the directory up. More than once
     * does no harm.
     *
     * @throws StoreException when the store could not be brought to the device; the directory is given up all the same
     */
    @Override
    public void close() {
        release(open.store()::close);
    }

    /**
     * Closes the store, puts it aside and gives the directory up: the next opening begins with an empty one, as the same node of the same
     * cluster. Nothing is deleted.
     *
     * @return where the store is now
     * @throws StoreException when the files can't be moved; the directory is given up all the same, and still has its store
     */
    public synchronized Path putAside() {
        Path[] aside = new Path[1];
        release(() -> {
            open.store().close();
            try {
                aside[0] = AsideStores.put(layout, identity);
            } catch (IOException failed) {
                throw new StoreException(
                        "the store in data directory " + path() + " could not be put aside: " + failed, failed, true);
            }
        });
        return aside[0];
    }

    /** Gives the directory up and leaves its files as the end of the process would leave them. */
    public void abandon() {
        release(open.store()::abandon);
    }

    private void release(Runnable closing) {
        try {
            closing.run();
        } finally {
            lock.close();
        }
    }

    private void change(Identity changed) {
        if (changed.equals(identity)) {
            return;
        }
        try {
            layout.write(changed);
        } catch (IOException failed) {
            throw new StoreException(
                    "the identity in data directory " + path() + " could not be written: " + failed, failed, true);
        }
        identity = changed;
    }
}
