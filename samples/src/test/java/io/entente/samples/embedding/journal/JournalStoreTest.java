package io.entente.samples.embedding.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.entente.core.bytes.Bytes;
import io.entente.core.store.CountedStore;
import io.entente.core.store.Durability;
import io.entente.core.store.Scan;
import io.entente.core.store.StoreException;
import io.entente.core.store.StoreFullException;
import io.entente.core.store.StoreSnapshot;
import io.entente.core.store.Table;
import io.entente.core.store.WriteBatch;
import java.io.IOException;
import java.io.SyncFailedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What an engine of one's own has to do. */
class JournalStoreTest {

    private static final Bytes A = Bytes.utf8("a");
    private static final Bytes B = Bytes.utf8("b");
    private static final Bytes C = Bytes.utf8("c");

    @TempDir
    Path directory;

    @Test
    void whatWasCommittedIsThereAfterACrash() {
        CountedStore store = open();
        store.commit(put(A, "1"));
        store.commit(put(B, "2").delete(Table.META, A));
        store.commit(new WriteBatch());
        assertThat(store.head()).isEqualTo(2);
        store.abandon();

        try (CountedStore again = open()) {
            assertThat(again.head()).isEqualTo(2);
            assertThat(again.get(Table.META, A)).isEmpty();
            assertThat(again.get(Table.META, B)).contains(Bytes.utf8("2"));
        }
    }

    @Test
    void aTornEndIsTakenOffAndTheCommitsBeforeItStay() throws IOException {
        CountedStore store = open();
        store.commit(put(A, "1"));
        long whole = Files.size(journal());
        store.commit(put(B, "2"));
        store.abandon();
        byte[] all = Files.readAllBytes(journal());

        for (int kept = (int) whole; kept < all.length; kept++) {
            Files.write(journal(), Arrays.copyOf(all, kept));
            CountedStore again = open();
            assertThat(again.head()).as("%d bytes kept", kept).isEqualTo(1);
            assertThat(again.get(Table.META, B)).isEmpty();
            again.abandon();
        }
    }

    @Test
    void aCommitAfterATornEndIsReadBack() throws IOException {
        CountedStore store = open();
        store.commit(put(A, "1"));
        store.abandon();
        Files.write(journal(), Arrays.copyOf(Files.readAllBytes(journal()), (int) Files.size(journal()) - 1));
        CountedStore torn = open();
        torn.commit(put(B, "2"));
        torn.abandon();
        try (CountedStore again = open()) {
            assertThat(again.head()).isEqualTo(1);
            assertThat(again.get(Table.META, B)).contains(Bytes.utf8("2"));
        }
    }

    @Test
    void damageBeforeTheEndIsRefusedAndNothingIsTakenOff() throws IOException {
        CountedStore store = open();
        store.commit(put(A, "1"));
        store.commit(put(B, "2"));
        store.abandon();
        byte[] all = Files.readAllBytes(journal());
        all[12] ^= 1;
        Files.write(journal(), all);
        assertThatExceptionOfType(StoreException.class).isThrownBy(this::open).withMessageContaining("damaged");
        assertThat(Files.readAllBytes(journal())).isEqualTo(all);
    }

    @Test
    void aLengthThatIsWrongIsDamageAndNoTornEnd() throws IOException {
        CountedStore store = open();
        store.commit(put(A, "1"));
        int second = (int) Files.size(journal());
        store.commit(put(B, "2"));
        store.commit(put(C, "3"));
        store.abandon();
        byte[] all = Files.readAllBytes(journal());
        for (int bit = 0; bit < 8 * JournalRecord.LENGTH_BYTES; bit++) {
            byte[] flipped = all.clone();
            flipped[second + bit / 8] ^= (byte) (1 << bit % 8);
            Files.write(journal(), flipped);
            assertThatExceptionOfType(StoreException.class)
                    .as("bit %d", bit)
                    .isThrownBy(this::open)
                    .withMessageContaining("damaged at offset " + second);
            assertThat(Files.readAllBytes(journal())).isEqualTo(flipped);
        }
    }

    @Test
    void onlyAWriteThatFoundNoRoomIsAFullDisk() {
        String why = "No space left on device";
        assertThat(JournalStore.explained("full", new IOException(why), true)).isInstanceOf(StoreFullException.class);
        StoreException failure = JournalStore.explained("sync", new SyncFailedException("sync failed: " + why), true);
        assertThat(failure).isNotInstanceOf(StoreFullException.class);
        assertThat(failure.mayExist()).isTrue();
    }

    @Test
    void aScanAndASnapshotShowTheMomentAtWhichTheyWereTaken() {
        try (CountedStore store = open()) {
            store.commit(put(A, "1").put(Table.META, B, Bytes.utf8("1")));
            try (Scan scan = store.scan(Table.META, A, C);
                    StoreSnapshot snapshot = store.snapshot()) {
                store.commit(new WriteBatch().deleteRange(Table.META, A, C));
                List<Bytes> keys = new ArrayList<>();
                while (scan.advance()) {
                    keys.add(scan.key());
                }
                assertThat(keys).containsExactly(A, B);
                assertThat(snapshot.get(Table.META, A)).contains(Bytes.utf8("1"));
                assertThat(store.get(Table.META, A)).isEmpty();
            }
        }
    }

    @Test
    void aCopyHoldsTheSameAtTheSameHead() {
        try (CountedStore store = open()) {
            store.commit(put(A, "1"));
            store.commit(put(A, "2"));
            Path copy = directory.resolve("copy");
            store.checkpoint(copy);
            store.commit(put(A, "3"));
            assertThat(new JournalEngine().headIn(copy)).isEqualTo(2);
            try (CountedStore copied = new JournalEngine().open(copy, Durability.OS)) {
                assertThat(copied.get(Table.META, A)).contains(Bytes.utf8("2"));
                copied.commit(put(B, "1"));
                assertThat(copied.head()).isEqualTo(3);
            }
        }
    }

    @Test
    void aJournalOfMostlyOutdatedRecordsIsWrittenAnew() throws IOException {
        Bytes large = Bytes.wrap(new byte[300_000]);
        CountedStore store = open();
        for (int i = 0; i < 8; i++) {
            store.commit(new WriteBatch().put(Table.RECORD, A, large));
        }
        store.close();
        try (CountedStore again = open()) {
            assertThat(Files.size(journal())).isLessThan(400_000);
            assertThat(again.head()).isEqualTo(8);
            assertThat(again.get(Table.RECORD, A)).contains(large);
            again.commit(put(B, "1"));
        }
        try (CountedStore third = open()) {
            assertThat(third.head()).isEqualTo(9);
        }
    }

    @Test
    void afterTheCloseNothingIsAnswered() {
        CountedStore store = open();
        store.close();
        store.close();
        store.abandon();
        assertThatIllegalStateException().isThrownBy(() -> store.commit(put(A, "1")));
        assertThatIllegalStateException().isThrownBy(() -> store.get(Table.META, A));
    }

    private CountedStore open() {
        return new JournalEngine().open(directory.resolve("store"), Durability.OS);
    }

    private Path journal() {
        return directory.resolve("store").resolve("journal");
    }

    private static WriteBatch put(Bytes key, String value) {
        return new WriteBatch().put(Table.META, key, Bytes.utf8(value));
    }
}
