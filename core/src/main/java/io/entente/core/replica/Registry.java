package io.entente.core.replica;

import io.entente.core.bytes.ByteReader;
import io.entente.core.bytes.ByteWriter;
import io.entente.core.bytes.Bytes;
import io.entente.core.codec.StoreKeys;
import io.entente.core.message.Registration;
import io.entente.core.store.Scan;
import io.entente.core.store.StoreReader;
import io.entente.core.store.Table;
import io.entente.core.store.WriteBatch;
import java.util.Collections;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/** The registrations this replica has durably noted: those of other nodes, and the one under which it is admitted itself. */
final class Registry {

    private final StoreKeys keys;
    private final TreeMap<String, Registration> noted = new TreeMap<>();
    private Optional<Registration> admitted = Optional.empty();

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

    SortedMap<String, Registration> noted() {
        return Collections.unmodifiableSortedMap(noted);
    }

    Optional<Registration> admitted() {
        return admitted;
    }

    void note(String node, Registration registration, WriteBatch batch) {
        if (!registration.equals(noted.put(node, registration))) {
            batch.put(Table.META, keys.member(node), encode(registration));
        }
    }

    void admit(Registration registration, WriteBatch batch) {
        admitted = Optional.of(registration);
        admit(keys, registration, batch);
    }

    static void admit(StoreKeys keys, Registration registration, WriteBatch batch) {
        batch.put(Table.META, keys.admission(), encode(registration));
    }

    void revoke(WriteBatch batch) {
        admitted = Optional.empty();
        batch.delete(Table.META, keys.admission());
    }

    private static Bytes encode(Registration registration) {
        return new ByteWriter(16)
                .i64(registration.high())
                .i64(registration.low())
                .toBytes();
    }

    private static Registration decode(Bytes encoded) {
        ByteReader in = new ByteReader(encoded);
        return new Registration(in.i64(), in.i64());
    }
}
