package io.entente.cluster;

import akka.actor.typed.Behavior;
import io.entente.cluster.membership.NodeSetup;
import io.entente.cluster.membership.PartitionPlan;
import io.entente.cluster.replica.Partitions;
import io.entente.cluster.replica.ReplicaActor;
import io.entente.cluster.replica.ReplicaShell;
import io.entente.cluster.replica.Sender;
import io.entente.cluster.settings.ConflictSettings;
import io.entente.cluster.settings.EntenteSettings;
import io.entente.cluster.settings.RetentionSettings;
import io.entente.conflict.version.Origin;
import io.entente.core.codec.StoreKeys;
import io.entente.core.event.Now;
import io.entente.core.journal.JournalLimits;
import io.entente.core.message.NodeId;
import io.entente.core.message.Registration;
import io.entente.core.replica.Founding;
import io.entente.core.replica.Limits;
import io.entente.core.replica.Replica;
import io.entente.core.replica.ReplicaSettings;
import io.entente.core.replica.Retention;
import io.entente.core.replica.Start;
import io.entente.core.replica.Start.Standing;
import io.entente.core.replica.Timing;
import io.entente.core.store.Scan;
import io.entente.core.store.Table;
import io.entente.core.store.WriteBatch;
import io.entente.core.store.directory.DataDirectory;
import io.entente.core.store.directory.Recovery;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Makes a node's replicas as its directory and settings say, and founds a cluster in the directory. Gives them their randomness. */
final class ReplicaFactory {

    private static final Duration LEAST_TRUNCATION = Duration.ofMillis(500);
    private static final Duration MOST_TRUNCATION = Duration.ofSeconds(10);

    /** Less than that holds too few keys to be of use. */
    private static final long LEAST_CACHE_BYTES = 128 << 10;

    private static final Logger LOG = LoggerFactory.getLogger(ReplicaFactory.class);

    private final EntenteSettings settings;
    private final NodeId self;
    private final DataDirectory directory;
    private final LongSupplier wallMillis;
    private final SecureRandom random = new SecureRandom();
    private final Origin incarnation;
    private final PartitionPlan plan;
    private volatile boolean founded;

    ReplicaFactory(EntenteSettings settings, NodeId self, DataDirectory directory, LongSupplier wallMillis) {
        this.settings = settings;
        this.self = self;
        this.directory = directory;
        this.wallMillis = wallMillis;
        this.plan = new PartitionPlan(settings.replication());
        this.incarnation = newIncarnation();
    }

    int partitions() {
        return plan.partitions();
    }

    /** Which nodes are to hold which partitions. */
    PartitionPlan plan() {
        return plan;
    }

    Now now() {
        return new Now(wallMillis.getAsLong(), System.nanoTime());
    }

    /**
     * Takes admissions back where the directory may have lost something: for all partitions at once and before any replica starts,
     * so that a crash can't leave some admitted.
     */
    void forgetWhatIsInDoubt() {
        Recovery recovery = directory.recovery();
        if (recovery.state() != Recovery.State.FRESH) {
            LOG.info("data directory {}: {}", directory.path(), recovery.reason());
        }
        if (standing(directory) == Standing.INTACT) {
            return;
        }
        WriteBatch batch = new WriteBatch();
        for (int partition = 0; partition < partitions(); partition++) {
            Replica.revokeAdmission(partition, batch);
        }
        directory.store().commit(batch);
    }

    /** Admits the partitions that the founder holds, then makes a new cluster's identifier durable: that is what makes a founder. */
    String foundCluster() {
        WriteBatch batch = new WriteBatch();
        for (int partition : plan.heldBy(self, List.of()).numbers()) {
            Replica.admitFounder(partition, registration(), batch);
            Replica.found(partition, self, founding(partition), batch);
        }
        directory.store().commit(batch);
        String id = self.node() + "-" + registration();
        directory.adoptCluster(id);
        founded = true;
        return id;
    }

    /** The actors of the node's replicas. */
    NodeSetup.Replicas replicas(ReplicaShell.Surroundings surroundings) {
        return new NodeSetup.Replicas() {
            @Override
            public Partitions kept() {
                return ReplicaFactory.this.kept();
            }

            @Override
            public Behavior<Object> replica(int partition, String cluster) {
                return ReplicaFactory.this.replica(Sender.of(self, partition, cluster), surroundings);
            }
        };
    }

    /** One that keeps a copy beyond the plan is a member in its own eyes; the router sees to it that it originates nothing. */
    private Set<String> members(int partition) {
        Set<String> members = new TreeSet<>(plan.members(partition));
        if (!members.isEmpty()) {
            members.add(self.node());
        }
        return members;
    }

    private Partitions kept() {
        SortedSet<Integer> kept = new TreeSet<>();
        for (int partition = 0; partition < partitions(); partition++) {
            StoreKeys keys = new StoreKeys(partition);
            try (Scan anything = directory.store().scan(Table.META, keys.first(), keys.last())) {
                if (anything.advance()) {
                    kept.add(partition);
                }
            }
        }
        return new Partitions(kept);
    }

    private Behavior<Object> replica(Sender sender, ReplicaShell.Surroundings surroundings) {
        ReplicaSettings replica = new ReplicaSettings(
                        self,
                        sender.partition(),
                        members(sender.partition()),
                        settings.replication().topology(),
                        timing(),
                        limits())
                .with(founding(sender.partition()));
        Starts starts = new Starts(sender.partition());
        Supplier<Replica> recovery = () -> Replica.recover(replica, directory.store(), starts.next(), now());
        return ReplicaActor.behavior(new ReplicaShell(sender, surroundings), recovery);
    }

    private Founding founding(int partition) {
        return new Founding(settings.replication().mode().initial(), plan.voters(partition));
    }

    private Origin newIncarnation() {
        return new Origin(self.dataCenter(), self.node(), wallMillis.getAsLong(), random.nextLong());
    }

    /**
     * How a replica starts: the first time as the node does, in the same process again as another incarnation. One that was admitted meanwhile has
     * lost nothing since: its store is only opened anew when it has all that it had.
     */
    private final class Starts {
        private final int partition;
        private boolean again;

        private Starts(int partition) {
            this.partition = partition;
        }

        private Start next() {
            boolean first = !again;
            again = true;
            boolean admitted = directory
                    .store()
                    .get(Table.META, new StoreKeys(partition).admission())
                    .isPresent();
            Standing standing = founded || (!first && admitted) ? Standing.INTACT : standing(directory);
            return new Start(standing, first ? incarnation : newIncarnation(), registration(), random.nextLong());
        }
    }

    /**
     * A directory that knows no cluster is as good as new, whatever a founding that was cut short left in it. Whether there ever was another node the
     * directory knows whatever became of the store.
     */
    static Standing standing(DataDirectory directory) {
        Recovery recovery = directory.recovery();
        if (directory.cluster().isEmpty()) {
            return Standing.NEW;
        }
        if (recovery.state() == Recovery.State.INTACT) {
            return Standing.INTACT;
        }
        if (!directory.isAcquainted()) {
            return Standing.ALONE;
        }
        return recovery.mayHaveLost() ? Standing.MAY_HAVE_LOST : Standing.NEW;
    }

    /** On delayed links silence and detours last longer. */
    private Timing timing() {
        Timing defaults = Timing.defaults();
        Duration roundTrip = settings.faults().latency().multipliedBy(2);
        return new Timing(
                defaults.heartbeat(),
                defaults.peerTimeout().plus(roundTrip),
                defaults.reroute().plus(roundTrip),
                defaults.stall().plus(roundTrip),
                settings.replication().maxClockDrift());
    }

    private Limits limits() {
        Limits defaults = Limits.defaults();
        return new Limits(
                defaults.creditBytes(),
                defaults.messageBytes(),
                defaults.tailBytes(),
                defaults.earlyBytes(),
                cacheBytes(),
                defaults.waitingRequests(),
                settings.limits().siblings(),
                defaults.purgesPerTick(),
                journal(),
                defaults.mergesPerStep(),
                retention());
    }

    /** A partition's share. */
    private long cacheBytes() {
        return Math.max(LEAST_CACHE_BYTES, settings.storage().cacheBytes() / partitions());
    }

    /** A partition's share. The log is gone through often enough that what is too old doesn't grow to a tenth of the rest. */
    private Retention retention() {
        RetentionSettings node = settings.storage().retention();
        Duration often = node.age().dividedBy(10);
        Duration every = often.compareTo(LEAST_TRUNCATION) < 0
                ? LEAST_TRUNCATION
                : often.compareTo(MOST_TRUNCATION) > 0 ? MOST_TRUNCATION : often;
        return new Retention(node.age(), node.bytes() / partitions(), every);
    }

    /** A partition's share. */
    private JournalLimits journal() {
        ConflictSettings node = settings.conflicts();
        return new JournalLimits(
                Math.max(1, node.entries() / partitions()),
                node.bytes() / partitions(),
                node.entriesOfAKey(),
                node.valueBytes());
    }

    private Registration registration() {
        return new Registration(random.nextLong(), random.nextLong());
    }
}
