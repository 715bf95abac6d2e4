package io.entente.core.mode;

import io.entente.core.message.NodeId;
import io.entente.core.topology.Copies;
import java.util.Collection;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * Whose vectors a replica asks for before it answers a read, so that it reads with their join.
 *
 * <p>A pure value: the replica asks, collects who has answered, and asks whether these are enough. A copy that may have lost data, or is
 * merging a snapshot, answers for nobody.
 *
 * <p>With {@code N} copies, a read that asks {@code R} sees every write that {@code W} had acknowledged before it began, where
 * {@code W + R > N}: some copy is among both (Gifford, <i>Weighted Voting for Replicated Data</i>, 1979; <i>Designing Data-Intensive
 * Applications</i>, chapter 5).
 */
public sealed interface ReadConcern {

    /** The most copies a concern may ask for: beyond it is a mistake, not a deployment. */
    int MAXIMUM_COUNT = WriteConcern.MAXIMUM_COUNT;

    /**
     * The copies whose answers may count, up or not: homes, and stand-ins, which count only for homes that can't be heard.
     *
     * @param reading the replica that reads
     * @param copies all copies of the partition
     */
    SortedSet<NodeId> asked(NodeId reading, Copies copies);

    /** How many of those asked have to answer; more than there are where the concern can't be met. */
    int needed(NodeId reading, Copies copies);

    /** Whether others have to answer at all before the replica reads. */
    default boolean asksCopies() {
        return true;
    }

    /** Whether only the leader of an epoch may answer. */
    default boolean isLeaders() {
        return false;
    }

    /** Whether the read waits for what its session has seen. */
    default boolean waitsForSession() {
        return true;
    }

    /** Whether the vectors of those who answered suffice, the reading replica among them where its own counts. */
    default boolean enough(NodeId reading, Collection<NodeId> answered, Copies copies) {
        SortedSet<NodeId> counting = asked(reading, copies);
        counting.retainAll(answered);
        return counting.size() >= needed(reading, copies);
    }

    /**
     * The concern of that name, as every surface writes it: {@code local}, {@code session}, {@code leader}, {@code local-quorum}, {@code quorum}, or
     * a number of copies. The concern's {@link Object#toString()} gives the name.
     *
     * @throws IllegalArgumentException when there is none; the message says which there are
     */
    static ReadConcern parse(String name) {
        return switch (name) {
            case "local" -> local();
            case "session" -> session();
            case "leader" -> leader();
            case "local-quorum" -> localQuorum();
            case "quorum" -> quorum();
            default -> {
                int count = name.matches("[0-9]{1,9}") ? Integer.parseInt(name) : 0;
                if (count < 1 || count > MAXIMUM_COUNT) {
                    throw new IllegalArgumentException("there is no read concern '" + name
                            + "': use local, session, leader, local-quorum, quorum, or a number of copies from 1 to "
                            + MAXIMUM_COUNT);
                }
                yield replicas(count);
            }
        };
    }

    /** Whatever the replica has, whatever the session has seen. */
    static ReadConcern local() {
        return new Here(false);
    }

    /** What the replica has once it has reached what the session has seen; without a session whatever it has. */
    static ReadConcern session() {
        return new Here(true);
    }

    /** More than half of all copies of the partition, whether they are up or not. */
    static ReadConcern quorum() {
        return new Quorum();
    }

    /** More than half of the partition's copies in the reading replica's data center, whether they are up or not. */
    static ReadConcern localQuorum() {
        return new LocalQuorum();
    }

    /**
     * What the leader has, once more than half of those who elect leaders have it too and say that they have promised no later epoch. Such
     * reads, and writes that a quorum has acknowledged to that leader, are linearizable.
     */
    static ReadConcern leader() {
        return new Leader();
    }

    /** Any {@code count} copies. */
    static ReadConcern replicas(int count) {
        return new Replicas(count);
    }

    /**
     * See {@link ReadConcern#local()} and {@link ReadConcern#session()}.
     *
     * @param waitsForSession whether the read waits for what its session has seen
     */
    record Here(boolean waitsForSession) implements ReadConcern {

        @Override
        public SortedSet<NodeId> asked(NodeId reading, Copies copies) {
            return new TreeSet<>();
        }

        @Override
        public int needed(NodeId reading, Copies copies) {
            return 0;
        }

        @Override
        public boolean asksCopies() {
            return false;
        }

        @Override
        public String toString() {
            return waitsForSession ? "session" : "local";
        }
    }

    /** See {@link ReadConcern#quorum()}. Two of them, or one and a quorum write, have a copy in common. */
    record Quorum() implements ReadConcern {

        @Override
        public SortedSet<NodeId> asked(NodeId reading, Copies copies) {
            return copies.nodes();
        }

        @Override
        public int needed(NodeId reading, Copies copies) {
            return copies.homes().size() / 2 + 1;
        }

        @Override
        public String toString() {
            return "quorum";
        }
    }

    /** See {@link ReadConcern#leader()}. Who has to answer is known by the epoch, not by the copies. */
    record Leader() implements ReadConcern {

        @Override
        public SortedSet<NodeId> asked(NodeId reading, Copies copies) {
            return copies.nodes();
        }

        @Override
        public int needed(NodeId reading, Copies copies) {
            return 1;
        }

        @Override
        public boolean isLeaders() {
            return true;
        }

        @Override
        public String toString() {
            return "leader";
        }
    }

    /** See {@link ReadConcern#localQuorum()}. It sees what was acknowledged to a quorum of the same data center. */
    record LocalQuorum() implements ReadConcern {

        @Override
        public SortedSet<NodeId> asked(NodeId reading, Copies copies) {
            return new TreeSet<>(copies.in(reading.dataCenter()));
        }

        @Override
        public int needed(NodeId reading, Copies copies) {
            return copies.homesIn(reading.dataCenter()).size() / 2 + 1;
        }

        @Override
        public String toString() {
            return "local-quorum";
        }
    }

    /**
     * Any so many copies, the reading replica's among them where it counts.
     *
     * @param count at least 1
     */
    record Replicas(int count) implements ReadConcern {

        public Replicas {
            if (count < 1 || count > MAXIMUM_COUNT) {
                throw new IllegalArgumentException(
                        "a read concern of " + count + " is out of range: ask for 1 to " + MAXIMUM_COUNT);
            }
        }

        @Override
        public SortedSet<NodeId> asked(NodeId reading, Copies copies) {
            return copies.nodes();
        }

        @Override
        public int needed(NodeId reading, Copies copies) {
            return count;
        }

        @Override
        public String toString() {
            return Integer.toString(count);
        }
    }
}
