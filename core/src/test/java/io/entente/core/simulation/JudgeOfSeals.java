package io.entente.core.simulation;

import static io.entente.core.simulation.Violation.unless;

import io.entente.conflict.version.Origin;
import io.entente.core.bytes.ByteReader;
import io.entente.core.bytes.Bytes;
import io.entente.core.codec.StoreKeys;
import io.entente.core.message.NodeId;
import io.entente.core.store.StoreReader;
import io.entente.core.store.Table;
import io.entente.core.store.WriteBatch;
import java.util.BitSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** Watches that all who stay seal a retired node's writes at the same place, and apply nothing past it. */
final class JudgeOfSeals {

    private static final StoreKeys KEYS = new StoreKeys(0);

    private final World world;
    private final Ledger ledger;

    /** The disks that were put aside, each with the writes on it. */
    private final Map<Disk, BitSet> aside = new LinkedHashMap<>();

    /** Whether any disk has ever said that a node's writes are sealed: in most histories none does, and no disk need be asked. */
    private boolean isAnythingSealed;

    JudgeOfSeals(World world, Ledger ledger) {
        this.world = world;
        this.ledger = ledger;
    }

    void putAside(Disk disk, BitSet held) {
        aside.put(disk, (BitSet) held.clone());
    }

    /** The disks that were put aside, each with the writes on it. */
    Map<Disk, BitSet> aside() {
        return aside;
    }

    /** Whether the node's disk says that the node itself is retired. */
    boolean isRetired(NodeId node) {
        return retiredTerm(node, node.node())
                .filter(term -> term >= termOf(world.node(node).disk()))
                .isPresent();
    }

    /**
     * Whether the node's disk says that the other one, in the memory it has, is retired and counts no more. While it merges a snapshot, what it
     * drops its source may have purged, who has sealed already.
     */
    boolean isSealed(NodeId node, NodeId other) {
        if (!isAnythingSealed) {
            return false;
        }
        boolean merges = world.judge().copy(node).hasJustMerged();
        return isSealedBy(node, other)
                || (merges && world.others(node).stream().anyMatch(source -> isSealedBy(source, other)));
    }

    /** Whether the node's disk says that it has sealed the other one off, be it that this one has come back since. */
    boolean hasSealed(NodeId node, NodeId other) {
        return sealedTerm(node, other.node()).isPresent();
    }

    private boolean isSealedBy(NodeId node, NodeId other) {
        long term = termOf(world.node(other).disk());
        return sealedTerm(node, other.node()).filter(ended -> ended >= term).isPresent();
    }

    /** Of some writes those that the node may apply some day, as far as its disk says. */
    BitSet mayArrive(NodeId node, BitSet writes) {
        if (!isAnythingSealed) {
            return writes;
        }
        BitSet may = (BitSet) writes.clone();
        writes.stream()
                .filter(number -> isPastSeal(node, ledger.get(number))
                        || (world.judge().copy(node).hasJustMerged()
                                && world.others(node).stream()
                                        .anyMatch(source -> isPastSeal(source, ledger.get(number)))))
                .filter(number -> !world.judge().copy(node).seen().get(number))
                .forEach(may::clear);
        return may;
    }

    /** The node is about to log the write. Its own may be the first of an incarnation that the same commit opens. */
    void checkApplied(NodeId node, Write write) {
        unless(
                node.isHomeOf(write.dot.origin()) || !isPastSeal(node, write),
                Law.SEAL,
                () -> node + " applies " + write + ", although it has sealed that node's writes");
    }

    /** A commit is on the disk: whoever seals now holds all that any other admitted node that stays has. */
    void committed(NodeId node, WriteBatch batch) {
        batch.forEach(new WriteBatch.Visitor() {
            @Override
            public void put(Table table, Bytes key, Bytes value) {
                if (table == Table.META && key.at(2) == 'r' && isSealed(value)) {
                    isAnythingSealed = true;
                    world.tally().count(Path.SEALED);
                    checkSealed(node, StoreKeys.metaTail(key).string());
                }
            }

            @Override
            public void delete(Table table, Bytes key) {}

            @Override
            public void deleteRange(Table table, Bytes fromInclusive, Bytes toExclusive) {}
        });
    }

    private void checkSealed(NodeId node, String retired) {
        if (!world.scenario().membersNamed()) {
            return;
        }
        for (NodeId other : world.others(node)) {
            boolean stays = !other.node().equals(retired)
                    && world.judge().isAdmitted(other)
                    && retiredTerm(node, other.node())
                            .filter(term -> term >= termOf(world.node(other).disk()))
                            .isEmpty();
            BitSet more = (BitSet) world.judge().copy(other).applied().clone();
            more.andNot(world.judge().copy(node).applied());
            more.stream()
                    .mapToObj(ledger::get)
                    .filter(write -> stays
                            && write.dot.origin().node().equals(retired)
                            && isPastSeal(node, write)
                            && !isOpened(other, write, sealedTerm(node, retired).orElse(0L)))
                    .findFirst()
                    .ifPresent(write -> {
                        throw new Violation(
                                Law.SEAL,
                                node + " seals off " + write + " of " + retired + ", which " + other + " has");
                    });
        }
    }

    private boolean isPastSeal(NodeId node, Write write) {
        if (!isAnythingSealed) {
            return false;
        }
        Origin origin = write.dot.origin();
        long opened = openedIn(node, origin).orElse(-1L);
        return sealedTerm(node, origin.node()).filter(term -> term >= opened).isPresent();
    }

    /** Whether the node knows that the write was made after its origin's node had come back from that retirement. */
    private boolean isOpened(NodeId node, Write write, long endedTerm) {
        return openedIn(node, write.dot.origin())
                .filter(term -> term > endedTerm)
                .isPresent();
    }

    private Optional<Long> openedIn(NodeId node, Origin origin) {
        return world.node(node).disk().get(Table.META, KEYS.opened(origin)).map(row -> new ByteReader(row).varint());
    }

    private Optional<Long> sealedTerm(NodeId node, String retired) {
        return world.node(node)
                .disk()
                .get(Table.META, KEYS.retirement(retired))
                .filter(JudgeOfSeals::isSealed)
                .map(row -> new ByteReader(row).varint());
    }

    private Optional<Long> retiredTerm(NodeId node, String retired) {
        return world.node(node)
                .disk()
                .get(Table.META, KEYS.retirement(retired))
                .map(row -> new ByteReader(row).varint());
    }

    private static boolean isSealed(Bytes row) {
        return row.at(row.length() - 1) == 1;
    }

    private static long termOf(StoreReader disk) {
        return disk.get(Table.META, KEYS.beginning())
                .map(row -> new ByteReader(row).varint())
                .orElse(0L);
    }
}
