package io.entente.core.repair;

import io.entente.conflict.version.VersionVector;
import io.entente.core.message.Digest;
import io.entente.core.message.NodeId;
import io.entente.core.message.RangeDigest;
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

    /** Adds a row that differs. */
    public void add(Difference difference) {
        differences++;
        if (named.size() < VerificationReport.MOST_NAMED) {
            named.add(difference);
        }
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
