package io.entente.samples.bench.jmh;

import io.entente.conflict.version.Origin;
import io.entente.conflict.version.VersionVector;
import io.entente.core.bytes.Bytes;
import io.entente.core.effect.Step;
import io.entente.core.event.Event;
import io.entente.core.event.Now;
import io.entente.core.event.RequestId;
import io.entente.core.event.WriteCondition;
import io.entente.core.message.NodeId;
import io.entente.core.message.Registration;
import io.entente.core.mode.WriteConcern;
import io.entente.core.record.Payload;
import io.entente.core.record.RecordKey;
import io.entente.core.replica.Limits;
import io.entente.core.replica.Replica;
import io.entente.core.replica.ReplicaSettings;
import io.entente.core.replica.Start;
import io.entente.core.replica.Timing;
import io.entente.core.store.memory.MemoryStore;
import io.entente.core.topology.TopologyPlan;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/**
 * A replica alone on a store in memory, a request a step: with few keys all outlines are in its cache, with many only some, so that the
 * difference is what the cache saves (beside a real store's read).
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class ReplicaBenchmark {

    private static final NodeId NODE = new NodeId("eu", "eu-1");
    private static final Payload VALUE = Payload.value(Bytes.wrap(new byte[100]));
    private static final Duration TIMEOUT = Duration.ofSeconds(1);

    /** How many keys there are. A cache of 8 MiB holds the outlines of about 150,000 of these records. */
    @Param({"1000", "200000"})
    public int keys;

    private final MemoryStore store = new MemoryStore();
    private final Origin incarnation = Origins.take(1).get(0);
    private Replica replica = recover();
    private RecordKey[] names = new RecordKey[0];
    private int next;
    private long requests;

    /** Writes every key once. */
    @Setup
    public void fill() {
        names = new RecordKey[keys];
        for (int i = 0; i < keys; i++) {
            names[i] = new RecordKey("bench", "k" + i);
        }
        replica = recover();
        for (int i = 0; i < keys; i++) {
            write();
        }
    }

    /** A write over what the key holds, committed. */
    @Benchmark
    public Step write() {
        return step(new Event.WriteRequested(
                new RequestId(++requests), key(), VALUE, WriteCondition.none(), WriteConcern.async(), TIMEOUT));
    }

    /** A read. */
    @Benchmark
    public Step read() {
        return step(new Event.ReadRequested(new RequestId(++requests), key(), VersionVector.empty(), TIMEOUT));
    }

    private Step step(Event event) {
        Step step = replica.step(now(), List.of(event));
        store.commit(step.durable());
        return step;
    }

    /** In a fixed order that comes to every key before it comes to one again. */
    private RecordKey key() {
        next = (next + 7_919) % names.length;
        return names[next];
    }

    private Replica recover() {
        ReplicaSettings settings = new ReplicaSettings(
                NODE, 0, Set.of(NODE.node()), TopologyPlan.allToAll(), Timing.defaults(), Limits.defaults());
        Start start = new Start(Start.Standing.FOUNDED, incarnation, new Registration(1, 2), 3);
        return Replica.recover(settings, store, start, now());
    }

    private static Now now() {
        return new Now(1_700_000_000_000L, System.nanoTime());
    }
}
