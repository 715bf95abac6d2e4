package io.entente.core.message;

import io.entente.conflict.version.VersionVector;
import java.util.Objects;

/**
 * What a replica says it has durably applied.
 *
 * <p>A report is <b>complete</b> when it gives the whole vector of a replica that is admitted. Only complete ones are evidence of causal
 * stability: they name everything the reporting node ever originated. The others acknowledge, in a few bytes. Reports of one
 * registration only grow, so they can be joined in any order.
 *
 * @param node who reports
 * @param registration the life of the reporter's memory in which this was true
 * @param promisedEpoch the highest epoch the reporter has promised; 0 where there are no elections
 * @param applied what it has applied, at least
 * @param complete whether {@code applied} is the whole vector of an admitted replica
 */
public record Report(
        NodeId node, Registration registration, long promisedEpoch, VersionVector applied, boolean complete) {

    public Report {
        Objects.requireNonNull(node, "node");
        Objects.requireNonNull(registration, "registration");
        Objects.requireNonNull(applied, "applied");
    }

    /** This report and an earlier or later one of the same registration as one. */
    public Report join(Report other) {
        return new Report(
                node,
                registration,
                Math.max(promisedEpoch, other.promisedEpoch),
                applied.join(other.applied),
                complete && other.complete);
    }
}
