package io.entente.core.store.directory;

import io.entente.core.store.CountedStore;
import io.entente.core.store.StoreException;
import io.entente.core.store.StoreFullException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;

/**
 * The opening of a data directory, step by step. What each step leaves behind when the process ends there is read
 * rightly by the next opening: the store is made last, a doubt is on the device before the evidence for it is
 * overwritten.
 */
final class Opening {

    private final Path path;
    private final Layout layout;
    private final ExpectedIdentity expected;
    private final DirectoryOptions options;
    private final String boot;

    Opening(Path path, ExpectedIdentity expected, DirectoryOptions options, String boot) {
        this.path = path;
        this.layout = new Layout(path);
        this.expected = expected;
        this.options = options;
        this.boot = boot;
    }

    DataDirectory open() {
        try {
            DurableFiles.makeDirectory(path);
            DirectoryLock lock = DirectoryLock.take(path, expected.node());
            try {
                return open(lock);
            } catch (IOException | RuntimeException failed) {
                lock.close();
                throw failed;
            }
        } catch (IOException failed) {
            throw new DirectoryRefusedException(
                    "data directory " + path + " could not be used (" + failed
                            + "): it must be a directory, on a disk that is not full, that this user may write to",
                    failed);
        }
    }

    private DataDirectory open(DirectoryLock lock) throws IOException {
        RestoredBackup backup = new RestoredBackup(layout, expected.node(), options.restored());
        backup.requireFinished();
        Optional<Identity> found = layout.readIdentity();
        Identity identity = found.isPresent() ? matching(found.get()) : founded();
        new EngineMark(layout).require(options.engine());
        backup.admit();
        Optional<HighWater> recorded = HighWaterFile.read(layout.highWater());
        CountedStore store = openStore();
        try {
            Recovery recovery = judge(found.isEmpty(), identity, recorded, store.head());
            Identity remembered = remember(identity, recovery);
            HighWaterFile highWater = HighWaterFile.open(layout.highWater(), boot, store.head());
            return new DataDirectory(
                    layout,
                    lock,
                    new OpenStore(layout, options, new GuardedStore(store, highWater)),
                    recovery,
                    remembered);
        } catch (IOException | RuntimeException failed) {
            store.abandon();
            throw failed;
        }
    }

    /** The identity comes after the record, so that a directory with an identity and without a record has lost it. */
    private Identity founded() throws IOException {
        if (layout.hasStore()) {
            throw new DirectoryRefusedException(
                    "data directory " + path + " has a store but no file \"identity\", so it "
                            + "cannot be told from another node's: restore that file from a backup, or give node "
                            + expected.node() + " an empty directory");
        }
        HighWaterFile.createFor(layout.highWater(), boot);
        new EngineMark(layout).write(options.engine());
        Identity identity = Identity.of(expected);
        layout.write(identity);
        return identity;
    }

    private Identity matching(Identity found) {
        ExpectedIdentity owner = found.owner();
        requireSame("node", owner.node(), expected.node());
        requireSame("data center", owner.dataCenter(), expected.dataCenter());
        if (owner.partitions() != expected.partitions()) {
            throw new DirectoryRefusedException("data directory " + path + " was made for " + owner.partitions()
                    + " partitions, but node " + expected.node() + " is configured for " + expected.partitions()
                    + ": their number is fixed when the cluster is founded, so configure " + owner.partitions());
        }
        return found;
    }

    private void requireSame(String what, String there, String here) {
        if (!there.equals(here)) {
            throw new DirectoryRefusedException("data directory " + path + " belongs to " + what + " " + there
                    + ", but this is " + what + " " + here + ": start it as " + there + ", or give " + here
                    + " a directory of its own");
        }
    }

    private CountedStore openStore() throws IOException {
        try {
            return openWithWhatRoomThereIs();
        } catch (StoreException failed) {
            throw new DirectoryRefusedException(
                    "data directory " + path + " is refused: " + failed.getMessage()
                            + ". If the disk is full, make room. If the store is damaged, move the directory away and "
                            + "start the node empty, so that it fetches its data from the others; or restore a backup "
                            + "and start the node as restored",
                    failed);
        }
    }

    private CountedStore openWithWhatRoomThereIs() throws IOException {
        try {
            return options.engine().open(layout.store(), options.durability());
        } catch (StoreFullException full) {
            new Ballast(layout.ballast()).release();
            return options.engine().openOnFullDisk(layout.store(), options.durability());
        }
    }

    private Recovery judge(boolean isNew, Identity identity, Optional<HighWater> recorded, long head) {
        if (options.restored()) {
            return Recovery.mayHaveLost("the node was started as restored from a backup");
        }
        if (isNew) {
            return Recovery.fresh("the directory is new");
        }
        return new Judgement(recorded, identity.doubt(), boot, head).recovery();
    }

    private Identity remember(Identity identity, Recovery recovery) throws IOException {
        if (!recovery.mayHaveLost() || identity.doubt().isPresent()) {
            return identity;
        }
        Identity doubted = identity.inDoubt(recovery.reason());
        layout.write(doubted);
        return doubted;
    }
}
