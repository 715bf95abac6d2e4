package io.entente.core.replica;

import static org.assertj.core.api.Assertions.assertThat;

import io.entente.conflict.version.Origin;
import io.entente.core.bytes.Bytes;
import io.entente.core.effect.Step;
import io.entente.core.event.Event;
import io.entente.core.event.Now;
import io.entente.core.event.RequestId;
import io.entente.core.event.WriteCondition;
import io.entente.core.message.NodeId;
import io.entente.core.message.Registration;
import io.entente.core.mode.WriteConcern;
import io.entente.core.record.PartOperation;
import io.entente.core.record.Payload;
import io.entente.core.record.RecordKey;
import io.entente.core.store.memory.MemoryStore;
import io.entente.core.topology.TopologyPlan;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ManyCountersTest {

    private static final NodeId NODE = new NodeId("eu", "eu-1");
    private static final Bytes PART = Bytes.utf8("c");

    /** More than a replica keeps in memory. */
    private static final int COUNTERS = 5_000;

    private static final int ROUNDS = 3;

    private final MemoryStore store = new MemoryStore();
    private long requests;

    @Test
    void everyCounterCountsEveryTimeHoweverManyThereAre() {
        ReplicaSettings settings = new ReplicaSettings(
                NODE, 0, Set.of(NODE.node()), TopologyPlan.allToAll(), Timing.defaults(), Limits.defaults());
        Start start = new Start(Start.Standing.FOUNDED, new Origin("eu", "eu-1", 1, 2), new Registration(1, 2), 3);
        Replica replica = Replica.recover(settings, store, start, new Now(1, 1));
        for (int round = 0; round < ROUNDS; round++) {
            for (int counter = 0; counter < COUNTERS; counter++) {
                increment(replica, counter);
            }
        }
        CommittedParts committed = new CommittedParts(store, 0);
        for (int counter = 0; counter < COUNTERS; counter++) {
            assertThat(committed.readPart(key(counter), PART).get(0).sum())
                    .as("counter %s", counter)
                    .hasValue(ROUNDS);
        }
    }

    private void increment(Replica replica, int counter) {
        Payload operations = new Payload.Operations(List.of(new PartOperation.Tally(PART, 1)));
        Step step = replica.step(
                new Now(1, 1),
                List.of(new Event.WriteRequested(
                        new RequestId(++requests),
                        key(counter),
                        operations,
                        WriteCondition.none(),
                        WriteConcern.async(),
                        Duration.ofSeconds(1))));
        store.commit(step.durable());
    }

    private static RecordKey key(int counter) {
        return new RecordKey("counters", "k" + counter);
    }
}
