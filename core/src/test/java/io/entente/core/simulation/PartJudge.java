package io.entente.core.simulation;

import static io.entente.core.simulation.Violation.unless;

import io.entente.conflict.version.Origin;
import io.entente.core.bytes.Bytes;
import io.entente.core.codec.OriginCodec;
import io.entente.core.codec.OriginPool;
import io.entente.core.codec.PartKeys;
import io.entente.core.codec.PartRowCodec;
import io.entente.core.codec.StoreKeys;
import io.entente.core.message.NodeId;
import io.entente.core.record.PartRow;
import io.entente.core.record.RecordKey;
import io.entente.core.record.Sibling;
import io.entente.core.record.Tally;
import io.entente.core.store.Scan;
import io.entente.core.store.Table;
import io.entente.core.store.WriteBatch;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Compares the rows of mergeable values on the disks with what the ledger says must be there. */
final class PartJudge {

    private final World world;
    private final PartKeys keys = new PartKeys(0);
    private final OriginCodec origins = new OriginCodec(new OriginPool());
    private final PartRowCodec rows = new PartRowCodec(origins);

    PartJudge(World world) {
        this.world = world;
    }

    private PartLedger ledger() {
        return world.judge().ledger().parts();
    }

    private BitSet applied(NodeId node) {
        return world.judge().copy(node).applied();
    }

    /** The value on the disk is what the ledger says, but for what is purged. */
    void check(NodeId node, RecordKey key) {
        Map<Bytes, List<Write>> versions = ledger().versions(key, applied(node));
        Map<Bytes, Map<Origin, Long>> sums = ledger().sums(key, applied(node));
        int rowsLength = keys.rows(key).length();
        for (Map.Entry<Bytes, PartRow> row : onDisk(node, key).entrySet()) {
            Bytes part = PartKeys.partOfVersions(row.getKey(), rowsLength);
            if (part == null) {
                Tally tally = ((PartRow.Contribution) row.getValue()).tally();
                Bytes summed = PartKeys.partOfTally(row.getKey(), rowsLength);
                checkTally(node, key, summed, PartKeys.originOf(row.getKey(), origins), tally, sums);
            } else {
                checkVersions(node, key, part, (PartRow.Versions) row.getValue(), versions.remove(part));
            }
        }
        versions.forEach((part, writes) -> unless(
                world.scenario().membersNamed()
                        && writes.stream()
                                .allMatch(write -> ledger().version(write, part).isTombstone()),
                Law.RECORD,
                () -> node + " has for part " + part + " of " + key + " nothing instead of " + writes));
        sums.values().removeIf(Map::isEmpty);
        unless(sums.isEmpty(), Law.RECORD, () -> node + " lacks contributions to " + key + ": " + sums);
    }

    private void checkVersions(
            NodeId node,
            RecordKey key,
            Bytes part,
            PartRow.Versions found,
            @org.jspecify.annotations.Nullable List<Write> writes) {
        List<Sibling> expected = new ArrayList<>();
        if (writes != null) {
            writes.forEach(write -> expected.add(ledger().version(write, part)));
        }
        unless(
                !expected.isEmpty() && found.siblings().versions().equals(expected),
                Law.RECORD,
                () -> node + " has for part " + part + " of " + key + " "
                        + found.siblings().dots() + " instead of " + writes);
    }

    private static void checkTally(
            NodeId node, RecordKey key, Bytes part, Origin origin, Tally tally, Map<Bytes, Map<Origin, Long>> sums) {
        Long expected = sums.getOrDefault(part, new TreeMap<>()).remove(origin);
        unless(
                expected == null ? tally.isReset() : !tally.isReset() && tally.value() == expected,
                Law.RECORD,
                () -> node + " has " + tally + " of " + origin + " for part " + part + " of " + key + " instead of "
                        + expected);
    }

    /** What disappears without having been superseded must have left nothing to remember. */
    void checkPurges(NodeId node, WriteBatch batch) {
        batch.forEach(new WriteBatch.Visitor() {
            @Override
            public void put(Table table, Bytes key, Bytes value) {}

            @Override
            public void delete(Table table, Bytes key) {
                if (table == Table.RECORD && PartKeys.isPart(key)) {
                    checkPurge(node, key);
                }
            }

            @Override
            public void deleteRange(Table table, Bytes fromInclusive, Bytes toExclusive) {}
        });
    }

    private void checkPurge(NodeId node, Bytes rowKey) {
        RecordKey key = PartKeys.valueOf(rowKey);
        BitSet known = world.judge().known(node, rowKey);
        int rowsLength = keys.rows(key).length();
        Bytes part = PartKeys.partOfVersions(rowKey, rowsLength);
        if (part != null) {
            List<Write> left = ledger().versions(key, known).getOrDefault(part, List.of());
            world.judge().checkStable(node, left);
            world.tally().count(left.isEmpty() ? Path.PART_FORGOTTEN : Path.PART_PURGED);
            return;
        }
        Bytes summed = PartKeys.partOfTally(rowKey, rowsLength);
        Origin origin = PartKeys.originOf(rowKey, origins);
        Write last = ledger().lastContribution(key, summed, origin, known);
        BitSet resets = (BitSet) ledger().undoing(last, summed).clone();
        resets.and(known);
        List<Violation> objections = new ArrayList<>();
        boolean stable = resets.stream().anyMatch(reset -> {
            try {
                world.judge().checkStable(node, List.of(world.judge().ledger().get(reset)));
                return true;
            } catch (Violation objection) {
                objections.add(objection);
                return false;
            }
        });
        unless(stable, Law.PURGE, () -> node + " purged the tally of " + last + ", resets " + resets + objections);
        world.tally().count(Path.TALLY_PURGED);
    }

    /** Whether rows that could be purged are on the disk. */
    boolean hasPurgeable(NodeId node, RecordKey key) {
        return onDisk(node, key).values().stream()
                .anyMatch(row -> !row.purgeable().isEmpty());
    }

    private Map<Bytes, PartRow> onDisk(NodeId node, RecordKey key) {
        Map<Bytes, PartRow> found = new LinkedHashMap<>();
        Bytes prefix = keys.rows(key);
        try (Scan scan = world.node(node).disk().scan(Table.RECORD, prefix, StoreKeys.successor(prefix))) {
            while (scan.advance()) {
                found.put(scan.key(), rows.decode(scan.value()));
            }
        }
        return found;
    }
}
