package io.entente.cluster.http;

import io.entente.cluster.conflict.Conflicts;
import io.entente.cluster.disk.Backups;
import io.entente.cluster.map.Maps;
import io.entente.cluster.membership.NodePort;
import io.entente.cluster.metrics.NodeMetrics;
import io.entente.cluster.mode.Governance;
import io.entente.cluster.retirement.Retirement;
import io.entente.cluster.settings.DataLimits;
import io.entente.cluster.verify.Verifier;
import java.util.Objects;

/**
 * What the HTTP surface of a node stands on. All parts are thread-safe and outlive the server.
 *
 * @param dataCenter the node's data center
 * @param maps the node's maps
 * @param node the node and the cluster as it sees it
 * @param elsewhere the rest of the cluster
 * @param conflicts the conflicts it has seen
 * @param metrics its figures
 * @param backups makes copies of its data
 * @param verifier compares the node's replicas with others
 * @param retirement how nodes are retired, and what only they had is written back
 * @param governance decides on mode and leader
 * @param limits what a client may ask for
 */
public record Backend(
        String dataCenter,
        Maps maps,
        NodePort node,
        Elsewhere elsewhere,
        Conflicts conflicts,
        NodeMetrics metrics,
        Backups backups,
        Verifier verifier,
        Retirement retirement,
        Governance governance,
        DataLimits limits) {

    public Backend {
        Objects.requireNonNull(dataCenter, "dataCenter");
        Objects.requireNonNull(maps, "maps");
        Objects.requireNonNull(node, "node");
        Objects.requireNonNull(elsewhere, "elsewhere");
        Objects.requireNonNull(conflicts, "conflicts");
        Objects.requireNonNull(metrics, "metrics");
        Objects.requireNonNull(backups, "backups");
        Objects.requireNonNull(verifier, "verifier");
        Objects.requireNonNull(retirement, "retirement");
        Objects.requireNonNull(governance, "governance");
        Objects.requireNonNull(limits, "limits");
    }

    /** The same with other maps. */
    Backend over(Maps others) {
        return new Backend(
                dataCenter,
                others,
                node,
                elsewhere,
                conflicts,
                metrics,
                backups,
                verifier,
                retirement,
                governance,
                limits);
    }
}
