package io.entente.core.simulation;

import static io.entente.core.simulation.Violation.unless;

import io.entente.core.message.NodeId;
import io.entente.core.record.RecordKey;
import io.entente.core.record.Sibling;
import io.entente.core.record.Siblings;
import java.util.BitSet;
import java.util.List;

/** Compares what siblings descend from, and what is kept for that, with what the ledger makes of the set of writes. */
final class JudgeOfAncestors {

    private final World world;
    private final Ledger ledger;

    JudgeOfAncestors(World world, Ledger ledger) {
        this.world = world;
        this.ledger = ledger;
    }

    /** Whether siblings have the ancestors that they must have where these writes are applied, whatever has been purged. */
    void check(NodeId node, RecordKey key, Siblings siblings, BitSet applied) {
        if (siblings.size() < 2) {
            return;
        }
        List<Write> expected = ledger.ancestors(key, applied);
        unless(
                expected.stream().map(Write::version).toList().equals(siblings.ancestors()),
                Law.ANCESTOR,
                () -> node + " has as ancestors of " + siblings.dots() + " at " + key + " " + siblings.ancestors()
                        + " instead of " + expected);
        if (!siblings.ancestry().isNone()) {
            world.tally()
                    .count(
                            switch (expected.size()) {
                                case 0 -> Path.NO_ANCESTOR;
                                case 1 -> Path.ANCESTOR_FOUND;
                                default -> Path.ANCESTORS_CROSSED;
                            });
        }
    }

    /** Whether what is kept may be; where nothing is ever purged, it is just what the writes demand. */
    void checkKept(NodeId node, RecordKey key, Siblings siblings, BitSet applied) {
        unless(
                world.clients().mayAsk(key) || siblings.ancestry().isNone(),
                Law.ANCESTOR,
                () -> node + " keeps for " + key + ", whose map never asks, " + siblings.ancestry());
        BitSet kept = new BitSet();
        for (Sibling version : siblings.ancestry().kept()) {
            Write write = ledger.find(version.dot());
            if (write == null || !mayBeKept(write, version, applied)) {
                throw new Violation(Law.ANCESTOR, node + " keeps " + version + " for " + write);
            }
            kept.set(write.number);
        }
        unless(
                world.scenario().membersNamed() || kept.equals(ledger.kept(key, applied)),
                Law.ANCESTOR,
                () -> node + " keeps for " + key + " " + kept + " instead of " + ledger.kept(key, applied));
    }

    private static boolean mayBeKept(Write write, Sibling version, BitSet applied) {
        return write.isKept
                && write.supersededBy.intersects(applied)
                && write.version().equals(version);
    }
}
