package io.entente.cluster.clock;

import io.entente.core.message.NodeId;
import java.util.Collections;
import java.util.Objects;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What a node knows of clocks, its own among them. Immutable.
 *
 * @param node the node that looks
 * @param limitMillis how far a clock may be from the median, in milliseconds
 * @param aheadMillis how far the node's clock is ahead of the median; negative when it is behind
 * @param verdict what follows from that
 * @param skews how the clocks of other nodes compare with the node's, as far as they are known
 */
public record ClockReport(
        NodeId node, long limitMillis, long aheadMillis, Verdict verdict, SortedMap<NodeId, Skew> skews) {

    private static final long SHOWN_IN_SECONDS_FROM = 10_000;

    public ClockReport {
        Objects.requireNonNull(node, "node");
        Objects.requireNonNull(verdict, "verdict");
        skews = Collections.unmodifiableSortedMap(new TreeMap<>(skews));
    }

    /** What is made of a clock. */
    public enum Verdict {
        /** Nothing speaks against it. */
        RIGHT,
        /** The node has just started, or its clock has jumped, and too few others have said what theirs show: it waits a moment for them. */
        UNCHECKED,
        /** It and the only other one are too far apart, and nobody can tell which is wrong. */
        DOUBTED,
        /** It is too far from the median of three clocks or more: the node takes no writes from clients. */
        OFF
    }

    /** Of a node that knows no other clock yet. */
    public static ClockReport unknown(NodeId node, long limitMillis) {
        return new ClockReport(node, limitMillis, 0, Verdict.RIGHT, Collections.emptySortedMap());
    }

    /** Why the node takes no writes from clients, as a sentence with the remedy; empty when it does. */
    public Optional<String> refusal() {
        return switch (verdict) {
            case RIGHT, DOUBTED -> Optional.empty();
            case UNCHECKED ->
                Optional.of("the clock of node " + node.node() + " has not been compared with the others' since it"
                        + " started, or was set, so it takes no writes yet: try again in a moment");
            case OFF ->
                Optional.of(difference() + " the median of the nodes' clocks, and entente.max-clock-drift is "
                        + duration(limitMillis)
                        + ", so the node takes no writes until its clock is right: set it, best by NTP");
        };
    }

    /** What is to be looked into although writes go on, as a sentence; empty when nothing is. */
    public Optional<String> warning() {
        return verdict == Verdict.DOUBTED
                ? Optional.of(difference() + " that of node " + skews.lastKey().node()
                        + ", and entente.max-clock-drift is " + duration(limitMillis)
                        + "; with two nodes nobody can tell which is wrong: look at both, and set them by NTP")
                : Optional.empty();
    }

    private String difference() {
        return "the clock of node " + node.node() + " is " + duration(Math.abs(aheadMillis))
                + (aheadMillis < 0 ? " behind" : " ahead of");
    }

    private static String duration(long millis) {
        return millis < SHOWN_IN_SECONDS_FROM ? millis + " ms" : millis / 1_000 + " s";
    }
}
