package io.entente.core.simulation;

import static io.entente.core.simulation.Violation.unless;

import io.entente.core.bytes.Bytes;
import io.entente.core.codec.PartKeys;
import io.entente.core.codec.StoreKeys;
import io.entente.core.effect.Effect;
import io.entente.core.effect.Step;
import io.entente.core.message.NodeId;
import io.entente.core.record.RecordKey;
import io.entente.core.record.Sibling;
import io.entente.core.record.Siblings;
import io.entente.core.store.StoreReader;
import io.entente.core.store.Table;
import io.entente.core.store.WriteBatch;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Compares what a step tells those who follow maps with what its batch does to the disk: whatever readers find to be another value is told, once, and
 * nothing is told of which no row was written.
 */
final class ToldChanges {

    private final StoredForm form = new StoredForm();

    /** A step asks for its batch; the disk has what was committed before. */
    void check(NodeId node, Step step, StoreReader disk) {
        Set<RecordKey> told = told(node, step);
        Set<RecordKey> untouched = new HashSet<>(told);
        step.durable().forEach(new WriteBatch.Visitor() {
            @Override
            public void put(Table table, Bytes key, Bytes value) {
                written(table, key, value);
            }

            @Override
            public void delete(Table table, Bytes key) {
                written(table, key, Bytes.empty());
            }

            private void written(Table table, Bytes key, Bytes value) {
                if (table == Table.RECORD) {
                    RecordKey record = PartKeys.isPart(key) ? PartKeys.valueOf(key) : StoreKeys.recordOf(key);
                    untouched.remove(record);
                    unless(
                            told.contains(record) || isUnseen(key, disk, value),
                            Law.CHANGE,
                            () -> node + " changes " + record + " and tells nobody");
                }
            }

            @Override
            public void deleteRange(Table table, Bytes fromInclusive, Bytes toExclusive) {}
        });
        unless(untouched.isEmpty(), Law.CHANGE, () -> node + " tells of changes at " + untouched + " and writes none");
    }

    private static Set<RecordKey> told(NodeId node, Step step) {
        Set<RecordKey> told = new HashSet<>();
        for (Effect effect : step.then()) {
            if (effect instanceof Effect.Publish publish) {
                publish.keys()
                        .forEach(key -> unless(
                                told.add(key),
                                Law.CHANGE,
                                () -> node + " tells twice that " + key + " changed in one step"));
            }
        }
        return told;
    }

    /** Of a mergeable value only a row that holds nothing but a deletion may go unseen; of a record what is kept and what is deleted. */
    private boolean isUnseen(Bytes key, StoreReader disk, Bytes after) {
        if (PartKeys.isPart(key)) {
            return after.isEmpty();
        }
        Siblings before = siblings(disk.get(Table.RECORD, key).orElse(Bytes.empty()));
        Siblings now = siblings(after);
        return (before.isAbsent() && now.isAbsent()) || dots(before).equals(dots(now));
    }

    private Siblings siblings(Bytes row) {
        return row.isEmpty() ? Siblings.none() : form.siblings(row);
    }

    private static List<?> dots(Siblings siblings) {
        return siblings.versions().stream().map(Sibling::dot).toList();
    }
}
