package io.entente.cluster.clock;

import io.entente.cluster.clock.ClockReport.Verdict;
import io.entente.core.message.NodeId;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Compares this node's clock with the others', and judges it by the median of all.
 *
 * <p>The median of three or more clocks is right as long as most of them are; of two nobody can tell which is wrong. With an even
 * number the middle one that is nearer to the own clock counts: two against two condemns nobody. What a measurement may be wrong by,
 * half its round trip, is no fault of the clock, so a machine that is too busy to answer condemns nobody either. A clock that
 * was found off stays so until others say that it is right again, however few they are by then. Confined to its owner.
 */
public final class ClockWatch {

    private static final int ENOUGH_TO_JUDGE = 3;

    private final NodeId self;
    private final long limitMillis;
    private final Map<NodeId, PeerClock> peers = new TreeMap<>();
    private boolean off;

    /**
     * A watch over the clock of {@code self}.
     *
     * @param limit how far it may be from the median
     */
    public ClockWatch(NodeId self, Duration limit) {
        this.self = self;
        this.limitMillis = limit.toMillis();
    }

    /**
     * A node has said what its clock shows.
     *
     * @param sentNanos when it was asked, by this node's monotonic clock
     * @param receivedNanos when the answer arrived
     * @param wallMillis what its clock showed
     */
    public void answered(NodeId peer, long sentNanos, long receivedNanos, long wallMillis) {
        peers.computeIfAbsent(peer, node -> new PeerClock()).answered(sentNanos, receivedNanos, wallMillis);
    }

    /** Judges the own clock now. */
    public ClockReport judge(long nowNanos, long wallMillis) {
        SortedMap<NodeId, Skew> skews = new TreeMap<>();
        peers.forEach((node, clock) -> clock.skew(nowNanos, wallMillis).ifPresent(skew -> skews.put(node, skew)));
        int clocks = skews.size() + 1;
        Skew median = median(skews);
        boolean apart = Math.abs(median.millis()) > limitMillis + median.roundTripMillis() / 2;
        if (clocks >= ENOUGH_TO_JUDGE) {
            off = apart;
        } else if (clocks > 1 && !apart) {
            off = false;
        }
        Verdict verdict = off ? Verdict.OFF : apart ? Verdict.DOUBTED : Verdict.RIGHT;
        return new ClockReport(self, limitMillis, -median.millis(), verdict, skews);
    }

    /** The median of all clocks, as it compares with the own one; of two clocks the other one. */
    private static Skew median(SortedMap<NodeId, Skew> skews) {
        List<Skew> all = new ArrayList<>(skews.values());
        if (all.size() == 1) {
            return all.get(0);
        }
        all.add(new Skew(0, 0));
        all.sort(Comparator.comparingLong(Skew::millis));
        Skew lower = all.get((all.size() - 1) / 2);
        Skew upper = all.get(all.size() / 2);
        return Math.abs(lower.millis()) <= Math.abs(upper.millis()) ? lower : upper;
    }
}
