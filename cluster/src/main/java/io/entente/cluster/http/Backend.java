package io.entente.cluster.http;

import io.entente.cluster.conflict.Conflicts;
import io.entente.cluster.disk.Backups;
import io.entente.cluster.map.Maps;
import io.entente.cluster.membership.NodePort;
import io.entente.cluster.settings.DataLimits;
import java.util.Objects;

/**
 * What the HTTP surface of a node stands on. All parts are thread-safe and outlive the server.
 *
 * @param maps the node's maps
 * @param node the node and the cluster as it sees it
 * @param conflicts the conflicts it has seen
 * @param backups makes copies of its data
 * @param limits what a client may ask for
 */
public record Backend(Maps maps, NodePort node, Conflicts conflicts, Backups backups, DataLimits limits) {

    public Backend {
        Objects.requireNonNull(maps, "maps");
        Objects.requireNonNull(node, "node");
        Objects.requireNonNull(conflicts, "conflicts");
        Objects.requireNonNull(backups, "backups");
        Objects.requireNonNull(limits, "limits");
    }
}
