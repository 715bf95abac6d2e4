package io.entente.core.replica;

import io.entente.conflict.version.Origin;
import io.entente.core.bytes.ByteReader;
import io.entente.core.bytes.ByteWriter;
import io.entente.core.bytes.Bytes;
import io.entente.core.codec.MembershipCodec;
import io.entente.core.codec.OriginCodec;
import io.entente.core.codec.StoreKeys;
import io.entente.core.message.Life;
import io.entente.core.message.Registration;
import io.entente.core.message.Retirement;
import io.entente.core.store.Scan;
import io.entente.core.store.StoreReader;
import io.entente.core.store.Table;
import io.entente.core.store.WriteBatch;
import java.util.Collections;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Consumer;

/**
 * What this replica has durably noted of membership: the latest life of each other node, the one in which it is admitted itself, who is
 * retired, and which origins are of members that came back.
 */
final class Registry {

    private final StoreKeys keys;
    private final String self;
    private final Registration registration;
    private final TreeMap<String, Life> noted = new TreeMap<>();
    private final TreeMap<String, Retirement> retired = new TreeMap<>();
    private final TreeMap<Origin, Long> opened = new TreeMap<>();
    private Optional<Life> admitted = Optional.empty();
    private long term;
    private Life life;

    private Registry(StoreKeys keys, String self, Registration registration) {
        this.keys = keys;
        this.self = self;
        this.registration = registration;
        this.life = Life.first(registration);
    }

    /** What the store has noted; {@code registration} names this replica's life where it is not admitted. */
    static Registry recover(
            StoreReader store, StoreKeys keys, OriginCodec origins, String self, Registration registration) {
        Registry registry = new Registry(keys, self, registration);
        each(
                store,
                keys.members(),
                scan -> registry.noted.put(
                        StoreKeys.metaTail(scan.key()).string(), MembershipCodec.life(scan.value())));
        each(
                store,
                keys.retirements(),
                scan -> registry.retired.put(
                        StoreKeys.metaTail(scan.key()).string(), MembershipCodec.retirement(scan.value())));
        each(
                store,
                keys.opened(),
                scan -> registry.opened.put(
                        origins.readOrigin(StoreKeys.metaTail(scan.key())), new ByteReader(scan.value()).varint()));
        registry.admitted = store.get(Table.META, keys.admission()).map(MembershipCodec::life);
        registry.term = store.get(Table.META, keys.beginning())
                .map(row -> new ByteReader(row).varint())
                .orElse(0L);
        registry.life = registry.admitted.orElse(registry.life.inTerm(registry.term));
        return registry;
    }

    private static void each(StoreReader store, Bytes prefix, Consumer<Scan> row) {
        try (Scan scan = store.scan(Table.META, prefix, StoreKeys.successor(prefix))) {
            while (scan.advance()) {
                row.accept(scan);
            }
        }
    }

    /** By node name, the latest life of each other node that was heard of. */
    SortedMap<String, Life> noted() {
        return Collections.unmodifiableSortedMap(noted);
    }

    /** The life in which this replica is admitted, if it is. */
    Optional<Life> admitted() {
        return admitted;
    }

    /** The life in which this replica reports. */
    Life life() {
        return life;
    }

    /** By node name, who is retired, as far as this replica knows. */
    SortedMap<String, Retirement> retired() {
        return Collections.unmodifiableSortedMap(retired);
    }

    /** The origins of members that came back after a retirement, and in which term. */
    SortedMap<Origin, Long> opened() {
        return Collections.unmodifiableSortedMap(opened);
    }

    /** The term in which the memory of this replica began. */
    long term() {
        return term;
    }

    /** The term that a retirement has ended, of a node that is retired. */
    long endedTerm(String node) {
        Retirement retirement = retired.get(node);
        if (retirement == null) {
            throw new IllegalArgumentException("node " + node + " is not retired");
        }
        return retirement.term();
    }

    /** Whether a retirement ended that term of the node. */
    boolean isRetired(String node, long itsTerm) {
        Retirement retirement = retired.get(node);
        return retirement != null && itsTerm <= retirement.term();
    }

    /** Whether the term is over in which this replica's memory began. */
    boolean isOwnTermOver() {
        return isRetired(self, term);
    }

    /** Whether the node is retired, as far as this replica knows, and hasn't asked to be admitted anew. */
    boolean isGone(String node) {
        Life latest = noted.get(node);
        return isRetired(node, node.equals(self) ? term : latest == null ? 0 : latest.term());
    }

    void note(String node, Life latest, WriteBatch batch) {
        noted.put(node, latest);
        batch.put(Table.META, keys.member(node), MembershipCodec.encode(latest));
    }

    /** Goes on in the same memory under another number. */
    void live(Life later) {
        life = later;
    }

    void admit(WriteBatch batch) {
        admitted = Optional.of(life);
        admit(keys, life, batch);
    }

    static void admit(StoreKeys keys, Life life, WriteBatch batch) {
        batch.put(Table.META, keys.admission(), MembershipCodec.encode(life));
    }

    /** This replica is not admitted any more, and begins a new life. */
    void revoke(WriteBatch batch) {
        life = Life.first(registration).inTerm(term);
        admitted = Optional.empty();
        batch.delete(Table.META, keys.admission());
    }

    void retire(String node, Retirement retirement, WriteBatch batch) {
        retired.put(node, retirement);
        batch.put(Table.META, keys.retirement(node), MembershipCodec.encode(retirement));
    }

    void open(Origin origin, long itsTerm, WriteBatch batch) {
        opened.put(origin, itsTerm);
        batch.put(Table.META, keys.opened(origin), varint(itsTerm));
    }

    /** This replica's memory, which is empty, begins in that term: its life is a new one. */
    void beginTerm(long later, WriteBatch batch) {
        term = later;
        life = life.inTerm(later);
        batch.put(Table.META, keys.beginning(), varint(later));
    }

    private static Bytes varint(long value) {
        return new ByteWriter(10).varint(value).toBytes();
    }
}
