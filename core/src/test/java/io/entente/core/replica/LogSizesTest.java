package io.entente.core.replica;

import static org.assertj.core.api.Assertions.assertThat;

import io.entente.conflict.version.Origin;
import io.entente.core.bytes.Bytes;
import io.entente.core.codec.StoreKeys;
import io.entente.core.store.Scan;
import io.entente.core.store.Table;
import io.entente.core.store.WriteBatch;
import io.entente.core.store.memory.MemoryStore;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** The bytes of logs are known, whatever was appended, truncated and started again. */
class LogSizesTest {

    private static final List<Origin> ORIGINS =
            List.of(new Origin("eu", "eu-1", 1, 1), new Origin("us", "us-1", 2, 2), new Origin("ap", "ap-1", 3, 3));
    private static final long KEPT = 64 << 10;
    private static final StoreKeys KEYS = new StoreKeys(5);

    private final MemoryStore store = new MemoryStore();
    private final Random random = new Random(7);
    private final long[] first = {1, 1, 1};
    private final long[] last = {0, 0, 0};
    private LogSizes sizes = new LogSizes(store, KEYS, KEPT);

    @Test
    void theyAreKnownWhateverHappensToTheLogs() {
        for (int step = 0; step < 3_000; step++) {
            int log = random.nextInt(ORIGINS.size());
            switch (random.nextInt(40)) {
                case 0 -> sizes = new LogSizes(store, KEYS, KEPT);
                case 1 -> truncate(log, first[log] + random.nextLong(last[log] - first[log] + 2));
                case 2 -> truncate(log, last[log] + 1 + random.nextInt(3));
                default -> append(log, 1 + random.nextInt(4));
            }
            requireKnown(log);
        }
    }

    @Test
    void aBeginningIsFoundByItsBytes() {
        append(0, 500);
        for (long wanted : new long[] {1, 100, 5_000, 60_000, actual(0)}) {
            long end = sizes.lastOf(ORIGINS.get(0), 1, wanted);
            assertThat(bytesUpTo(0, end)).isGreaterThanOrEqualTo(wanted);
            assertThat(bytesUpTo(0, end - 1)).isLessThan(wanted);
        }
        assertThat(sizes.lastOf(ORIGINS.get(0), 1, Long.MAX_VALUE / 2)).isEqualTo(500);
    }

    @Test
    void aNewStartReadsAMarksWorthAndNotTheWholeLog() {
        append(0, 5_000);
        CountedReads reads = new CountedReads(store, Table.LOG);
        LogSizes again = new LogSizes(reads, KEYS, KEPT);
        assertThat(again.bytes(ORIGINS.get(0), 1)).isEqualTo(actual(0));
        assertThat(reads.rows()).isLessThan(100);
    }

    private void append(int log, int entries) {
        WriteBatch batch = new WriteBatch();
        for (int i = 0; i < entries; i++) {
            Bytes entry = Bytes.wrap(new byte[1 + random.nextInt(300)]);
            Bytes key = KEYS.entry(ORIGINS.get(log), ++last[log]);
            sizes.appended(ORIGINS.get(log), first[log], last[log], LogSizes.bytesOf(key, entry), batch);
            batch.put(Table.LOG, key, entry);
        }
        store.commit(batch);
    }

    private void truncate(int log, long begin) {
        if (begin > first[log]) {
            WriteBatch batch = new WriteBatch();
            sizes.truncated(ORIGINS.get(log), first[log], begin, begin > last[log], batch);
            batch.deleteRange(Table.LOG, KEYS.entry(ORIGINS.get(log), first[log]), KEYS.entry(ORIGINS.get(log), begin));
            store.commit(batch);
            first[log] = begin;
            last[log] = Math.max(last[log], begin - 1);
        }
    }

    private void requireKnown(int log) {
        long said = sizes.bytes(ORIGINS.get(log), first[log]);
        assertThat(said).isBetween(actual(log), actual(log) + KEPT / 64 + 400);
    }

    private long actual(int log) {
        return bytesUpTo(log, Long.MAX_VALUE - 1);
    }

    private long bytesUpTo(int log, long sequence) {
        long bytes = 0;
        Origin origin = ORIGINS.get(log);
        try (Scan entries = store.scan(Table.LOG, KEYS.entry(origin, 0), KEYS.entry(origin, sequence + 1))) {
            while (entries.advance()) {
                bytes += LogSizes.bytesOf(entries.key(), entries.value());
            }
        }
        return bytes;
    }
}
