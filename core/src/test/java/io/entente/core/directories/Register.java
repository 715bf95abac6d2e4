package io.entente.core.directories;

import static org.assertj.core.api.Assertions.assertThat;

import io.entente.conflict.version.Dot;
import io.entente.conflict.version.Origin;
import io.entente.conflict.version.VersionVector;
import io.entente.core.bytes.ByteReader;
import io.entente.core.bytes.Bytes;
import io.entente.core.codec.EntryCodec;
import io.entente.core.codec.OriginCodec;
import io.entente.core.codec.OriginPool;
import io.entente.core.message.Entry;
import io.entente.core.record.Payload;
import io.entente.core.record.RecordKey;
import io.entente.core.record.Sibling;
import io.entente.core.record.Siblings;
import io.entente.core.store.Scan;
import io.entente.core.store.StoreReader;
import io.entente.core.store.Table;
import io.entente.core.store.WriteBatch;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Every write that was ever put into a log, by its dot, with all that its origin had then. What a record must be follows from that and from a
 * version vector; none of it is asked of a replica.
 */
final class Register {

    private final OriginCodec origins = new OriginCodec(new OriginPool());
    private final EntryCodec entries = new EntryCodec(origins);
    private final Map<Dot, Write> writes = new HashMap<>();
    private final Map<RecordKey, List<Write>> ofKey = new LinkedHashMap<>();
    private final Map<Origin, VersionVector> pasts = new HashMap<>();
    private final Set<Dot> acknowledged = new TreeSet<>();

    /** A write, and what its origin had applied when it made it. */
    private record Write(Dot dot, RecordKey key, Payload payload, VersionVector past) {}

    /** A node puts these into its store. */
    void commits(WriteBatch batch) {
        batch.forEach(new WriteBatch.Visitor() {
            @Override
            public void put(Table table, Bytes key, Bytes value) {
                if (table == Table.LOG) {
                    enter(key, value);
                }
            }

            @Override
            public void delete(Table table, Bytes key) {}

            @Override
            public void deleteRange(Table table, Bytes from, Bytes to) {}
        });
    }

    /** Takes up what a store has that was written elsewhere. */
    void read(StoreReader store) {
        try (Scan scan = store.scan(Table.LOG, Bytes.empty(), Bytes.of((byte) 0xFF, (byte) 0xFF, (byte) 0xFF))) {
            while (scan.advance()) {
                enter(scan.key(), scan.value());
            }
        }
    }

    private void enter(Bytes key, Bytes value) {
        ByteReader in = new ByteReader(key);
        in.u16();
        Origin origin = origins.readOrigin(in);
        Entry entry = entries.decode(origin, in.i64(), value).entry();
        Write known = writes.get(entry.dot());
        if (known != null) {
            assertThat(entry.payload())
                    .as("a dot never names two writes: %s at %s and at %s", entry.dot(), known.key, entry.key())
                    .isEqualTo(known.payload);
            assertThat(entry.key()).as("the key of %s", entry.dot()).isEqualTo(known.key);
            return;
        }
        VersionVector past = pasts.getOrDefault(origin, VersionVector.empty())
                .join(entry.newDependencies())
                .join(VersionVector.of(origin, entry.dot().sequence()));
        pasts.put(origin, past);
        Write write = new Write(entry.dot(), entry.key(), entry.payload(), past);
        writes.put(entry.dot(), write);
        ofKey.computeIfAbsent(entry.key(), k -> new ArrayList<>()).add(write);
    }

    /** A client was told that its write is durable. */
    void acknowledge(Dot dot) {
        assertThat(writes).as("acknowledged and in a log").containsKey(dot);
        acknowledged.add(dot);
    }

    int acknowledged() {
        return acknowledged.size();
    }

    /** The only store that had these is gone: those that nobody else has are not asked for any more. */
    void forgiveAllBut(VersionVector elsewhere) {
        acknowledged.removeIf(dot -> !elsewhere.contains(dot));
    }

    /** No acknowledged write is beyond the vector. */
    void checkKept(String node, VersionVector vector) {
        List<Dot> lost =
                acknowledged.stream().filter(dot -> !vector.contains(dot)).toList();
        assertThat(lost).as("acknowledged writes that %s lacks", node).isEmpty();
    }

    /** What was read is what was written under its dot, and not superseded by what the reader has. */
    void checkServed(String node, RecordKey key, Siblings siblings) {
        for (Sibling version : siblings.versions()) {
            Write write = writes.get(version.dot());
            assertThat(write)
                    .as("%s serves %s of %s, which nobody wrote", node, version, key)
                    .isNotNull();
            assertThat(version.payload())
                    .as("%s serves %s under %s", node, key, version.dot())
                    .isEqualTo(write.payload);
            assertThat(key).isEqualTo(write.key);
        }
    }

    /** Every record at a node with that vector is what the writes make of it; deletions alone may be purged. */
    void checkRecords(String node, VersionVector vector, Map<RecordKey, Siblings> records) {
        for (RecordKey key : ofKey.keySet()) {
            Siblings found = records.getOrDefault(key, Siblings.none());
            checkServed(node, key, found);
            Map<Dot, Write> expected = expected(key, vector);
            boolean purged =
                    found.isEmpty() && expected.values().stream().allMatch(write -> write.payload.isDeletion());
            if (!purged) {
                assertThat(found.dots())
                        .as("%s at %s, which has %s", key, node, vector)
                        .containsExactlyInAnyOrderElementsOf(expected.keySet());
            }
        }
    }

    private Map<Dot, Write> expected(RecordKey key, VersionVector vector) {
        List<Write> there = ofKey.getOrDefault(key, List.of()).stream()
                .filter(write -> vector.contains(write.dot))
                .toList();
        Map<Dot, Write> maximal = new TreeMap<>();
        for (Write write : there) {
            boolean superseded =
                    there.stream().anyMatch(other -> !other.dot.equals(write.dot) && other.past.contains(write.dot));
            if (!superseded) {
                maximal.put(write.dot, write);
            }
        }
        return maximal;
    }
}
