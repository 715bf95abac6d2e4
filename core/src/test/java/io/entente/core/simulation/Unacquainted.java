package io.entente.core.simulation;

import static io.entente.core.simulation.Violation.unless;

import io.entente.core.codec.StoreKeys;
import io.entente.core.message.NodeId;
import io.entente.core.replica.Start.Standing;
import io.entente.core.store.Scan;
import io.entente.core.store.StoreReader;
import io.entente.core.store.Table;
import java.util.LinkedHashSet;
import java.util.Set;

/**
 * The nodes whose disk knew of nobody when they started. Where members aren't named such a node may have forgotten the others, so it writes only
 * after a message has reached it; but for the founder, as long as its disk says that it is admitted.
 */
final class Unacquainted {

    private static final StoreKeys KEYS = new StoreKeys(0);

    private final World world;
    private final Set<NodeId> nodes = new LinkedHashSet<>();

    Unacquainted(World world) {
        this.world = world;
    }

    void started(NodeId node, Standing standing) {
        nodes.remove(node);
        StoreReader disk = world.node(node).disk();
        boolean isSure = standing == Standing.FOUNDED
                || (standing == Standing.INTACT
                        && disk.get(Table.META, KEYS.admission()).isPresent());
        if (world.surgery().isAdmissionJudged() && !world.scenario().membersNamed() && !isSure && !knowsAnybody(disk)) {
            nodes.add(node);
        }
    }

    private static boolean knowsAnybody(StoreReader disk) {
        try (Scan members = disk.scan(Table.META, KEYS.members(), StoreKeys.successor(KEYS.members()))) {
            return members.advance();
        }
    }

    /** A message has reached the node. */
    void heard(NodeId node) {
        nodes.remove(node);
    }

    void checkMayWrite(NodeId node) {
        unless(
                !nodes.contains(node),
                Law.ADMISSION,
                () -> node + " knew of nobody when it started, has heard nobody since, and writes");
    }
}
