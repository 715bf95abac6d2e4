package io.entente.conflict.version;

/**
 * The identity of one write: the {@code sequence}-th that {@code origin} made in a partition.
 *
 * <p>Sequences run 1, 2, 3… per origin and partition without gaps, so a vector of the highest ones says exactly
 * which writes a replica has applied (Preguiça, Baquero et al., <i>Dotted Version Vectors</i>, 2010). The order is
 * by origin, then by sequence; it is the canonical order of siblings and carries no causality. Immutable and
 * thread-safe.
 *
 * @param origin who made the write
 * @param sequence which of the origin's writes it is, at least 1
 */
public record Dot(Origin origin, long sequence) implements Comparable<Dot> {

    /** Checks the sequence; throws {@link IllegalArgumentException} when it is below 1. */
    public Dot {
        if (sequence < 1) {
            throw new IllegalArgumentException("The sequence " + sequence + " of a dot must be at least 1.");
        }
    }

    /**
     * Reads what {@link #toString()} wrote. Exactly one text names a dot: signs and leading zeros are refused.
     *
     * @throws IllegalArgumentException when {@code text} is not of that form
     */
    public static Dot parse(String text) {
        int hash = text.indexOf('#');
        if (hash < 0) {
            throw malformed(text);
        }
        Origin origin = Origin.parse(text.substring(0, hash));
        return new Dot(origin, sequence(text, hash + 1));
    }

    private static long sequence(String text, int from) {
        if (from == text.length() || text.charAt(from) == '0') {
            throw malformed(text);
        }
        for (int i = from; i < text.length(); i++) {
            if (text.charAt(i) < '0' || text.charAt(i) > '9') {
                throw malformed(text);
            }
        }
        try {
            return Long.parseLong(text, from, text.length(), 10);
        } catch (NumberFormatException tooLarge) {
            throw malformed(text);
        }
    }

    private static IllegalArgumentException malformed(String text) {
        return new IllegalArgumentException(
                "The dot '" + text + "' must be <origin>#<sequence>, the sequence a decimal number from 1 to 2^63-1.");
    }

    @Override
    public int compareTo(Dot other) {
        int byOrigin = origin.compareTo(other.origin);
        return byOrigin != 0 ? byOrigin : Long.compare(sequence, other.sequence);
    }

    @Override
    public boolean equals(Object other) {
        return this == other || (other instanceof Dot that && sequence == that.sequence && origin.equals(that.origin));
    }

    @Override
    public int hashCode() {
        return 31 * origin.hashCode() + Long.hashCode(sequence);
    }

    /** {@code <origin>#<sequence>}. */
    @Override
    public String toString() {
        return origin.toString() + '#' + sequence;
    }
}
