package io.entente.core.simulation;

import static io.entente.core.simulation.Violation.unless;

import io.entente.conflict.version.Dot;
import io.entente.core.codec.StoreKeys;
import io.entente.core.journal.ConflictId;
import io.entente.core.journal.JournalLimits;
import io.entente.core.journal.JournalReader;
import io.entente.core.journal.JournalState;
import io.entente.core.journal.JournaledConflict;
import io.entente.core.journal.JournaledVersion;
import io.entente.core.message.NodeId;
import io.entente.core.record.RecordKey;
import io.entente.core.record.Sibling;
import io.entente.core.store.Table;
import io.entente.core.store.WriteBatch;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/**
 * Compares the conflict journals on the disks with what the disks have shown: every conflict in the commit that made it, under one name
 * everywhere, and of the older ones those that the bounds leave.
 */
final class Journals {

    /** No row of a few versions has more bytes. */
    private static final int MOST_ROW = 1_000;

    private final World world;
    private final Ledger ledger;
    private final StoredForm form = new StoredForm();
    private final Map<NodeId, Seen> seen = new LinkedHashMap<>();
    private final Map<Between, ConflictId> names = new LinkedHashMap<>();
    private final Map<ConflictId, Between> named = new LinkedHashMap<>();

    Journals(World world, Ledger ledger) {
        this.world = world;
        this.ledger = ledger;
    }

    /** A commit is on the disk, and changed these records at most. */
    void committed(NodeId node, WriteBatch batch, Set<RecordKey> touched, Function<RecordKey, BitSet> known) {
        Seen at = seenAt(node);
        Map<RecordKey, List<Write>> expected = new LinkedHashMap<>();
        for (RecordKey key : touched) {
            List<Write> shown = conflict(key, known.apply(key));
            if (!shown.isEmpty() && !dotsOf(shown).equals(at.shown.get(key))) {
                expected.put(key, shown);
            }
        }
        List<StoredForm.Journaled> rows = form.journaled(batch);
        for (StoredForm.Journaled row : rows) {
            JournaledConflict conflict = row.conflict();
            unless(
                    expected.containsKey(conflict.key()),
                    Law.JOURNAL,
                    () -> node + " journaled what it doesn't show: " + conflict);
            List<Write> shown = Objects.requireNonNull(expected.remove(conflict.key()));
            check(node, conflict, shown, at.shown.getOrDefault(conflict.key(), List.of()));
            at.add(row, limits());
        }
        if (!expected.isEmpty()) {
            forgotten(node, at, rows.size(), expected);
        }
        touched.forEach(key -> at.shown.put(key, dotsOf(conflict(key, known.apply(key)))));
        if (!rows.isEmpty()) {
            compare(node, at, touched);
        }
    }

    /** More conflicts in one commit than a journal keeps: then it keeps the latest of them, and nothing older. */
    private void forgotten(NodeId node, Seen at, int rows, Map<RecordKey, List<Write>> conflicts) {
        long bytes = at.rows.stream()
                .skip(at.rows.size() - rows)
                .mapToLong(Row::length)
                .sum();
        boolean full = rows == limits().conflicts() || (rows > 0 && bytes + MOST_ROW > limits().bytes());
        unless(full, Law.JOURNAL, () -> node + " shows and has not journaled " + conflicts);
        at.rows.subList(0, at.rows.size() - rows).clear();
        at.dropped = reader(node).state().dropped();
        unless(at.dropped < at.rows.get(0).position, Law.JOURNAL, () -> node + " dropped " + at.dropped);
        world.tally().count(Path.CONFLICT_DROPPED);
    }

    private static List<Dot> dotsOf(List<Write> writes) {
        return writes.stream().map(write -> write.dot).toList();
    }

    /** A disk lost its last commits: what it shows and has journaled is what it did then. */
    void lost(NodeId node, Function<RecordKey, BitSet> known) {
        Seen at = seenAt(node);
        at.shown.clear();
        ledger.keys().forEach(key -> at.shown.put(key, dotsOf(conflict(key, known.apply(key)))));
        at.rows.clear();
        try (JournalReader.Cursor all = reader(node).after(0)) {
            while (all.advance()) {
                at.rows.add(new Row(all.conflict().position(), all.conflict().key(), all.length()));
            }
        }
        at.dropped = reader(node).state().dropped();
    }

    private Seen seenAt(NodeId node) {
        return seen.computeIfAbsent(node, any -> new Seen(world.tally()));
    }

    private JournalReader reader(NodeId node) {
        return new JournalReader(world.node(node).disk(), 0);
    }

    private JournalLimits limits() {
        return world.scenario().limits().journal();
    }

    /** The writes between which a replica that has applied these is in conflict; none where only one is a value, or alone. */
    private List<Write> conflict(RecordKey key, BitSet applied) {
        List<Write> record = ledger.record(key, applied);
        boolean values = record.stream().anyMatch(write -> !write.payload.isDeletion());
        return record.size() > 1 && values ? record : List.of();
    }

    private void check(NodeId node, JournaledConflict row, List<Write> shown, List<Dot> before) {
        boolean same = row.siblings().size() == shown.size();
        long room = limits().valueBytes();
        for (int i = 0; same && i < shown.size(); i++) {
            boolean fits = shown.get(i).payload.length() <= room;
            room -= fits ? shown.get(i).payload.length() : 0;
            same = isOf(shown.get(i), fits, row.siblings().get(i));
        }
        unless(same, Law.JOURNAL, () -> node + " journaled " + row + " where it shows " + shown);
        checkName(node, new Between(row.key(), row.dots()), row.id());
        List<Dot> ancestors = form
                .siblings(world.node(node)
                        .disk()
                        .get(Table.RECORD, new StoreKeys(0).record(row.key()))
                        .orElseThrow())
                .ancestors()
                .stream()
                .map(Sibling::dot)
                .toList();
        unless(
                row.ancestors().stream().map(JournaledVersion::dot).toList().equals(ancestors),
                Law.JOURNAL,
                () -> node + " journaled other ancestors than " + ancestors + ": " + row);
        unless(
                row.extended().isPresent() == !before.isEmpty(),
                Law.JOURNAL,
                () -> node + " has " + row + " extend another than " + before);
        row.extended().ifPresent(id -> checkName(node, new Between(row.key(), before), id));
        row.extended().ifPresent(id -> world.tally().count(Path.CONFLICT_GREW));
        world.tally().count(Path.CONFLICT_JOURNALED);
    }

    /** One name a conflict, and one conflict a name, at whichever node. */
    private void checkName(NodeId node, Between between, ConflictId id) {
        unless(
                id.equals(names.computeIfAbsent(between, first -> id))
                        && between.equals(named.computeIfAbsent(id, first -> between)),
                Law.JOURNAL,
                () -> node + " calls " + between + " " + id + ", which is called " + names.get(between)
                        + " elsewhere, or calls another one so: " + named.get(id));
    }

    private boolean isOf(Write write, boolean fits, JournaledVersion version) {
        if (!fits) {
            world.tally().count(Path.CONFLICT_CUT_SHORT);
        }
        return version.dot().equals(write.dot)
                && version.timestamp().equals(write.timestamp)
                && version.length() == write.payload.length()
                && version.payload().equals(fits ? Optional.of(write.payload) : Optional.empty());
    }

    private void compare(NodeId node, Seen at, Set<RecordKey> touched) {
        List<Row> onDisk = new ArrayList<>();
        try (JournalReader.Cursor all = reader(node).after(0)) {
            while (all.advance()) {
                onDisk.add(new Row(all.conflict().position(), all.conflict().key(), all.length()));
            }
        }
        unless(onDisk.equals(at.rows), Law.JOURNAL, () -> node + " keeps " + onDisk + " instead of " + at.rows);
        JournalState state = reader(node).state();
        unless(
                state.conflicts() == at.rows.size() && state.bytes() == at.bytes() && state.dropped() == at.dropped,
                Law.JOURNAL,
                () -> node + " says of its journal " + state + ", which holds " + at.rows + " and dropped "
                        + at.dropped);
        for (RecordKey key : touched) {
            List<Long> listed = reader(node).of(key).stream()
                    .map(JournaledConflict::position)
                    .toList();
            unless(listed.equals(at.of(key)), Law.JOURNAL, () -> node + " lists for " + key + " " + listed);
        }
    }

    /** What a conflict is between. */
    private record Between(RecordKey key, List<Dot> dots) {}

    private record Row(long position, RecordKey key, int length) {}

    /** What a disk shows and must have journaled. */
    private static final class Seen {

        private final Map<RecordKey, List<Dot>> shown = new LinkedHashMap<>();
        private final List<Row> rows = new ArrayList<>();
        private final Tally tally;
        private long dropped;

        private Seen(Tally tally) {
            this.tally = tally;
        }

        private void add(StoredForm.Journaled journaled, JournalLimits limits) {
            Row row = new Row(
                    journaled.conflict().position(), journaled.conflict().key(), journaled.length());
            unless(
                    rows.stream().allMatch(other -> other.position < row.position),
                    Law.JOURNAL,
                    () -> row + " does not come after " + rows);
            rows.add(row);
            while (of(row.key).size() > limits.conflictsOfAKey()) {
                drop(of(row.key).get(0));
            }
            while (rows.size() > limits.conflicts() || (rows.size() > 1 && bytes() > limits.bytes())) {
                drop(rows.get(0).position);
            }
        }

        private void drop(long position) {
            rows.removeIf(row -> row.position == position);
            dropped = Math.max(dropped, position);
            tally.count(Path.CONFLICT_DROPPED);
        }

        private List<Long> of(RecordKey key) {
            return rows.stream()
                    .filter(row -> row.key.equals(key))
                    .map(Row::position)
                    .toList();
        }

        private long bytes() {
            return rows.stream().mapToLong(Row::length).sum();
        }
    }
}
