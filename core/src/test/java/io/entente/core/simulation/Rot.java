package io.entente.core.simulation;

import io.entente.core.bytes.Bytes;
import io.entente.core.codec.OriginCodec;
import io.entente.core.codec.OriginPool;
import io.entente.core.codec.PartKeys;
import io.entente.core.codec.PartRowCodec;
import io.entente.core.codec.SiblingsCodec;
import io.entente.core.codec.StoreKeys;
import io.entente.core.message.NodeId;
import io.entente.core.message.RowState.Kind;
import io.entente.core.record.PartRow;
import io.entente.core.record.Payload;
import io.entente.core.record.RecordKey;
import io.entente.core.record.Sibling;
import io.entente.core.record.Siblings;
import io.entente.core.record.Tally;
import io.entente.core.repair.RowReader;
import io.entente.core.store.Scan;
import io.entente.core.store.Table;
import io.entente.core.store.WriteBatch;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A disk that changes rows by itself: values, siblings that are gone, rows that are gone, rows as they once were. In a history one of at
 * least three nodes has it.
 */
final class Rot {

    private static final StoreKeys KEYS = new StoreKeys(0);

    private final World world;
    private final Chance chance;
    private final @Nullable SimulatedNode victim;
    private final OriginCodec origins = new OriginCodec(new OriginPool());
    private final SiblingsCodec records = new SiblingsCodec(origins);
    private final PartRowCodec parts = new PartRowCodec(origins);
    private final RowReader reader = new RowReader(origins);
    private final Set<RecordKey> rotten = new LinkedHashSet<>();
    private final Map<Bytes, Bytes> once = new LinkedHashMap<>();
    private boolean active = true;
    private boolean begun;
    private boolean touched;

    /** No disk has it. */
    static Rot none(World world, Chance chance) {
        return new Rot(world, chance, null);
    }

    /** Some disk has it. */
    static Rot somewhere(World world, Chance chance) {
        return new Rot(world, chance, chance.oneOf(world.nodes()));
    }

    private Rot(World world, Chance chance, @Nullable SimulatedNode victim) {
        this.world = world;
        this.chance = chance;
        this.victim = victim;
    }

    void begin() {
        if (victim != null) {
            world.schedule().after(chance.millis(300, 1_500), () -> {
                if (active) {
                    rot(victim);
                    begin();
                }
            });
        }
    }

    void end() {
        active = false;
    }

    boolean hasBegun() {
        return begun;
    }

    /** Whether that node may hold something wrong. */
    boolean isAt(SimulatedNode node) {
        return begun && node.equals(victim);
    }

    /** Whether the disk of that node has ever changed anything by itself. */
    boolean hasTouched(NodeId node) {
        return touched && victim != null && victim.id().equals(node);
    }

    /** What a client writes there would rest on what it sees there, which no ledger knows. */
    boolean isRotten(SimulatedNode node, RecordKey key) {
        return isAt(node) && rotten.contains(key);
    }

    /** Everything is found and repaired. */
    void isOver() {
        begun = false;
        rotten.clear();
    }

    private void rot(SimulatedNode node) {
        Map<Bytes, Bytes> live = new LinkedHashMap<>();
        try (Scan scan = node.disk().scan(Table.RECORD, KEYS.first(), KEYS.last())) {
            while (scan.advance()) {
                if (isLive(scan.key(), scan.value())) {
                    live.put(scan.key(), scan.value());
                    if (chance.of(0.3) && !hasAncestry(scan.key(), scan.value())) {
                        once.put(scan.key(), scan.value());
                    }
                }
            }
        }
        if (chance.of(0.3) && !once.isEmpty()) {
            Bytes key = chance.oneOf(new ArrayList<>(once.keySet()));
            put(node, key, once.get(key), live.get(key));
        } else if (!live.isEmpty()) {
            Bytes key = chance.oneOf(new ArrayList<>(live.keySet()));
            Bytes row = java.util.Objects.requireNonNull(live.get(key));
            put(node, key, chance.of(0.3) ? null : changed(key, row), row);
        }
    }

    /** An old state of a line of versions contradicts what comes on top of it, which is more than a disk does to rows. */
    private boolean hasAncestry(Bytes key, Bytes row) {
        return !PartKeys.isPart(key) && !records.decode(row).ancestry().isNone();
    }

    private boolean isLive(Bytes key, Bytes row) {
        return reader.read(key, row).kind() == Kind.LIVE;
    }

    private void put(SimulatedNode node, Bytes key, @Nullable Bytes row, @Nullable Bytes before) {
        RecordKey of = PartKeys.isPart(key) ? PartKeys.valueOf(key) : StoreKeys.recordOf(key);
        boolean differs = row == null || before == null || !row.equals(before);
        boolean readsAsOther = row == null || isLive(key, row);
        if (!differs
                || !readsAsOther
                || (row == null && before == null)
                || world.clients().isWriting(node.id(), of)) {
            return;
        }
        begun = true;
        touched = true;
        rotten.add(of);
        WriteBatch batch = new WriteBatch();
        if (row == null) {
            batch.delete(Table.RECORD, key);
        } else {
            batch.put(Table.RECORD, key, row);
        }
        node.disk().rot(batch);
        world.tally().count(Path.ROTTED);
        world.trace()
                .note(key.hashCode(), () -> node.id() + "'s disk changed " + of + " from " + before + " to " + row);
    }

    private Bytes changed(Bytes key, Bytes row) {
        if (!PartKeys.isPart(key)) {
            return records.encode(changed(records.decode(row)));
        }
        PartRow part = parts.decode(row);
        if (part instanceof PartRow.Contribution sum) {
            Tally tally = sum.tally();
            return parts.encode(new PartRow.Contribution(
                    new Tally(tally.first(), tally.last(), tally.total() + chance.between(1, 9), tally.base())));
        }
        return parts.encode(new PartRow.Versions(changed(((PartRow.Versions) part).siblings())));
    }

    /** Without a version, if there are several, or with another content of one. */
    private Siblings changed(Siblings before) {
        List<Sibling> versions = new ArrayList<>(before.versions());
        int at = chance.between(0, versions.size() - 1);
        Sibling version = versions.remove(at);
        if (versions.isEmpty() || chance.of(0.5)) {
            Payload other = Payload.value(Bytes.utf8("rot" + chance.between(0, 1_000_000)));
            versions.add(at, new Sibling(version.dot(), version.timestamp(), other));
        }
        return new Siblings(
                versions,
                before.ancestry().isNone() ? before.ancestry() : Siblings.none().ancestry());
    }
}
