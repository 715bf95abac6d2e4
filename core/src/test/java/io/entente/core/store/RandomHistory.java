package io.entente.core.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.entente.core.bytes.Bytes;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;

/** Random batches, reads, scans and snapshots under one seed, each answer compared with that of plain sorted maps. */
final class RandomHistory {

    private static final List<Table> TABLES = List.of(Table.values());
    private static final int MOST_SNAPSHOTS = 3;

    private final Store store;
    private final Random random;
    private final PerTable<TreeMap<Bytes, Bytes>> model = new PerTable<>(table -> new TreeMap<>());
    private final Deque<Taken> snapshots = new ArrayDeque<>();

    RandomHistory(Store store, long seed) {
        this.store = store;
        this.random = new Random(seed);
    }

    void run(int steps) {
        for (int step = 0; step < steps; step++) {
            switch (random.nextInt(6)) {
                case 0, 1, 2 -> commit();
                case 3 -> takeOrCloseSnapshot();
                case 4 -> scan(store, model);
                default -> get(store, model);
            }
            snapshots.forEach(taken -> get(taken.snapshot, taken.model));
        }
        for (Table table : Table.values()) {
            assertThat(StoreContents.all(store, table))
                    .containsExactlyElementsOf(model.get(table).entrySet());
        }
        snapshots.forEach(taken -> scan(taken.snapshot, taken.model));
        snapshots.forEach(taken -> taken.snapshot.close());
    }

    private void commit() {
        WriteBatch batch = new WriteBatch();
        for (int operations = random.nextInt(12); operations > 0; operations--) {
            Table table = table();
            Bytes key = key();
            int kind = random.nextInt(12);
            if (kind == 0) {
                deleteRange(batch, table, key, key());
            } else if (kind < 4) {
                batch.delete(table, key);
                model.get(table).remove(key);
            } else {
                Bytes value = random(64);
                batch.put(table, key, value);
                model.get(table).put(key, value);
            }
        }
        store.commit(batch);
    }

    private void deleteRange(WriteBatch batch, Table table, Bytes from, Bytes to) {
        batch.deleteRange(table, from, to);
        if (from.compareTo(to) < 0) {
            model.get(table).subMap(from, to).clear();
        }
    }

    private void takeOrCloseSnapshot() {
        if (snapshots.size() == MOST_SNAPSHOTS) {
            snapshots.remove().snapshot.close();
        } else {
            PerTable<TreeMap<Bytes, Bytes>> copy = new PerTable<>(table -> new TreeMap<>(model.get(table)));
            snapshots.add(new Taken(store.snapshot(), copy));
        }
    }

    private void scan(StoreReader reader, PerTable<TreeMap<Bytes, Bytes>> expected) {
        Table table = table();
        Bytes one = key();
        Bytes other = key();
        Bytes from = one.compareTo(other) < 0 ? one : other;
        Bytes to = one.compareTo(other) < 0 ? other : one;
        assertThat(StoreContents.range(reader, table, from, to))
                .containsExactlyElementsOf(expected.get(table).subMap(from, to).entrySet());
    }

    private void get(StoreReader reader, PerTable<TreeMap<Bytes, Bytes>> expected) {
        Table table = table();
        List<Bytes> keys = List.of(key(), key(), key());
        List<Optional<Bytes>> values = new ArrayList<>();
        keys.forEach(key -> values.add(Optional.ofNullable(expected.get(table).get(key))));
        assertThat(reader.getAll(table, keys)).isEqualTo(values);
        assertThat(reader.get(table, keys.get(0))).isEqualTo(values.get(0));
    }

    private Table table() {
        return TABLES.get(random.nextInt(TABLES.size()));
    }

    /** From a small domain, so that histories meet the same keys again. */
    private Bytes key() {
        byte[] key = new byte[random.nextInt(3)];
        for (int i = 0; i < key.length; i++) {
            key[i] = (byte) (random.nextInt(8) * 36);
        }
        return Bytes.wrap(key);
    }

    private Bytes random(int bound) {
        byte[] bytes = new byte[random.nextInt(bound)];
        random.nextBytes(bytes);
        return Bytes.wrap(bytes);
    }

    private record Taken(StoreSnapshot snapshot, PerTable<TreeMap<Bytes, Bytes>> model) {}
}
