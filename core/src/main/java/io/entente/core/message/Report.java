package io.entente.core.message;

import io.entente.conflict.version.VersionVector;
import java.util.Objects;
import java.util.Optional;

/**
 * What a replica says it has durably applied.
 *
 * <p>A report is <b>whole</b> when it gives the whole vector, and with it the census. The others acknowledge, in a few bytes. Only
 * whole ones of an admitted replica are evidence of causal stability: they name everything the reporting node ever originated.
 * Reports of one life only grow, so whole ones can be joined in any order, and so can all for the purpose of acknowledgement.
 *
 * @param node who reports
 * @param life the life of the reporter's memory in which this was true
 * @param promisedEpoch the latest ballot the reporter has promised
 * @param applied what it has applied; all of it in a whole report, else at least that
 * @param census what a whole report says of membership; empty in the others
 */
public record Report(NodeId node, Life life, Ballot promisedEpoch, VersionVector applied, Optional<Census> census) {

    public Report {
        Objects.requireNonNull(node, "node");
        Objects.requireNonNull(life, "life");
        Objects.requireNonNull(promisedEpoch, "promisedEpoch");
        Objects.requireNonNull(applied, "applied");
        Objects.requireNonNull(census, "census");
    }

    /** Whether this gives the reporter's whole vector. */
    public boolean isWhole() {
        return census.isPresent();
    }

    /** Whether this is a whole report of a replica that may originate. */
    public boolean isOfAdmitted() {
        return census.isPresent() && census.get().admitted();
    }

    /** What this report and another one of the same life say together; whole only if both are. */
    public Report join(Report other) {
        Optional<Census> both = census.flatMap(mine -> other.census.map(mine::join));
        return new Report(
                node, life, Ballot.later(promisedEpoch, other.promisedEpoch), applied.join(other.applied), both);
    }
}
