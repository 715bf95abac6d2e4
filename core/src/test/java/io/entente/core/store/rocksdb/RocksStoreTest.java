package io.entente.core.store.rocksdb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.entente.core.bytes.Bytes;
import io.entente.core.store.Durability;
import io.entente.core.store.Scan;
import io.entente.core.store.StoreContents;
import io.entente.core.store.StoreException;
import io.entente.core.store.StoreSnapshot;
import io.entente.core.store.Table;
import io.entente.core.store.WriteBatch;
import io.entente.core.store.memory.CommitFault;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What {@link RocksStore} promises beyond the contract of every store. */
class RocksStoreTest {

    private static final Bytes END = StoreContents.bytes(255);

    @TempDir
    private Path directory;

    @ParameterizedTest
    @EnumSource
    void aClosedStoreIsReopenedAsItWas(Durability durability) {
        RocksStore store = open(durability);
        store.commit(numbered(0, 50));
        store.commit(new WriteBatch().delete(Table.RECORD, key(7)).put(Table.JOURNAL, key(1), key(2)));
        store.close();

        RocksStore reopened = open(durability);
        assertThat(reopened.head()).isEqualTo(2);
        assertThat(StoreContents.all(reopened, Table.RECORD)).hasSize(49);
        assertThat(reopened.get(Table.RECORD, key(8))).contains(key(8));
        assertThat(reopened.get(Table.JOURNAL, key(1))).contains(key(2));
        reopened.close();
    }

    @ParameterizedTest
    @EnumSource
    void anAbandonedStoreKeepsWhatItsDurabilityPromises(Durability durability) {
        RocksStore store = open(durability);
        store.commit(numbered(0, 50));
        store.abandon();

        RocksStore reopened = open(durability);
        boolean promised = durability != Durability.MEMORY;
        assertThat(reopened.head()).isEqualTo(promised ? 1 : 0);
        assertThat(StoreContents.all(reopened, Table.RECORD)).hasSize(promised ? 50 : 0);
        reopened.close();
    }

    @Test
    void theHeadCountsTheCommitsOfAllOpenings() {
        for (int opening = 0; opening < 3; opening++) {
            RocksStore store = open(Durability.OS);
            assertThat(store.head()).isEqualTo(2L * opening);
            store.commit(new WriteBatch());
            store.commit(numbered(opening, 1));
            store.commit(numbered(opening, 1));
            store.close();
        }
    }

    @ParameterizedTest
    @EnumSource
    void aFailedBatchMayBeThereAfterTheNextOpening(CommitFault fault) {
        FaultyWriter writer = new FaultyWriter();
        RocksStore store = writer.open(directory.resolve("store"), RocksStoreSettings.of(Durability.OS));
        store.commit(numbered(0, 1));
        writer.failNext(fault);
        assertThatExceptionOfType(StoreException.class)
                .isThrownBy(() -> store.commit(numbered(1, 1)))
                .withMessageContaining("the device says no")
                .withMessageContaining(directory.toString());
        assertThat(store.isFenced()).isTrue();
        assertThat(store.head()).isEqualTo(1);
        store.close();

        RocksStore reopened = open(Durability.OS);
        boolean kept = fault == CommitFault.KEEPS_THE_BATCH;
        assertThat(reopened.head()).isEqualTo(kept ? 2 : 1);
        assertThat(reopened.get(Table.RECORD, key(1)).isPresent()).isEqualTo(kept);
        reopened.close();
    }

    @Test
    void aSecondOpeningIsRefused() {
        try (RocksStore first = open(Durability.OS)) {
            assertThatExceptionOfType(StoreException.class)
                    .isThrownBy(() -> open(Durability.OS))
                    .withMessageContaining("could not be opened");
            first.commit(numbered(0, 1));
        }
    }

    @Test
    void aDamagedTableFileIsNeverReadAsData() throws IOException {
        RocksStore store = open(Durability.MEMORY);
        store.commit(numbered(0, 2000));
        store.close();
        Path records = largestTableFile();
        byte[] content = Files.readAllBytes(records);
        content[content.length / 4] ^= 1;
        Files.write(records, content);

        try (RocksStore reopened = open(Durability.MEMORY)) {
            assertThatExceptionOfType(StoreException.class)
                    .isThrownBy(() -> StoreContents.all(reopened, Table.RECORD))
                    .withMessageContaining("could not be read");
        }
    }

    @Test
    void commitsOfManyThreadsAllHaveTheirNumber() throws Exception {
        int threads = 4;
        int commitsEach = 200;
        ExecutorService pool = Executors.newFixedThreadPool(threads);
        try (RocksStore store = open(Durability.OS)) {
            List<Future<?>> running = new ArrayList<>();
            for (int thread = 0; thread < threads; thread++) {
                int first = thread * commitsEach;
                running.add(pool.submit(() -> {
                    for (int i = 0; i < commitsEach; i++) {
                        store.commit(numbered(first + i, 1));
                    }
                }));
            }
            for (Future<?> one : running) {
                one.get();
            }
            assertThat(store.head()).isEqualTo((long) threads * commitsEach);
            assertThat(StoreContents.all(store, Table.RECORD)).hasSize(threads * commitsEach);
        } finally {
            pool.shutdownNow();
        }
    }

    @Test
    void closingUnderReadersEndsThemWithAnExceptionAndNotTheProcess() throws Exception {
        ExecutorService pool = Executors.newCachedThreadPool();
        try {
            for (int round = 0; round < 5; round++) {
                RocksStore store = open(Durability.OS);
                store.commit(numbered(0, 500));
                List<Runnable> endless = List.of(
                        () -> store.get(Table.RECORD, key(3)),
                        () -> StoreContents.all(store, Table.RECORD),
                        () -> readSnapshot(store),
                        () -> store.commit(numbered(1000, 1)));
                CountDownLatch busy = new CountDownLatch(endless.size());
                List<Future<?>> running = new ArrayList<>();
                endless.forEach(task -> running.add(pool.submit(() -> repeat(task, busy))));
                busy.await();
                store.close();
                for (Future<?> one : running) {
                    assertThatExceptionOfType(ExecutionException.class)
                            .isThrownBy(one::get)
                            .withCauseInstanceOf(IllegalStateException.class);
                }
            }
        } finally {
            pool.shutdownNow();
        }
    }

    @Test
    void sizesThatDoNotFitTogetherAreRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new RocksStoreSettings(Durability.OS, 1, 1 << 20, 1 << 20, 1 << 20, 64, 1))
                .withMessageContaining("blockCacheBytes");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new RocksStoreSettings(Durability.OS, 1 << 20, 1 << 22, 1 << 20, 1 << 20, 64, 1))
                .withMessageContaining("totalWriteBufferBytes");
    }

    private RocksStore open(Durability durability) {
        return RocksStore.open(directory.resolve("store"), RocksStoreSettings.of(durability));
    }

    private Path largestTableFile() throws IOException {
        try (Stream<Path> files = Files.list(directory.resolve("store"))) {
            return files.filter(file -> file.toString().endsWith(".sst"))
                    .max(Comparator.comparingLong(file -> file.toFile().length()))
                    .orElseThrow();
        }
    }

    private static void readSnapshot(RocksStore store) {
        try (StoreSnapshot snapshot = store.snapshot();
                Scan scan = snapshot.scan(Table.RECORD, Bytes.empty(), END)) {
            while (scan.advance()) {
                assertThat(snapshot.get(Table.RECORD, scan.key())).isPresent();
            }
        }
    }

    private static void repeat(Runnable task, CountDownLatch busy) {
        task.run();
        busy.countDown();
        while (!Thread.currentThread().isInterrupted()) {
            task.run();
        }
    }

    private static WriteBatch numbered(int first, int count) {
        WriteBatch batch = new WriteBatch();
        for (int i = first; i < first + count; i++) {
            batch.put(Table.RECORD, key(i), key(i));
        }
        return batch;
    }

    private static Bytes key(int number) {
        return Bytes.utf8(String.format("%08d", number));
    }
}
