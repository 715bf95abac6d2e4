package io.entente.core.directories;

import io.entente.conflict.version.Origin;
import io.entente.conflict.version.VersionVector;
import io.entente.core.bytes.Bytes;
import io.entente.core.codec.StoreKeys;
import io.entente.core.effect.Effect;
import io.entente.core.effect.Step;
import io.entente.core.event.Event;
import io.entente.core.event.Event.PeersChanged;
import io.entente.core.event.Now;
import io.entente.core.message.NodeId;
import io.entente.core.message.Registration;
import io.entente.core.record.RecordKey;
import io.entente.core.record.Siblings;
import io.entente.core.replica.Replica;
import io.entente.core.replica.ReplicaSettings;
import io.entente.core.replica.Start;
import io.entente.core.replica.Start.Standing;
import io.entente.core.store.Durability;
import io.entente.core.store.Scan;
import io.entente.core.store.StoreException;
import io.entente.core.store.Table;
import io.entente.core.store.WriteBatch;
import io.entente.core.store.directory.DataDirectory;
import io.entente.core.store.directory.DirectoryOptions;
import io.entente.core.store.directory.ExpectedIdentity;
import io.entente.core.store.directory.Recovery;
import java.nio.file.Path;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/** A node with one replica on a real data directory: opened, driven and ended as the real shell does it, by hand. */
final class TornNode {

    static final String CLUSTER = "the cluster";

    private static final Bytes LAST = Bytes.of((byte) 0xFF, (byte) 0xFF, (byte) 0xFF);

    private static final DirectoryOptions OPTIONS = DirectoryOptions.of(Durability.OS);

    private final NodeId id;
    private final ReplicaSettings settings;
    private final Path path;
    private final Register register;
    private final SplittableRandom random;
    private @Nullable DataDirectory directory;
    private @Nullable Replica replica;

    TornNode(ReplicaSettings settings, Path path, Register register, SplittableRandom random) {
        this.id = settings.self();
        this.settings = settings;
        this.path = path;
        this.register = register;
        this.random = random;
    }

    NodeId id() {
        return id;
    }

    Path path() {
        return path;
    }

    boolean isUp() {
        return replica != null;
    }

    ExpectedIdentity identity() {
        return new ExpectedIdentity(id.node(), id.dataCenter(), 1);
    }

    DataDirectory directory() {
        return Objects.requireNonNull(directory, "the node is down");
    }

    /**
     * Opens the directory and recovers the replica; throws what either throws, with the directory closed again.
     *
     * @param founds whether it founds the cluster, if its directory is new
     */
    Recovery start(boolean founds, boolean restored, Now now) {
        DataDirectory opened = DataDirectory.open(path, identity(), restored ? OPTIONS.fromBackup() : OPTIONS);
        try {
            Recovery recovery = opened.recovery();
            boolean isNew = opened.cluster().isEmpty() || recovery.state() == Recovery.State.FRESH;
            Standing standing = isNew
                    ? founds ? Standing.FOUNDED : Standing.NEW
                    : recovery.mayHaveLost() ? Standing.MAY_HAVE_LOST : Standing.INTACT;
            if (standing == Standing.NEW || standing == Standing.MAY_HAVE_LOST) {
                WriteBatch revocation = new WriteBatch();
                Replica.revokeAdmission(0, revocation);
                opened.store().commit(revocation);
            }
            opened.adoptCluster(CLUSTER);
            Origin incarnation = new Origin(id.dataCenter(), id.node(), now.wallMillis(), random.nextLong());
            Start start = new Start(
                    standing, incarnation, new Registration(random.nextLong(), random.nextLong()), random.nextLong());
            replica = Replica.recover(settings, opened.store(), start, now);
            directory = opened;
            return recovery;
        } catch (RuntimeException failed) {
            opened.abandon();
            throw failed;
        }
    }

    /** One step, made durable; its effects are for the caller. */
    List<Effect> step(Now now, List<Event> events) {
        Step step = running().step(now, events);
        register.commits(step.durable());
        directory().store().commit(step.durable());
        return step.then();
    }

    List<Effect> meet(Collection<NodeId> all, Now now) {
        return step(now, List.of(new PeersChanged(all)));
    }

    /** Ends as by SIGKILL. */
    void kill() {
        replica = null;
        directory().abandon();
        directory = null;
    }

    /** Ends in good order. */
    void stop() {
        replica = null;
        directory().close();
        directory = null;
    }

    VersionVector applied() {
        return running().applied();
    }

    boolean isAdmitted(Now now) {
        boolean admitted = running().status(now).waitsFor().isEmpty();
        if (admitted) {
            directory().caughtUp();
        }
        return admitted;
    }

    /** How it is, in words. */
    String unrest(Now now) {
        return running().status(now) + (isJoining() ? ", joining" : "");
    }

    /** Whether a snapshot is on its way in, or being merged. */
    boolean isJoining() {
        return directory().store().get(Table.META, new StoreKeys(0).joining()).isPresent();
    }

    /** All records, as they are stored. */
    Map<RecordKey, Siblings> records(SiblingsReader reader) {
        Map<RecordKey, Siblings> records = new LinkedHashMap<>();
        StoreKeys keys = new StoreKeys(0);
        try (Scan scan = directory().store().scan(Table.RECORD, keys.first(), keys.last())) {
            while (scan.advance()) {
                records.put(StoreKeys.recordOf(scan.key()), reader.read(scan.value()));
            }
        }
        return records;
    }

    /** Whether all that the store holds can be read. */
    boolean isLegible() {
        try {
            for (Table table : Table.values()) {
                try (Scan scan = directory().store().scan(table, Bytes.empty(), LAST)) {
                    while (scan.advance()) {
                        scan.value();
                    }
                }
            }
            return true;
        } catch (StoreException unreadable) {
            return false;
        }
    }

    interface SiblingsReader {
        Siblings read(Bytes encoded);
    }

    private Replica running() {
        return Objects.requireNonNull(replica, "the node is down");
    }
}
