package io.entente.samples.bench.site;

import io.entente.conflict.clock.HybridTimestamp;
import io.entente.conflict.version.Dot;
import io.entente.conflict.version.Origin;
import io.entente.conflict.version.VersionVector;
import io.entente.core.bytes.Bytes;
import io.entente.core.codec.EntryCodec;
import io.entente.core.codec.OriginCodec;
import io.entente.core.codec.OriginPool;
import io.entente.core.effect.Step;
import io.entente.core.event.Event;
import io.entente.core.event.Now;
import io.entente.core.message.Entry;
import io.entente.core.message.NodeId;
import io.entente.core.message.PeerMessage.Entries;
import io.entente.core.message.PeerMessage.Run;
import io.entente.core.message.Registration;
import io.entente.core.message.SubscriptionId;
import io.entente.core.record.Payload;
import io.entente.core.record.RecordKey;
import io.entente.core.replica.Limits;
import io.entente.core.replica.Replica;
import io.entente.core.replica.ReplicaSettings;
import io.entente.core.replica.Start;
import io.entente.core.replica.Timing;
import io.entente.core.store.Durability;
import io.entente.core.store.Store;
import io.entente.core.store.directory.DataDirectory;
import io.entente.core.store.directory.DirectoryOptions;
import io.entente.core.store.directory.ExpectedIdentity;
import io.entente.core.topology.TopologyPlan;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;

/**
 * Makes the first site's directory one of a node that was started many times before: in each partition an entry of each earlier incarnation,
 * which had seen all entries before it. The other sites get them by replication.
 *
 * <p>Restarting a node a thousand times would take an hour. The entries are handed to replicas as their peers' messages; nothing is
 * written past them.
 */
public final class PastLives {

    private static final long LIFE_MILLIS = 60_000;

    private final NodeId node = new NodeId(SiteSetup.DATA_CENTERS.get(0), SiteSetup.node(0));
    private final NodeId peer = new NodeId(SiteSetup.DATA_CENTERS.get(1), SiteSetup.node(1));
    private final int lives;
    private final long firstMillis;

    private PastLives(int lives) {
        this.lives = lives;
        this.firstMillis = System.currentTimeMillis() - LIFE_MILLIS * (lives + 1L);
    }

    /**
     * Makes the directory, before any site starts.
     *
     * @param sites the directory of all sites' data
     * @param partitions how many partitions each has
     * @param lives how many incarnations there were
     */
    public static void make(Path sites, int partitions, int lives) {
        PastLives past = new PastLives(lives);
        ExpectedIdentity identity = new ExpectedIdentity(past.node.node(), past.node.dataCenter(), partitions);
        DirectoryOptions options = DirectoryOptions.of(Durability.OS);
        try (DataDirectory directory = DataDirectory.open(SiteSetup.data(sites, 0), identity, options)) {
            for (int partition = 0; partition < partitions; partition++) {
                past.live(directory.store(), partition);
            }
        }
    }

    private void live(Store store, int partition) {
        ReplicaSettings settings = new ReplicaSettings(
                node, partition, Set.of(), TopologyPlan.allToAll(), Timing.defaults(), Limits.defaults());
        Start start = new Start(Start.Standing.NEW, life(lives), new Registration(1, 1), 1);
        Replica replica = Replica.recover(settings, store, start, now());
        EntryCodec codec = new EntryCodec(new OriginCodec(new OriginPool()));
        for (int number = 0; number < lives; number++) {
            Bytes entry = codec.encode(entry(number, replica.applied())).encoded();
            Entries message = new Entries(new SubscriptionId(1, 1), List.of(new Run(life(number), 1, List.of(entry))));
            Step step = replica.step(now(), List.of(new Event.MessageReceived(peer, message)));
            store.commit(step.durable());
        }
        if (replica.applied().total() != lives) {
            throw new IllegalStateException("partition " + partition + " took "
                    + replica.applied().total() + " of " + lives + " entries of past lives");
        }
    }

    private Entry entry(int number, VersionVector before) {
        return new Entry(
                new Dot(life(number), 1),
                before,
                new RecordKey("lives", "life-" + number),
                Payload.value(Bytes.utf8("lived")),
                new HybridTimestamp(life(number).startedAtMillis(), 0),
                List.of());
    }

    private Origin life(int number) {
        return new Origin(
                node.dataCenter(), node.node(), firstMillis + LIFE_MILLIS * number, number * 0x9E3779B97F4A7C15L);
    }

    private static Now now() {
        return new Now(System.currentTimeMillis(), System.nanoTime());
    }
}
