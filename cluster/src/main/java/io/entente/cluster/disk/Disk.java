package io.entente.cluster.disk;

import io.entente.core.store.StoreDamagedException;
import io.entente.core.store.directory.DataDirectory;
import java.util.Optional;

/** The disk that a node's data is on. Each call may throw {@link io.entente.core.store.StoreException}. */
public interface Disk {

    /** How many bytes may still be written. */
    long usableBytes();

    /** Puts so many bytes aside, unless that was done. */
    void takeBallast(long bytes);

    /** Opens the store anew after a full disk, with the help of the ballast. */
    void reopen();

    /** What showed first that something on it can't be read; empty while nothing has. */
    Optional<StoreDamagedException> damage();

    /** The one under a directory. */
    static Disk under(DataDirectory directory) {
        return new Disk() {
            @Override
            public long usableBytes() {
                return directory.usableBytes();
            }

            @Override
            public void takeBallast(long bytes) {
                directory.takeBallast(bytes);
            }

            @Override
            public void reopen() {
                directory.reopen();
            }

            @Override
            public Optional<StoreDamagedException> damage() {
                return directory.damage();
            }
        };
    }
}
