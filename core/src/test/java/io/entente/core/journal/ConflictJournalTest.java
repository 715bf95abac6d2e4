package io.entente.core.journal;

import static org.assertj.core.api.Assertions.assertThat;

import io.entente.conflict.clock.HybridTimestamp;
import io.entente.conflict.version.Dot;
import io.entente.conflict.version.Origin;
import io.entente.core.bytes.Bytes;
import io.entente.core.codec.OriginCodec;
import io.entente.core.codec.OriginPool;
import io.entente.core.codec.StoreKeys;
import io.entente.core.record.Payload;
import io.entente.core.record.RecordKey;
import io.entente.core.record.Sibling;
import io.entente.core.record.Siblings;
import io.entente.core.store.Scan;
import io.entente.core.store.StoreReader;
import io.entente.core.store.Table;
import io.entente.core.store.WriteBatch;
import io.entente.core.store.memory.MemoryStore;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** What a journal keeps, and what it costs. */
class ConflictJournalTest {

    private static final Origin EU = new Origin("eu", "eu-1", 1, 1);
    private static final Origin US = new Origin("us", "us-1", 2, 2);
    private static final JournalLimits WIDE = new JournalLimits(1_000, 1 << 20, 1_000, 1 << 10);
    private static final long NOON = 1_800_000_000_000L;

    private final MemoryStore store = new MemoryStore();
    private long sequence;

    @Test
    void aConflictIsThereAsSoonAsItsBatchIs() {
        JournaledConflict added = journal(WIDE).add("k", 10);
        assertThat(all()).containsExactly(added);
        assertThat(added.siblings()).extracting(JournaledVersion::length).containsExactly(10, 10);
        assertThat(added.record()).isPresent();
    }

    @Test
    void theOldestGoFirstOnceThereAreTooMany() {
        Written journal = journal(new JournalLimits(3, 1 << 20, 1_000, 1 << 10));
        for (int i = 0; i < 10; i++) {
            journal.add("k" + i, 10);
        }
        assertThat(all()).extracting(conflict -> conflict.key().key()).containsExactly("k7", "k8", "k9");
        assertThat(reader().of(new RecordKey("map", "k1"))).isEmpty();
        assertThat(store.get(Table.JOURNAL, new StoreKeys(0).conflictsOf(new RecordKey("map", "k1"))))
                .isEmpty();
    }

    @Test
    void theOldestGoFirstOnceTheyAreTooLarge() {
        Written journal = journal(new JournalLimits(1_000, 2_000, 1_000, 1 << 10));
        for (int i = 0; i < 20; i++) {
            journal.add("k" + i, 200);
        }
        assertThat(reader().state().bytes()).isBetween(1_000L, 2_000L);
        assertThat(all().get(all().size() - 1).key().key()).isEqualTo("k19");
    }

    @Test
    void aConflictThatIsTooLargeByItselfIsKeptAlone() {
        Written journal = journal(new JournalLimits(1_000, 100, 1_000, 1 << 10));
        journal.add("k1", 10);
        journal.add("k2", 500);
        assertThat(all()).extracting(conflict -> conflict.key().key()).containsExactly("k2");
    }

    @Test
    void aKeyThatIsInConflictAllTheTimePushesOutNobodyElse() {
        Written journal = journal(new JournalLimits(20, 1 << 20, 4, 1 << 10));
        journal.add("quiet", 10);
        for (int i = 0; i < 1_000; i++) {
            journal.add("hot", 10);
        }
        assertThat(all())
                .extracting(conflict -> conflict.key().key())
                .containsExactly("quiet", "hot", "hot", "hot", "hot");
    }

    @Test
    void valuesAreKeptAsLongAsThereIsRoomAndDotsAlways() {
        JournaledConflict added =
                journal(new JournalLimits(10, 1 << 20, 10, 100)).add("k", 60);
        JournaledConflict read = all().get(0);
        assertThat(read).isEqualTo(added);
        assertThat(read.siblings().get(0).payload()).isPresent();
        assertThat(read.siblings().get(1).payload()).isEmpty();
        assertThat(read.siblings().get(1).length()).isEqualTo(60);
        assertThat(read.record()).isEmpty();
        assertThat(read.id()).isEqualTo(ConflictId.of(read.key(), read.dots()));
    }

    @Test
    void positionsRiseWhateverTheClockDoes() {
        Written journal = journal(WIDE);
        long last = 0;
        for (long millis : new long[] {NOON, NOON, NOON - 3_600_000, Long.MIN_VALUE, Long.MAX_VALUE, NOON}) {
            long position = journal.addAt("k", 1, millis).position();
            assertThat(position).isGreaterThan(last);
            last = position;
        }
    }

    @Test
    void positionsAreThoseOfTheTimeSoThatJournalsCanBeReadAsOne() {
        long first = journal(WIDE).addAt("k", 1, NOON).position();
        long later = journal(WIDE).addAt("k", 1, NOON + 1).position();
        assertThat(later - first).isEqualTo(1 << 16);
    }

    @Test
    void whoHasReadUpToTheDroppedOnesHasMissedNothing() {
        Written journal = journal(new JournalLimits(2, 1 << 20, 10, 100));
        long first = journal.add("k1", 1).position();
        journal.add("k2", 1);
        assertThat(reader().state().dropped()).isZero();
        journal.add("k3", 1);
        assertThat(reader().state().dropped()).isEqualTo(first);
    }

    /** Restarts, steps of several conflicts, tiny bounds: the journal is what a list would be. */
    @Test
    void itHoldsWhatAListWouldHoldOverAnyNumberOfRestarts() {
        for (long seed = 1; seed <= 200; seed++) {
            new RandomHistory(seed).play();
        }
    }

    /** Reads don't grow with the journal: a conflict in a full one takes the same as in a nearly empty one. */
    @Test
    void aConflictCostsTheSameInALargeJournal() {
        assertThat(readsOfOneMore(5_000)).isEqualTo(readsOfOneMore(50)).isLessThanOrEqualTo(6);
    }

    @Test
    void aJournalThatDoesNotSayHowFullItIsIsCountedOnce() {
        Written journal = journal(new JournalLimits(3, 1 << 20, 10, 100));
        for (int i = 0; i < 3; i++) {
            journal.add("k" + i, 1);
        }
        store.commit(new WriteBatch().put(Table.JOURNAL, new StoreKeys(0).journalState(), Bytes.utf8("nonsense")));
        assertThat(reader().state().conflicts()).isEqualTo(3);
        journal(new JournalLimits(3, 1 << 20, 10, 100)).add("k3", 1);
        assertThat(all()).extracting(conflict -> conflict.key().key()).containsExactly("k1", "k2", "k3");
    }

    @Test
    void rowsThatCannotBeReadStopNothingAndGoInTheirTurn() {
        Written journal = journal(new JournalLimits(3, 1 << 20, 2, 100));
        JournaledConflict first = journal.add("k", 1);
        journal.add("k", 1);
        StoreKeys keys = new StoreKeys(0);
        store.commit(new WriteBatch()
                .put(Table.JOURNAL, keys.conflict(first.position()), Bytes.utf8("nonsense"))
                .put(Table.JOURNAL, keys.conflictsOf(first.key()), Bytes.utf8("nonsense")));
        assertThat(all()).hasSize(1);
        for (int i = 0; i < 10; i++) {
            journal.add("k", 1);
        }
        assertThat(all()).hasSizeLessThanOrEqualTo(3);
        assertThat(reader().of(first.key())).hasSize(2);
    }

    private int readsOfOneMore(int size) {
        JournalLimits limits = new JournalLimits(size, 1 << 30, 4, 100);
        MemoryStore content = new MemoryStore();
        CountingReader counted = new CountingReader(content);
        ConflictJournal journal = recovered(counted, limits);
        for (int i = 0; i <= size; i++) {
            counted.reads = 0;
            journal.add(new RecordKey("map", "k" + i), siblings(10), Optional.empty(), NOON + i);
            WriteBatch batch = new WriteBatch();
            journal.flush(batch);
            content.commit(batch);
        }
        return counted.reads;
    }

    private List<JournaledConflict> all() {
        List<JournaledConflict> all = new ArrayList<>();
        try (JournalReader.Cursor cursor = reader().after(0)) {
            while (cursor.advance()) {
                all.add(cursor.conflict());
            }
        }
        return all;
    }

    private JournalReader reader() {
        return new JournalReader(store, 0);
    }

    private Written journal(JournalLimits limits) {
        return new Written(recovered(store, limits));
    }

    private static ConflictJournal recovered(StoreReader from, JournalLimits limits) {
        return ConflictJournal.recover(from, new StoreKeys(0), new OriginCodec(new OriginPool()), limits);
    }

    private Siblings siblings(int length) {
        Payload payload = Payload.value(Bytes.utf8("x".repeat(length)));
        HybridTimestamp time = new HybridTimestamp(NOON, 0);
        sequence++;
        return Siblings.of(
                new Sibling(new Dot(EU, sequence), time, payload), new Sibling(new Dot(US, sequence), time, payload));
    }

    /** A journal whose every conflict is committed at once. */
    private final class Written {

        private final ConflictJournal journal;

        private Written(ConflictJournal journal) {
            this.journal = journal;
        }

        private JournaledConflict add(String key, int length) {
            return addAt(key, length, NOON + sequence);
        }

        private JournaledConflict addAt(String key, int length, long millis) {
            JournaledConflict added =
                    journal.add(new RecordKey("map", key), siblings(length), Optional.empty(), millis);
            WriteBatch batch = new WriteBatch();
            journal.flush(batch);
            store.commit(batch);
            return added;
        }
    }

    private final class RandomHistory {

        private final SplittableRandom random;
        private final JournalLimits limits;
        private final MemoryStore content = new MemoryStore();
        private final List<JournaledConflict> expected = new ArrayList<>();
        private final JournalCodec codec = new JournalCodec(new OriginCodec(new OriginPool()));

        private RandomHistory(long seed) {
            random = new SplittableRandom(seed);
            limits = new JournalLimits(
                    random.nextInt(1, 12), random.nextInt(1, 2_000), random.nextInt(1, 5), random.nextInt(40));
        }

        private void play() {
            ConflictJournal journal = recovered(content, limits);
            for (int step = 0; step < 60; step++) {
                if (random.nextInt(8) == 0) {
                    journal = recovered(content, limits);
                }
                for (int left = random.nextInt(4); left > 0; left--) {
                    add(journal);
                }
                WriteBatch batch = new WriteBatch();
                journal.flush(batch);
                content.commit(batch);
                compare();
            }
        }

        private void add(ConflictJournal journal) {
            RecordKey key = new RecordKey("map", "k" + random.nextInt(4));
            long millis = NOON + random.nextInt(-3, 4);
            expected.add(journal.add(key, siblings(random.nextInt(60)), Optional.empty(), millis));
            while (of(key).size() > limits.conflictsOfAKey()) {
                expected.remove(of(key).get(0));
            }
            while (expected.size() > limits.conflicts() || (expected.size() > 1 && bytes() > limits.bytes())) {
                expected.remove(0);
            }
        }

        private List<JournaledConflict> of(RecordKey key) {
            return expected.stream()
                    .filter(conflict -> conflict.key().equals(key))
                    .toList();
        }

        private long bytes() {
            return expected.stream()
                    .mapToLong(conflict -> codec.encode(conflict).length())
                    .sum();
        }

        private void compare() {
            JournalReader reader = new JournalReader(content, 0);
            List<JournaledConflict> found = new ArrayList<>();
            try (JournalReader.Cursor cursor = reader.after(0)) {
                while (cursor.advance()) {
                    found.add(cursor.conflict());
                }
            }
            assertThat(found).isEqualTo(expected);
            assertThat(reader.state().conflicts()).isEqualTo(expected.size());
            assertThat(reader.state().bytes()).isEqualTo(bytes());
            for (int i = 0; i < 4; i++) {
                RecordKey key = new RecordKey("map", "k" + i);
                assertThat(reader.of(key)).isEqualTo(of(key));
            }
        }
    }

    /** Counts the reads, and each row that a scan passes. */
    private static final class CountingReader implements StoreReader {

        private final StoreReader counted;
        private int reads;

        private CountingReader(StoreReader counted) {
            this.counted = counted;
        }

        @Override
        public Optional<Bytes> get(Table table, Bytes key) {
            reads++;
            return counted.get(table, key);
        }

        @Override
        public Scan scan(Table table, Bytes fromInclusive, Bytes toExclusive) {
            Scan scan = counted.scan(table, fromInclusive, toExclusive);
            return new Scan() {
                @Override
                public boolean advance() {
                    reads++;
                    return scan.advance();
                }

                @Override
                public Bytes key() {
                    return scan.key();
                }

                @Override
                public Bytes value() {
                    return scan.value();
                }

                @Override
                public void close() {
                    scan.close();
                }
            };
        }
    }
}
