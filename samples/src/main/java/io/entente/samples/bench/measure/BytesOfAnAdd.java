package io.entente.samples.bench.measure;

import io.entente.conflict.version.Origin;
import io.entente.core.bytes.Bytes;
import io.entente.core.effect.Step;
import io.entente.core.event.Event.WriteRequested;
import io.entente.core.event.Now;
import io.entente.core.event.RequestId;
import io.entente.core.event.WriteCondition;
import io.entente.core.message.NodeId;
import io.entente.core.message.Registration;
import io.entente.core.mode.WriteConcern;
import io.entente.core.record.RecordKey;
import io.entente.core.replica.Limits;
import io.entente.core.replica.Replica;
import io.entente.core.replica.ReplicaSettings;
import io.entente.core.replica.Start;
import io.entente.core.replica.Timing;
import io.entente.core.store.Table;
import io.entente.core.store.WriteBatch;
import io.entente.core.store.memory.MemoryStore;
import io.entente.core.topology.TopologyPlan;
import io.entente.samples.bench.site.SetOfElements;
import java.time.Duration;
import java.util.List;
import java.util.Set;

/** What one more element costs a replica's store, counted and not measured: a replica alone, on a store in memory. */
final class BytesOfAnAdd {

    private static final NodeId NODE = new NodeId("eu", "eu-1");
    private static final RecordKey KEY = new RecordKey("bench", "set");
    private static final Now NOW = new Now(1_700_000_000_000L, 0);

    private final MemoryStore store = new MemoryStore();
    private final Replica replica = Replica.recover(
            new ReplicaSettings(
                    NODE, 0, Set.of(NODE.node()), TopologyPlan.allToAll(), Timing.defaults(), Limits.defaults()),
            store,
            new Start(
                    Start.Standing.FOUNDED,
                    new Origin(NODE.dataCenter(), NODE.node(), 1_700_000_000_000L, 7),
                    new Registration(1, 2),
                    3),
            NOW);
    private long requests;

    /**
     * The bytes of one more addition to a set.
     *
     * @param store all that is put, log and vector included
     * @param log the log's part of it, which is what is sent too
     */
    record Cost(long store, long log) {}

    /** What an addition costs where the set has so many elements. */
    static Cost at(int elements) {
        BytesOfAnAdd set = new BytesOfAnAdd();
        for (int element = 0; element < elements; element++) {
            set.add(element);
        }
        WriteBatch batch = set.add(elements);
        long[] log = new long[1];
        batch.forEach(new WriteBatch.Visitor() {
            @Override
            public void put(Table table, Bytes key, Bytes value) {
                if (table == Table.LOG) {
                    log[0] += value.length();
                }
            }

            @Override
            public void delete(Table table, Bytes key) {}

            @Override
            public void deleteRange(Table table, Bytes fromInclusive, Bytes toExclusive) {}
        });
        return new Cost(batch.bytes(), log[0]);
    }

    private WriteBatch add(int element) {
        Step step = replica.step(
                NOW,
                List.of(new WriteRequested(
                        new RequestId(++requests),
                        KEY,
                        SetOfElements.add(element),
                        WriteCondition.none(),
                        WriteConcern.async(),
                        Duration.ofSeconds(1))));
        store.commit(step.durable());
        return step.durable();
    }
}
