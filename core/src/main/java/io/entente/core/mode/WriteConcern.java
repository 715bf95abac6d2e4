package io.entente.core.mode;

import io.entente.core.message.NodeId;
import java.util.Collection;

/**
 * Whose durable version vector must contain a write before its client gets an answer.
 *
 * <p>A pure value: the replica collects the evidence and asks whether it is enough.
 */
public sealed interface WriteConcern {

    /** The most replicas or data centers a concern may ask for: beyond it is a mistake, not a deployment. */
    int MAXIMUM_COUNT = 1_000;

    /**
     * Whether these holders suffice.
     *
     * @param holders the nodes known to hold the write durably, the accepting one among them
     */
    boolean enough(Collection<NodeId> holders);

    /** The accepting replica's durable log suffices. */
    static WriteConcern async() {
        return new Replicas(1);
    }

    /** Any {@code count} replicas, the accepting one among them. */
    static WriteConcern replicas(int count) {
        return new Replicas(count);
    }

    /** Replicas in {@code count} different data centers, the accepting one's among them. */
    static WriteConcern dataCenters(int count) {
        return new DataCenters(count);
    }

    /**
     * Any so many replicas.
     *
     * @param count at least 1
     */
    record Replicas(int count) implements WriteConcern {

        public Replicas {
            requireCount(count);
        }

        @Override
        public boolean enough(Collection<NodeId> holders) {
            return holders.size() >= count;
        }
    }

    /**
     * Replicas in so many data centers.
     *
     * @param count at least 1
     */
    record DataCenters(int count) implements WriteConcern {

        public DataCenters {
            requireCount(count);
        }

        @Override
        public boolean enough(Collection<NodeId> holders) {
            return holders.stream().map(NodeId::dataCenter).distinct().count() >= count;
        }
    }

    private static void requireCount(int count) {
        if (count < 1 || count > MAXIMUM_COUNT) {
            throw new IllegalArgumentException(
                    "a write concern of " + count + " is out of range: ask for 1 to " + MAXIMUM_COUNT);
        }
    }
}
