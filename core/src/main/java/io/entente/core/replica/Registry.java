package io.entente.core.replica;

import io.entente.core.bytes.ByteReader;
import io.entente.core.bytes.ByteWriter;
import io.entente.core.bytes.Bytes;
import io.entente.core.codec.StoreKeys;
import io.entente.core.message.Life;
import io.entente.core.message.Registration;
import io.entente.core.store.Scan;
import io.entente.core.store.StoreReader;
import io.entente.core.store.Table;
import io.entente.core.store.WriteBatch;
import java.util.Collections;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/** The lives this replica has durably noted: the latest of each other node, and the one in which it is admitted itself. */
final class Registry {

    private final StoreKeys keys;
    private final TreeMap<String, Life> noted = new TreeMap<>();
    private Optional<Life> admitted = Optional.empty();

    private Registry(StoreKeys keys) {
        this.keys = keys;
    }

    static Registry recover(StoreReader store, StoreKeys keys) {
        Registry registry = new Registry(keys);
        try (Scan scan = store.scan(Table.META, keys.members(), StoreKeys.successor(keys.members()))) {
            while (scan.advance()) {
                registry.noted.put(StoreKeys.metaTail(scan.key()).string(), decode(scan.value()));
            }
        }
        registry.admitted = store.get(Table.META, keys.admission()).map(Registry::decode);
        return registry;
    }

    /** By node name, the latest life of each other node that was heard of. */
    SortedMap<String, Life> noted() {
        return Collections.unmodifiableSortedMap(noted);
    }

    /** The life in which this replica is admitted, if it is. */
    Optional<Life> admitted() {
        return admitted;
    }

    void note(String node, Life life, WriteBatch batch) {
        noted.put(node, life);
        batch.put(Table.META, keys.member(node), encode(life));
    }

    void admit(Life life, WriteBatch batch) {
        admitted = Optional.of(life);
        admit(keys, life, batch);
    }

    static void admit(StoreKeys keys, Life life, WriteBatch batch) {
        batch.put(Table.META, keys.admission(), encode(life));
    }

    void revoke(WriteBatch batch) {
        admitted = Optional.empty();
        batch.delete(Table.META, keys.admission());
    }

    private static Bytes encode(Life life) {
        Registration registration = life.registration();
        return new ByteWriter(26)
                .varint(life.number())
                .i64(registration.high())
                .i64(registration.low())
                .toBytes();
    }

    private static Life decode(Bytes encoded) {
        ByteReader in = new ByteReader(encoded);
        return new Life(in.varint(), new Registration(in.i64(), in.i64()));
    }
}
