package io.entente.cluster.replica;

import java.util.BitSet;
import java.util.Collections;
import java.util.HexFormat;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * Some of a cluster's partitions: those that a node holds. Immutable.
 *
 * @param numbers their numbers, 0 to 65,535
 */
public record Partitions(SortedSet<Integer> numbers) {

    /** More than any cluster has: partitions are numbered in two bytes. */
    private static final int MOST = 1 << 16;

    private static final Partitions NONE = new Partitions(Collections.emptySortedSet());

    /** Throws {@link IllegalArgumentException} for a number out of range. */
    public Partitions {
        numbers = Collections.unmodifiableSortedSet(new TreeSet<>(numbers));
        if (!numbers.isEmpty() && (numbers.first() < 0 || numbers.last() >= MOST)) {
            throw new IllegalArgumentException("a partition out of range: 0 to " + (MOST - 1));
        }
    }

    /** No partition. */
    public static Partitions none() {
        return NONE;
    }

    /** One partition. */
    public static Partitions of(int partition) {
        return new Partitions(new TreeSet<>(Set.of(partition)));
    }

    /** The partitions of a cluster that has so many. */
    public static Partitions all(int count) {
        SortedSet<Integer> numbers = new TreeSet<>();
        for (int partition = 0; partition < count; partition++) {
            numbers.add(partition);
        }
        return new Partitions(numbers);
    }

    /**
     * Reads what {@link #bits} wrote.
     *
     * @throws IllegalArgumentException for any other text
     */
    public static Partitions ofBits(String text) {
        if (text.length() > MOST / 4) {
            throw new IllegalArgumentException("partitions of " + text.length() + " digits");
        }
        BitSet bits = BitSet.valueOf(HexFormat.of().parseHex(text));
        return new Partitions(bits.stream().boxed().collect(Collectors.toCollection(TreeSet::new)));
    }

    /** A bit a partition, partition 0 the lowest of the first byte, in hexadecimal digits. */
    public String bits() {
        BitSet bits = new BitSet();
        numbers.forEach(bits::set);
        return HexFormat.of().formatHex(bits.toByteArray());
    }

    /** Whether that partition is among them. */
    public boolean contains(int partition) {
        return numbers.contains(partition);
    }

    /** These but not those. */
    public Partitions without(Partitions others) {
        SortedSet<Integer> rest = new TreeSet<>(numbers);
        rest.removeAll(others.numbers);
        return new Partitions(rest);
    }

    /** These and those. */
    public Partitions with(Partitions others) {
        SortedSet<Integer> both = new TreeSet<>(numbers);
        both.addAll(others.numbers);
        return new Partitions(both);
    }
}
