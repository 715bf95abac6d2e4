package io.entente.core.repair;

import io.entente.conflict.version.VersionVector;
import io.entente.core.message.Digest;
import io.entente.core.message.NodeId;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * What a verification has found.
 *
 * @param verifier the replica that compared
 * @param at the version vector at which rows were compared
 * @param rows how many rows the verifier holds at it that count, but for those that moved on
 * @param digest what these amount to
 * @param compared the other replicas that were compared to the end
 * @param notCompared by node, why another replica wasn't, as a sentence's end
 * @param movedOn how many rows were left out, since writes touched them meanwhile
 * @param differences how many rows differed
 * @param named the first of them, {@value #MOST_NAMED} at the most
 */
public record VerificationReport(
        NodeId verifier,
        VersionVector at,
        long rows,
        Digest digest,
        SortedSet<NodeId> compared,
        SortedMap<NodeId, String> notCompared,
        long movedOn,
        long differences,
        List<Difference> named) {

    /** So many differences are named. */
    public static final int MOST_NAMED = 100;

    public VerificationReport {
        Objects.requireNonNull(verifier, "verifier");
        Objects.requireNonNull(at, "at");
        Objects.requireNonNull(digest, "digest");
        compared = Collections.unmodifiableSortedSet(new TreeSet<>(compared));
        notCompared = Collections.unmodifiableSortedMap(new TreeMap<>(Map.copyOf(notCompared)));
        named = List.copyOf(named);
    }

    /** Whether every other copy was compared and nothing differed. */
    public boolean provesEquality() {
        return differences == 0 && notCompared.isEmpty();
    }
}
