package io.entente.cluster.retirement;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.entente.cluster.retirement.LostWrites.Listing;
import io.entente.cluster.retirement.LostWrites.WritingBack;
import io.entente.conflict.clock.HybridTimestamp;
import io.entente.conflict.version.CausalContext;
import io.entente.conflict.version.Dot;
import io.entente.conflict.version.Origin;
import io.entente.conflict.version.VersionVector;
import io.entente.core.bytes.Bytes;
import io.entente.core.codec.OriginCodec;
import io.entente.core.codec.OriginPool;
import io.entente.core.codec.SiblingsCodec;
import io.entente.core.codec.StoreKeys;
import io.entente.core.effect.Reply;
import io.entente.core.effect.Reply.Refusal;
import io.entente.core.record.Payload;
import io.entente.core.record.RecordKey;
import io.entente.core.record.Sibling;
import io.entente.core.record.Siblings;
import io.entente.core.store.Durability;
import io.entente.core.store.Store;
import io.entente.core.store.StoreException;
import io.entente.core.store.Table;
import io.entente.core.store.WriteBatch;
import io.entente.core.store.directory.AsideStores;
import io.entente.core.store.memory.MemoryStore;
import io.entente.core.store.rocksdb.RocksEngine;
import io.entente.core.store.rocksdb.RocksStore;
import io.entente.core.store.rocksdb.RocksStoreSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Which of the writes put aside are listed, and what becomes of them. */
class LostWritesTest {

    private static final RocksStoreSettings OPTIONS = RocksStoreSettings.of(Durability.MEMORY);
    private static final Origin MINE = new Origin("eu", "eu-1", 1, 1);
    private static final Origin ANOTHERS = new Origin("eu", "eu-2", 2, 2);
    private static final Origin LATER = new Origin("eu", "eu-1", 3, 3);
    private static final SalvageScope OWN = SalvageScope.own();

    @TempDir
    Path directory;

    private final MemoryStore present = new MemoryStore();
    private final SortedMap<Integer, VersionVector> known =
            new TreeMap<>(Map.of(0, VersionVector.empty(), 1, VersionVector.empty()));

    @Test
    void ofSeveralThatWereRetiredTogetherEachOffersWhatItAcceptedItself() throws IOException {
        aside(1, put(0, "mine", MINE, 1, "a"), put(0, "another's", ANOTHERS, 1, "b"));
        assertThat(keys(OWN)).containsExactly("mine");
        assertThat(keys(OWN.of("eu-2"))).containsExactly("another's");
        assertThat(keys(OWN.of("eu-3"))).isEmpty();
    }

    @Test
    void whatWasWrittenBackIsNotOfferedAgainAfterAnotherRetirement() throws IOException {
        aside(1, put(0, "first", MINE, 1, "a"), put(1, "second", MINE, 1, "b"));
        aside(2, done(0, MINE, 1), put(0, "first", LATER, 1, "a, anew"));
        assertThat(found(OWN, 10).writes())
                .extracting(lost -> lost.partition() + " " + lost.write().dot())
                .containsExactly("1 " + new Dot(MINE, 1), "0 " + new Dot(LATER, 1));
        present.commit(done(1, MINE, 1));
        assertThat(keys(OWN)).containsExactly("first");
    }

    @Test
    void whatIsNotAskedForTakesNoPlace() throws IOException {
        aside(1, put(0, "a", ANOTHERS, 1, "x"), put(0, "b", MINE, 1, "x"), put(0, "c", MINE, 2, "x"));
        LostWritesPage page = found(OWN, 1);
        assertThat(page.writes()).extracting(lost -> lost.write().key().key()).containsExactly("b");
        assertThat(page.more()).isTrue();
        assertThat(found(OWN, 2).more()).isFalse();
        assertThat(keys(new SalvageScope(Optional.of("m"), Optional.of("c"), Optional.empty())))
                .containsExactly("c");
        assertThat(keys(new SalvageScope(Optional.of("another"), Optional.empty(), Optional.empty())))
                .isEmpty();
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new SalvageScope(Optional.empty(), Optional.of("c"), Optional.empty()));
    }

    @Test
    void aPageHasBoundedBytesAndAtLeastOneWrite() throws IOException {
        String large = "x".repeat(LostWrites.PAGE_BYTES / 2);
        aside(1, put(0, "a", MINE, 1, large + large + large), put(0, "b", MINE, 2, large), put(0, "c", MINE, 3, large));
        assertThat(found(OWN, 10).writes()).hasSize(1);
        assertThat(found(OWN, 10).more()).isTrue();
        present.commit(done(0, MINE, 1));
        assertThat(found(OWN, 10).writes()).hasSize(2);
        assertThat(found(OWN, 10).more()).isFalse();
    }

    @Test
    void aRefusedWriteKeepsBackNoOtherAndDotsOfSeveralPartitionsAreNotMixedUp() throws IOException {
        aside(1, put(0, "no", MINE, 1, "x"), put(0, "yes", MINE, 2, "x"), put(1, "yes", MINE, 1, "x"));
        WritingBack writing = writeBack(Refusal.TOO_MANY_SIBLINGS);
        assertThat(writing.outcome().refused()).containsExactly(new SalvageOutcome.Refused(0, new Dot(MINE, 1), "no"));
        assertThat(writing.outcome().written())
                .containsExactly(
                        new SalvageOutcome.Written(0, new Dot(MINE, 2), new Dot(LATER, 2)),
                        new SalvageOutcome.Written(1, new Dot(MINE, 1), new Dot(LATER, 1)));
        assertThat(writing.outcome().left()).isEqualTo(1);
    }

    @Test
    void whatANodeThatTakesNoWritesHasIsCountedAndNotTried() throws IOException {
        aside(1, put(0, "no", MINE, 1, "x"), put(0, "yes", MINE, 2, "x"), put(1, "yes", MINE, 1, "x"));
        WritingBack writing = writeBack(Refusal.OVERLOADED);
        assertThat(writing.outcome().refused()).hasSize(1);
        assertThat(writing.outcome().written()).isEmpty();
        assertThat(writing.outcome().left()).isEqualTo(3);
    }

    @Test
    void twoDoNotReadAtOnce() {
        LostWrites writes = new LostWrites("eu-1", source(), Runnable::run);
        writes.alone(stores -> assertThatIllegalStateException()
                .isThrownBy(() -> writes.alone(others -> {}))
                .withMessageContaining("ask again"));
        List<String> after = new ArrayList<>();
        writes.alone(stores -> after.add("read"));
        assertThat(after).containsExactly("read");
    }

    @Test
    void whereThereIsNoStoreNoneIsMade() throws IOException {
        aside(1, put(0, "a", MINE, 1, "x"));
        Path stray = Files.createDirectory(directory.resolve("aside/99"));
        assertThatExceptionOfType(StoreException.class)
                .isThrownBy(() -> keys(OWN))
                .withMessageContaining(stray + " holds no store. ")
                .withMessageContaining("move it out of " + stray.getParent());
        assertThat(stray).isEmptyDirectory();
        Files.delete(stray);
        assertThat(keys(OWN)).containsExactly("a");
        Files.delete(directory.resolve("aside/1/CURRENT"));
        assertThatExceptionOfType(StoreException.class)
                .isThrownBy(() -> keys(OWN))
                .withMessageContaining("aside/1 holds no store");
        assertThat(directory.resolve("aside/1/CURRENT")).doesNotExist();
    }

    @Test
    void whatIsDamagedIsNamedWithTheRemedy() throws IOException {
        aside(1, put(0, "a", MINE, 1, "x"));
        Path store = directory.resolve("aside/1");
        try (Stream<Path> files = Files.list(store)) {
            for (Path table :
                    files.filter(file -> file.toString().endsWith(".sst")).toList()) {
                byte[] bytes = Files.readAllBytes(table);
                bytes[0] ^= 1;
                Files.write(table, bytes);
            }
        }
        assertThatExceptionOfType(StoreException.class)
                .isThrownBy(() -> keys(OWN))
                .withMessageContaining(
                        "While " + store + " is what can't be read, put a whole copy of it in its place");
    }

    @Test
    void aNodeThatNobodyKnowsIsNotAskedFor() throws IOException {
        known.put(1, VersionVector.of(Map.of(ANOTHERS, 1L)));
        aside(1, put(0, "a", MINE, 1, "x"));
        try (AsideReading stores = new AsideReading(source())) {
            stores.requireWriter(known, OWN, "eu-1");
            stores.requireWriter(known, OWN.of("eu-2"), "eu-1");
            for (String nobody : List.of("nobody", "")) {
                assertThatIllegalArgumentException()
                        .isThrownBy(() -> stores.requireWriter(known, OWN.of(nobody), "eu-1"))
                        .withMessageContaining("\"" + nobody + "\"")
                        .withMessageContaining("[eu-1, eu-2]");
            }
        }
    }

    /** Writes what there is, but what has the key "no". */
    private WritingBack writeBack(Refusal why) {
        WritingBack writing =
                new WritingBack((partition, lost) -> lost.key().key().equals("no")
                        ? new Reply.Refused(why, "no")
                        : written(new Dot(LATER, lost.dot().sequence())));
        visit(OWN, writing);
        return writing;
    }

    private static Reply written(Dot dot) {
        return new Reply.Written(dot, CausalContext.of(List.of(dot), false), VersionVector.empty());
    }

    private List<String> keys(SalvageScope scope) {
        return found(scope, 10).writes().stream()
                .map(lost -> lost.write().key().key())
                .toList();
    }

    private LostWritesPage found(SalvageScope scope, int atMost) {
        Listing listing = new Listing(atMost);
        visit(scope, listing);
        return listing.page();
    }

    private void visit(SalvageScope scope, AsideReading.Visitor visitor) {
        try (AsideReading stores = new AsideReading(source())) {
            stores.find(known, scope, "eu-1", visitor);
        }
    }

    private LostWritesSource source() {
        return new LostWritesSource(
                directory,
                aside -> AsideStores.open(aside, RocksEngine.INSTANCE, Durability.MEMORY),
                present,
                TreeMap::new,
                partition -> Optional.empty());
    }

    private void aside(int number, WriteBatch... commits) throws IOException {
        Path parent = Files.createDirectories(directory.resolve("aside"));
        try (Store store = RocksStore.open(parent.resolve(Integer.toString(number)), OPTIONS)) {
            List.of(commits).forEach(store::commit);
        }
    }

    private static WriteBatch put(int partition, String key, Origin origin, long sequence, String value) {
        Sibling version =
                new Sibling(new Dot(origin, sequence), new HybridTimestamp(1, 0), Payload.value(Bytes.utf8(value)));
        return new WriteBatch()
                .put(
                        Table.RECORD,
                        new StoreKeys(partition).record(new RecordKey("m", key)),
                        new SiblingsCodec(new OriginCodec(new OriginPool())).encode(Siblings.of(version)));
    }

    private static WriteBatch done(int partition, Origin origin, long sequence) {
        return new WriteBatch()
                .put(Table.META, new StoreKeys(partition).salvaged(origin, sequence), Bytes.utf8("as something"));
    }
}
