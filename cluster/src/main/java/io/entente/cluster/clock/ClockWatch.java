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
 * half its round trip, is no fault of the clock, so a machine that is too busy to answer condemns nobody either.
 *
 * <p>A clock that was found off stays so until others say that it is right again, however few they are by then; where none is heard any
 * more, until it has been set by what it was off by, or may have been by now.
 *
 * <p>A node that has just started, and one whose clock has <em>jumped</em> against its monotonic clock, waits for enough others before it
 * trusts its clock, though not for long. A jump makes all that was measured before worthless: either the clock was set, or the machine
 * was suspended, in which time a monotonic clock stands still.
 *
 * <p>Confined to its owner.
 */
public final class ClockWatch {

    /** How long a node that has started, or whose clock has jumped, waits for the others' answers. */
    static final long PATIENCE_NANOS = 5_000_000_000L;

    private static final int ENOUGH_TO_JUDGE = 3;
    private static final long NANOS_A_MILLI = 1_000_000;

    /** How much a clock is slewed at the most while it is set right bit by bit: 500 parts in a million (adjtime, NTP). */
    private static final long NANOS_A_SLEWED_NANO = 2_000;

    private final NodeId self;
    private final long limitMillis;
    private final Map<NodeId, PeerClock> peers = new TreeMap<>();
    private boolean looked;
    private long wallAheadOfMonotonicMillis;
    private boolean checking = true;
    private long checkingSinceNanos;
    private boolean off;
    private long foundAheadMillis;
    private long foundAtNanos;

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
     * Looks at the own clock; to be called before each other use of what it shows.
     *
     * @param nowNanos the monotonic clock
     * @param wallMillis the clock, at the same moment
     * @return whether it has jumped: answers to questions from before are worth nothing
     */
    public boolean look(long nowNanos, long wallMillis) {
        long ahead = wallMillis - nowNanos / NANOS_A_MILLI;
        long jump = ahead - wallAheadOfMonotonicMillis;
        boolean jumped = looked && Math.abs(jump) > limitMillis;
        if (!looked || jumped) {
            checking = true;
            checkingSinceNanos = nowNanos;
        }
        if (jumped) {
            peers.clear();
            foundAheadMillis += jump;
        }
        looked = true;
        wallAheadOfMonotonicMillis = ahead;
        return jumped;
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

    /**
     * Judges the own clock now.
     *
     * @param others how many other nodes are known, heard or not
     */
    public ClockReport judge(long nowNanos, long wallMillis, int others) {
        SortedMap<NodeId, Skew> skews = new TreeMap<>();
        peers.forEach((node, clock) -> clock.skew(nowNanos, wallMillis).ifPresent(skew -> skews.put(node, skew)));
        int clocks = skews.size() + 1;
        Skew median = median(skews);
        boolean apart = Math.abs(median.millis()) > limitMillis + median.roundTripMillis() / 2;
        if (clocks >= ENOUGH_TO_JUDGE) {
            off = apart;
            foundAheadMillis = -median.millis();
            foundAtNanos = nowNanos;
        } else if (off) {
            off = clocks > 1 ? apart : isStillOff(nowNanos);
        }
        checking = checking
                && clocks < ENOUGH_TO_JUDGE
                && others + 1 >= ENOUGH_TO_JUDGE
                && nowNanos - checkingSinceNanos <= PATIENCE_NANOS;
        Verdict verdict = off ? Verdict.OFF : checking ? Verdict.UNCHECKED : apart ? Verdict.DOUBTED : Verdict.RIGHT;
        return new ClockReport(
                self, limitMillis, off && clocks == 1 ? foundAheadMillis : -median.millis(), verdict, skews);
    }

    /** Whether a clock that was found off is so still, by what has become of it since. */
    private boolean isStillOff(long nowNanos) {
        long slewedMillis = (nowNanos - foundAtNanos) / NANOS_A_SLEWED_NANO / NANOS_A_MILLI;
        return Math.abs(foundAheadMillis) > limitMillis + slewedMillis;
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
