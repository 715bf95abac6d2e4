package io.entente.core.store.rocksdb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.entente.core.bytes.Bytes;
import io.entente.core.store.Durability;
import io.entente.core.store.StoreContents;
import io.entente.core.store.StoreException;
import io.entente.core.store.Table;
import io.entente.core.store.WriteBatch;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** RocksDB's list of files: any bit of it that changed is found, an end that was broken off is not held against it. */
class ManifestFileTest {

    private static final Bytes KEY = StoreContents.bytes(1);

    @TempDir
    private Path directory;

    private Path file;
    private byte[] content;

    @BeforeEach
    void aDatabaseThatWasOpenedSomeTimes() throws IOException {
        for (int life = 0; life < 4; life++) {
            RocksStore store = open();
            WriteBatch batch = new WriteBatch();
            for (Table table : Table.values()) {
                batch.put(table, KEY, StoreContents.bytes(life));
            }
            store.commit(batch);
            store.abandon();
        }
        open().abandon();
        try (Stream<Path> files = Files.list(directory)) {
            file = files.filter(each -> each.getFileName().toString().startsWith("MANIFEST"))
                    .findFirst()
                    .orElseThrow();
        }
        content = Files.readAllBytes(file);
    }

    @Test
    void asRocksDbWroteItItIsWhole() throws IOException {
        assertThat(ManifestFile.damageIn(directory)).isEmpty();
        assertThat(content.length).isGreaterThan(500);
    }

    @Test
    void oneBitChangedIsFoundWhereverItIs() {
        for (int bit = 0; bit < 8 * content.length; bit++) {
            byte[] changed = content.clone();
            changed[bit / 8] ^= (byte) (1 << bit % 8);
            assertThat(new ManifestFile(changed).damage()).as("bit %s", bit).isPresent();
        }
    }

    @Test
    void anEndThatWasBrokenOffIsNoDamage() {
        for (int length = 0; length < content.length; length++) {
            assertThat(new ManifestFile(Arrays.copyOf(content, length)).damage())
                    .as("the first %s bytes", length)
                    .isEmpty();
        }
        assertThat(new ManifestFile(Arrays.copyOf(content, content.length + 100)).damage())
                .as("room at the end that was never written")
                .isEmpty();
    }

    /** RocksDB itself opens such a store, without the files that the rest of the list names. */
    @Test
    void aStoreWhoseListIsDamagedIsNotOpened() throws IOException {
        byte[] changed = content.clone();
        changed[5] ^= 0x40;
        Files.write(file, changed);

        assertThatExceptionOfType(StoreException.class)
                .isThrownBy(this::open)
                .withMessageContaining(file + " is damaged: the record at 0 goes beyond its end");
        assertThatExceptionOfType(StoreException.class)
                .isThrownBy(() -> RocksStore.headIn(directory))
                .withMessageContaining(file + " is damaged");
    }

    private RocksStore open() {
        return RocksStore.open(directory, RocksStoreSettings.of(Durability.OS));
    }
}
