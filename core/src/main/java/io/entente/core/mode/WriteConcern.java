package io.entente.core.mode;

import io.entente.core.message.Acknowledgement;
import io.entente.core.message.NodeId;
import io.entente.core.topology.Copies;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Whose durable version vector must contain a write before its client gets an answer.
 *
 * <p>A pure value: the replica collects the evidence and asks whether it is enough.
 */
public sealed interface WriteConcern {

    /** The most replicas or data centers a concern may ask for: beyond it is a mistake, not a deployment. */
    int MAXIMUM_COUNT = 1_000;

    /** Which names there are, as advice. */
    String OFFERED =
            "use async, semi-sync, sync, local-quorum, quorum, a number of replicas such as 2, or a number of data centers such as 2dc, each from 1 to "
                    + MAXIMUM_COUNT;

    /** Whether those who have the write suffice. */
    boolean enough(Evidence evidence);

    /**
     * Why the concern can't be met whoever comes to have the write, as the beginning of a sentence that is to go on with a remedy; empty where it can.
     *
     * @param copies all copies of the partition that are known, up or not
     * @param unmet how many more there may be, of which nothing but their names is known
     */
    default Optional<String> impossible(Copies copies, int unmet) {
        return Optional.empty();
    }

    /**
     * The concern of that name, as every surface writes it: {@code async}, {@code semi-sync}, {@code sync}, {@code local-quorum}, {@code quorum}, a number
     * of replicas such as {@code 2}, or a number of data centers such as {@code 2dc}. The {@link Object#toString()} of all but {@link #tail()} gives its name.
     *
     * @throws IllegalArgumentException when there is none; the message says which there are
     */
    static WriteConcern parse(String name) {
        return switch (name) {
            case "async" -> async();
            case "semi-sync" -> replicas(2);
            case "sync" -> all();
            case "local-quorum" -> localQuorum();
            case "quorum" -> quorum();
            default -> counted(name);
        };
    }

    private static WriteConcern counted(String name) {
        Matcher count = Pattern.compile("([0-9]{1,9})(dc)?").matcher(name);
        int number = count.matches() ? Integer.parseInt(count.group(1)) : 0;
        if (number < 1 || number > MAXIMUM_COUNT) {
            throw new IllegalArgumentException("there is no write concern '" + name + "': " + OFFERED);
        }
        return count.group(2) == null ? replicas(number) : dataCenters(number);
    }

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

        @Override
        public Optional<String> impossible(Copies copies, int unmet) {
            if (count == 1 || count <= copies.homes().size() + unmet) {
                return Optional.empty();
            }
            return Optional.of("a write to " + count + " copies asks for more than there are: the partition has "
                    + shown(copies.homes(), unmet));
        }

        @Override
        public String toString() {
            return count == 1 ? "async" : Integer.toString(count);
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

        @Override
        public Optional<String> impossible(Copies copies, int unmet) {
            SortedSet<String> holding = new TreeSet<>();
            copies.homes().forEach(home -> holding.add(home.dataCenter()));
            if (count <= holding.size() + unmet) {
                return Optional.empty();
            }
            return Optional.of("a write to " + count
                    + " data centers asks for more than there are: the partition has copies in "
                    + shown(holding, unmet));
        }

        @Override
        public String toString() {
            return count + "dc";
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

        @Override
        public String toString() {
            return "local-quorum";
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

        @Override
        public String toString() {
            return "quorum";
        }
    }

    /** See {@link WriteConcern#all()}. */
    record All() implements WriteConcern {

        @Override
        public boolean enough(Evidence evidence) {
            return evidence.having().containsAll(evidence.copies().homes());
        }

        @Override
        public String toString() {
            return "sync";
        }
    }

    /** See {@link WriteConcern#tail()}. */
    record Tail() implements WriteConcern {

        @Override
        public boolean enough(Evidence evidence) {
            return evidence.having()
                    .contains(Chain.of(evidence.accepting(), evidence.copies()).tail());
        }

        @Override
        public String toString() {
            return "tail";
        }
    }

    private static String shown(SortedSet<?> known, int unmet) {
        return unmet == 0
                ? known.size() + ", at " + known
                : (known.size() + unmet) + " at the most, of which " + known + " are known yet";
    }

    private static void requireCount(int count) {
        if (count < 1 || count > MAXIMUM_COUNT) {
            throw new IllegalArgumentException(
                    "a write concern of " + count + " is out of range: ask for 1 to " + MAXIMUM_COUNT);
        }
    }
}
