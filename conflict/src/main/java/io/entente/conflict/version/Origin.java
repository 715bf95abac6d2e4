package io.entente.conflict.version;

import java.util.HexFormat;

/**
 * One incarnation of a node as a source of writes: a process start that may originate.
 *
 * <p>An origin is opened anew at every process start, from the time and 64 random bits, and never from what a data
 * directory says. Two starts therefore never share one, whatever crashed, was wiped or was restored from a backup,
 * and a {@link Dot} never names two different writes. All partitions of the node share it.
 *
 * <p>The total order is by start, then by the random bits (unsigned), then by data center and node. It carries no
 * causality; it only gives siblings one canonical order everywhere. Immutable and thread-safe.
 *
 * @param dataCenter the data center's name, matching {@code [A-Za-z0-9._-]{1,64}}
 * @param node the node's name, matching {@code [A-Za-z0-9._-]{1,64}}
 * @param startedAtMillis when the process opened it, in milliseconds since 1970, 0 to 2<sup>48</sup>-1
 * @param random 64 random bits
 */
public record Origin(String dataCenter, String node, long startedAtMillis, long random) implements Comparable<Origin> {

    private static final long MAX_MILLIS = (1L << 48) - 1;
    private static final int MILLIS_DIGITS = 12;
    private static final int RANDOM_DIGITS = 16;
    private static final HexFormat HEX = HexFormat.of();

    /** Checks the names and the time; throws {@link IllegalArgumentException} naming value and rule. */
    public Origin {
        Names.check("data center", dataCenter);
        Names.check("node", node);
        if (startedAtMillis < 0 || startedAtMillis > MAX_MILLIS) {
            throw new IllegalArgumentException("The start " + startedAtMillis
                    + " of an origin must lie between 0 and 2^48-1 milliseconds since 1970.");
        }
    }

    /**
     * Reads what {@link #toString()} wrote. Exactly one text names an origin: upper-case hexadecimal digits are
     * refused.
     *
     * @throws IllegalArgumentException when {@code text} is not of that form
     */
    public static Origin parse(String text) {
        int node = text.indexOf('/') + 1;
        int digits = text.indexOf('/', node) + 1;
        if (node == 0 || digits == 0 || text.length() - digits != MILLIS_DIGITS + RANDOM_DIGITS) {
            throw malformed(text);
        }
        int random = digits + MILLIS_DIGITS;
        return new Origin(
                text.substring(0, node - 1),
                text.substring(node, digits - 1),
                hex(text, digits, random),
                hex(text, random, text.length()));
    }

    private static long hex(String text, int from, int to) {
        for (int i = from; i < to; i++) {
            char c = text.charAt(i);
            if ((c < '0' || c > '9') && (c < 'a' || c > 'f')) {
                throw malformed(text);
            }
        }
        return HexFormat.fromHexDigitsToLong(text, from, to);
    }

    private static IllegalArgumentException malformed(String text) {
        return new IllegalArgumentException(
                "The origin '" + text + "' must be <data center>/<node>/<28 lower-case hexadecimal digits>.");
    }

    @Override
    public int compareTo(Origin other) {
        if (this == other) {
            return 0;
        }
        int byStart = Long.compare(startedAtMillis, other.startedAtMillis);
        return byStart != 0 ? byStart : compareWithinStart(other);
    }

    private int compareWithinStart(Origin other) {
        int byRandom = Long.compareUnsigned(random, other.random);
        if (byRandom != 0) {
            return byRandom;
        }
        int byDataCenter = dataCenter.compareTo(other.dataCenter);
        return byDataCenter != 0 ? byDataCenter : node.compareTo(other.node);
    }

    @Override
    public boolean equals(Object other) {
        return this == other
                || (other instanceof Origin that
                        && random == that.random
                        && startedAtMillis == that.startedAtMillis
                        && node.equals(that.node)
                        && dataCenter.equals(that.dataCenter));
    }

    /** The random bits folded: they tell origins apart by themselves, so nothing else is hashed. */
    @Override
    public int hashCode() {
        return Long.hashCode(random);
    }

    /** {@code <data center>/<node>/<12 hexadecimal digits of the start><16 of the random bits>}. */
    @Override
    public String toString() {
        return dataCenter
                + '/'
                + node
                + '/'
                + HEX.toHexDigits(startedAtMillis, MILLIS_DIGITS)
                + HEX.toHexDigits(random);
    }
}
