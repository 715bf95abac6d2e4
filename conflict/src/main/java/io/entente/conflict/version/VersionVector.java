package io.entente.conflict.version;

import java.util.Arrays;
import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Predicate;

/**
 * Per origin the highest sequence applied: the description of a causally closed set of writes.
 *
 * <p>Since sequences have no gaps, a vector with {@code o → n} stands for the writes 1 to {@code n} of {@code o}.
 * Vectors form a lattice under {@link #join}, ordered by {@link #dominates} (Parker et al., <i>Detection of Mutual
 * Inconsistency in Distributed Systems</i>, 1983; DDIA chapter 5). An absent origin counts as sequence 0 and is
 * never stored.
 *
 * <p>Immutable and thread-safe. Kept as sorted parallel arrays: a look-up is a binary search, a comparison one
 * walk, and a vector that differs from another only in sequences shares its array of origins. Operations return one
 * of their arguments when that is the result.
 */
public final class VersionVector {

    private static final VersionVector EMPTY = new VersionVector(new Origin[0], new long[0]);

    /** Up to this many origins a scan by identity comes before the binary search. */
    private static final int SCAN_LIMIT = 8;

    private final Origin[] origins;
    private final long[] sequences;

    /** Takes both arrays over: origins strictly ascending, sequences at least 1. */
    VersionVector(Origin[] origins, long[] sequences) {
        this.origins = origins;
        this.sequences = sequences;
    }

    /** The vector of a replica that has applied nothing. */
    public static VersionVector empty() {
        return EMPTY;
    }

    /** The vector of the writes 1 to {@code sequence} of {@code origin}; 0 gives the empty one. */
    public static VersionVector of(Origin origin, long sequence) {
        return EMPTY.with(origin, sequence);
    }

    /** The vector with these components; those of sequence 0 are left out. */
    public static VersionVector of(Map<Origin, Long> components) {
        Builder builder = new Builder();
        components.forEach(builder::raise);
        return builder.build();
    }

    /** The highest sequence of {@code origin}, 0 when it has none here. */
    public long sequenceOf(Origin origin) {
        int at = indexOf(origin);
        return at < 0 ? 0 : sequences[at];
    }

    /** Whether the write named by {@code dot} is in the set. */
    public boolean contains(Dot dot) {
        return sequenceOf(dot.origin()) >= dot.sequence();
    }

    /** Whether this set holds every write of {@code other}. */
    public boolean dominates(VersionVector other) {
        return VectorMerge.dominates(this, other);
    }

    /** How this set of writes relates to {@code other}. */
    public Causality compare(VersionVector other) {
        VectorMerge merge = VectorMerge.of(this, other);
        return Causality.of(merge.leftDominates(), merge.rightDominates());
    }

    /** This vector with {@code origin} raised to at least {@code sequence}; itself when that changes nothing. */
    public VersionVector with(Origin origin, long sequence) {
        checkSequence(origin, sequence);
        int at = indexOf(origin);
        if (at >= 0) {
            return sequence <= sequences[at] ? this : replaced(at, sequence);
        }
        return sequence == 0 ? this : inserted(-at - 1, origin, sequence);
    }

    private VersionVector replaced(int at, long sequence) {
        long[] raised = sequences.clone();
        raised[at] = sequence;
        return new VersionVector(origins, raised);
    }

    private VersionVector inserted(int at, Origin origin, long sequence) {
        int size = origins.length;
        Origin[] moreOrigins = Arrays.copyOf(origins, size + 1);
        long[] moreSequences = Arrays.copyOf(sequences, size + 1);
        System.arraycopy(origins, at, moreOrigins, at + 1, size - at);
        System.arraycopy(sequences, at, moreSequences, at + 1, size - at);
        moreOrigins[at] = origin;
        moreSequences[at] = sequence;
        return new VersionVector(moreOrigins, moreSequences);
    }

    /** The union of both sets: per origin the higher sequence. Returns an argument that dominates the other. */
    public VersionVector join(VersionVector other) {
        return VectorMerge.of(this, other).join();
    }

    /** The components that are higher here than in {@code older}, with their sequences here. */
    public VersionVector newSince(VersionVector older) {
        return VectorDifference.of(this, older);
    }

    /** This vector less the origins that {@code dropped} accepts; itself when there are none. */
    public VersionVector without(Predicate<? super Origin> dropped) {
        Builder kept = new Builder();
        for (int i = 0; i < origins.length; i++) {
            if (!dropped.test(origins[i])) {
                kept.raise(origins[i], sequences[i]);
            }
        }
        return kept.size() == origins.length ? this : kept.build();
    }

    /** How many origins have a component. */
    public int size() {
        return origins.length;
    }

    /** Whether this is the empty set. */
    public boolean isEmpty() {
        return origins.length == 0;
    }

    /** The origin at {@code index}, 0 to {@link #size()}-1, in ascending order. */
    public Origin originAt(int index) {
        return origins[index];
    }

    /** The sequence of the origin at {@code index}; at least 1. */
    public long sequenceAt(int index) {
        return sequences[index];
    }

    /** Hands each component to {@code component}, origins ascending. */
    public void forEach(Component component) {
        for (int i = 0; i < origins.length; i++) {
            component.accept(origins[i], sequences[i]);
        }
    }

    /** How many writes the set holds: the sum of the sequences, at most {@link Long#MAX_VALUE}. */
    public long total() {
        long total = 0;
        for (long sequence : sequences) {
            total = total > Long.MAX_VALUE - sequence ? Long.MAX_VALUE : total + sequence;
        }
        return total;
    }

    /** The components as an unmodifiable map, origins ascending. */
    public Map<Origin, Long> asMap() {
        Map<Origin, Long> map = new TreeMap<>();
        forEach(map::put);
        return Collections.unmodifiableMap(map);
    }

    @SuppressWarnings("ReferenceEquality") // a shortcut: what it misses, the search finds
    private int indexOf(Origin origin) {
        int size = origins.length;
        if (size <= SCAN_LIMIT) {
            for (int i = 0; i < size; i++) {
                if (origins[i] == origin) {
                    return i;
                }
            }
        }
        return Arrays.binarySearch(origins, 0, size, origin);
    }

    private static void checkSequence(Origin origin, long sequence) {
        if (sequence < 0) {
            throw new IllegalArgumentException("The sequence " + sequence + " of " + origin + " must not be negative.");
        }
    }

    Origin[] origins() {
        return origins;
    }

    long[] sequences() {
        return sequences;
    }

    @Override
    public boolean equals(Object other) {
        return this == other
                || (other instanceof VersionVector that
                        && Arrays.equals(sequences, that.sequences)
                        && (origins == that.origins || Arrays.equals(origins, that.origins)));
    }

    @Override
    public int hashCode() {
        return 31 * Arrays.hashCode(origins) + Arrays.hashCode(sequences);
    }

    /** The last dot of each origin, as {@code [eu/eu-1/…#3, us/us-1/…#5]}. */
    @Override
    public String toString() {
        StringBuilder text = new StringBuilder("[");
        forEach((origin, sequence) -> text.append(text.length() == 1 ? "" : ", ")
                .append(origin)
                .append('#')
                .append(sequence));
        return text.append(']').toString();
    }

    /** Receives one component of a vector. */
    @FunctionalInterface
    public interface Component {

        /** Takes the component {@code origin → sequence}; the sequence is at least 1. */
        void accept(Origin origin, long sequence);
    }

    /**
     * Builds a vector from many components, cheapest when they come in ascending order of origins.
     *
     * <p>Not thread-safe. May go on being used after {@link #build()}.
     */
    public static final class Builder {

        private Origin[] origins;
        private long[] sequences;
        private int size;

        /** Starts from the empty vector. */
        public Builder() {
            this(8);
        }

        /** Starts from the empty vector, with room for {@code expected} components. */
        public Builder(int expected) {
            origins = new Origin[expected];
            sequences = new long[expected];
        }

        /** Raises {@code origin} to at least {@code sequence}; 0 changes nothing. */
        public Builder raise(Origin origin, long sequence) {
            checkSequence(origin, sequence);
            if (sequence == 0) {
                return this;
            }
            int at = size == 0 || origins[size - 1].compareTo(origin) < 0
                    ? -size - 1
                    : Arrays.binarySearch(origins, 0, size, origin);
            if (at >= 0) {
                sequences[at] = Math.max(sequences[at], sequence);
            } else {
                insert(-at - 1, origin, sequence);
            }
            return this;
        }

        private void insert(int at, Origin origin, long sequence) {
            if (size == origins.length) {
                origins = Arrays.copyOf(origins, 2 * size + 1);
                sequences = Arrays.copyOf(sequences, 2 * size + 1);
            }
            System.arraycopy(origins, at, origins, at + 1, size - at);
            System.arraycopy(sequences, at, sequences, at + 1, size - at);
            origins[at] = origin;
            sequences[at] = sequence;
            size++;
        }

        /** How many components there are so far. */
        public int size() {
            return size;
        }

        /** The vector of what was raised so far. */
        public VersionVector build() {
            return size == 0 ? EMPTY : new VersionVector(Arrays.copyOf(origins, size), Arrays.copyOf(sequences, size));
        }
    }
}
