package io.entente.core.replica;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.entente.conflict.version.Origin;
import io.entente.conflict.version.VersionVector;
import io.entente.core.bytes.Bytes;
import io.entente.core.codec.OriginCodec;
import io.entente.core.codec.OriginPool;
import io.entente.core.codec.StoreKeys;
import io.entente.core.codec.UnsupportedFormatException;
import io.entente.core.golden.GoldenFiles;
import io.entente.core.golden.GoldenFiles.Golden;
import io.entente.core.message.Life;
import io.entente.core.message.NodeId;
import io.entente.core.message.Registration;
import io.entente.core.message.SnapshotPosition;
import io.entente.core.store.Table;
import io.entente.core.store.WriteBatch;
import io.entente.core.store.memory.MemoryStore;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What a replica notes of itself and others: its bytes are those of the golden files. */
class GoldenStateTest {

    private static final GoldenFiles FILES = new GoldenFiles("replica");
    private static final StoreKeys KEYS = new StoreKeys(0);
    private static final Origin EU = new Origin("eu", "eu-1", 0x0102_0304_0506L, 0x1112_1314_1516_1718L);

    static List<Golden> goldens() {
        Life life = new Life(3, new Registration(0x3132L, 0x3334L));
        WriteBatch admission = new WriteBatch();
        Registry.admit(KEYS, life, admission);
        return List.of(
                joining(
                        "joining-fetching",
                        new Joining.Fetching(
                                new NodeId("eu", "eu-1"), new SnapshotPosition(3, 4, Bytes.utf8("row"), 0, 9))),
                joining("joining-merging", new Joining.Merging(Bytes.utf8("row"), 7, 300)),
                new Golden(
                        "admission",
                        life,
                        written(admission, KEYS.admission()),
                        bytes -> Registry.recover(
                                        store(KEYS.admission(), bytes),
                                        KEYS,
                                        new OriginCodec(new OriginPool()),
                                        "eu-1",
                                        life.registration())
                                .admitted()
                                .orElseThrow()),
                vector());
    }

    private static Golden joining(String name, Joining joining) {
        WriteBatch batch = new WriteBatch();
        joining.write(KEYS, batch);
        return new Golden(
                name,
                joining,
                written(batch, KEYS.joining()),
                bytes -> Joining.recover(store(KEYS.joining(), bytes), KEYS));
    }

    private static Golden vector() {
        VersionVector vector = VersionVector.of(EU, 300);
        OriginCodec origins = new OriginCodec(new OriginPool());
        return new Golden(
                "vector-component",
                vector,
                new io.entente.core.bytes.ByteWriter().varint(300).toBytes(),
                bytes -> AppliedState.recover(store(KEYS.vector(EU), bytes), KEYS, origins)
                        .vector());
    }

    private static Bytes written(WriteBatch batch, Bytes key) {
        MemoryStore store = new MemoryStore();
        store.commit(batch);
        return store.get(Table.META, key).orElseThrow();
    }

    private static MemoryStore store(Bytes key, Bytes value) {
        MemoryStore store = new MemoryStore();
        store.commit(new WriteBatch().put(Table.META, key, value));
        return store;
    }

    @ParameterizedTest
    @MethodSource("goldens")
    void theBytesAreThoseOfTheGoldenFile(Golden golden) {
        FILES.check(golden);
    }

    @Test
    void everyGoldenFileIsOfAFormatThatIsRead() {
        FILES.checkComplete(goldens());
    }

    @Test
    void aSnapshotsProgressInALaterFormIsRefusedWithARemedy() {
        MemoryStore later = store(KEYS.joining(), Bytes.of((byte) 3));
        assertThatThrownBy(() -> Joining.recover(later, KEYS))
                .isInstanceOf(UnsupportedFormatException.class)
                .hasMessageMatching(".* is 3, and this version of Entente knows forms 1 and 2: run a version .*");
    }
}
