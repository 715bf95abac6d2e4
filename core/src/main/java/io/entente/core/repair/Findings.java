package io.entente.core.repair;

import io.entente.conflict.version.VersionVector;
import io.entente.core.message.Digest;
import io.entente.core.message.NodeId;
import io.entente.core.message.RangeDigest;
import io.entente.core.repair.Difference.Outcome;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.SortedSet;

/** What a verification has found so far. Confined to it. */
public final class Findings {

    private final List<Difference> named = new ArrayList<>();
    private long differences;
    private long counted;
    private Digest sum = Digest.none();

    /** Counts the verifier's rows of a range. */
    public void count(RangeDigest range) {
        counted += range.rows();
        sum = sum.plus(range.sum());
    }

    /** Adds a row that differs. Those that are not repaired are named before others, for verdicts are told from those named. */
    public void add(Difference difference) {
        differences++;
        if (named.size() < VerificationReport.MOST_NAMED) {
            named.add(difference);
        } else {
            displace(difference);
        }
    }

    private void displace(Difference difference) {
        int least = 0;
        for (int i = 1; i < named.size(); i++) {
            least = weight(named.get(i).outcome()) < weight(named.get(least).outcome()) ? i : least;
        }
        if (weight(named.get(least).outcome()) < weight(difference.outcome())) {
            named.set(least, difference);
        }
    }

    /** A row without majority outweighs one that is not repaired for another reason, and that one what is repaired. */
    private static int weight(Outcome outcome) {
        return switch (outcome) {
            case REPAIRED -> 0;
            case NO_MAJORITY -> 2;
            default -> 1;
        };
    }

    /** All of it; see {@link VerificationReport} for what else a report says. */
    public VerificationReport report(
            NodeId verifier,
            VersionVector at,
            SortedSet<NodeId> compared,
            SortedMap<NodeId, String> notCompared,
            long movedOn) {
        return new VerificationReport(verifier, at, counted, sum, compared, notCompared, movedOn, differences, named);
    }
}
