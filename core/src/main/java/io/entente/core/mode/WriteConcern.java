package io.entente.core.mode;

import io.entente.core.message.Acknowledgement;
import io.entente.core.message.NodeId;

/**
 * Whose durable version vector must contain a write before its client gets an answer.
 *
 * <p>A pure value: the replica collects the evidence and asks whether it is enough.
 */
public sealed interface WriteConcern {

    /** The most replicas or data centers a concern may ask for: beyond it is a mistake, not a deployment. */
    int MAXIMUM_COUNT = 1_000;

    /** Whether those who have the write suffice. */
    boolean enough(Evidence evidence);

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

    /** More than half of the partition's copies in the accepting replica's data center, whether they are up or not. */
    static WriteConcern localQuorum() {
        return new LocalQuorum();
    }

    /** More than half of all copies of the partition, and of those who elect its leader, whether they are up or not. */
    static WriteConcern quorum() {
        return new Quorum();
    }

    /** All copies of the partition, whether they are up or not. */
    static WriteConcern all() {
        return new All();
    }

    /** The last copy of the chain behind the accepting replica: see {@link Chain}. */
    static WriteConcern tail() {
        return new Tail();
    }

    /** What a leader waits for before it acknowledges. */
    static WriteConcern of(Acknowledgement acknowledgement) {
        if (acknowledgement instanceof Acknowledgement.SemiSync semiSync) {
            return replicas(semiSync.followers() + 1);
        }
        if (acknowledgement instanceof Acknowledgement.Sync) {
            return all();
        }
        return acknowledgement instanceof Acknowledgement.Chain ? tail() : async();
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
        public boolean enough(Evidence evidence) {
            return evidence.having().size() >= count;
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
        public boolean enough(Evidence evidence) {
            return evidence.having().stream().map(NodeId::dataCenter).distinct().count() >= count;
        }
    }

    /** See {@link WriteConcern#localQuorum()}. What so many hold survives the loss of any minority of the data center's nodes. */
    record LocalQuorum() implements WriteConcern {

        @Override
        public boolean enough(Evidence evidence) {
            String dataCenter = evidence.accepting().dataCenter();
            return evidence.isHeldByMajorityOf(
                    evidence.copies().homesIn(dataCenter), evidence.copies().in(dataCenter));
        }
    }

    /** See {@link WriteConcern#quorum()}. */
    record Quorum() implements WriteConcern {

        @Override
        public boolean enough(Evidence evidence) {
            return evidence.isHeldByMajorityOf(
                            evidence.copies().homes(), evidence.copies().nodes())
                    && evidence.isHeldByMajorityOfVoters();
        }
    }

    /** See {@link WriteConcern#all()}. */
    record All() implements WriteConcern {

        @Override
        public boolean enough(Evidence evidence) {
            return evidence.having().containsAll(evidence.copies().homes());
        }
    }

    /** See {@link WriteConcern#tail()}. */
    record Tail() implements WriteConcern {

        @Override
        public boolean enough(Evidence evidence) {
            return evidence.having()
                    .contains(Chain.of(evidence.accepting(), evidence.copies()).tail());
        }
    }

    private static void requireCount(int count) {
        if (count < 1 || count > MAXIMUM_COUNT) {
            throw new IllegalArgumentException(
                    "a write concern of " + count + " is out of range: ask for 1 to " + MAXIMUM_COUNT);
        }
    }
}
