package io.entente.core.store;

import static io.entente.core.store.StoreContents.all;
import static io.entente.core.store.StoreContents.bytes;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.entente.core.bytes.Bytes;
import io.entente.core.store.memory.CommitFault;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The laws of {@link Store}, for every implementation. */
public abstract class StoreContractTest {

    private static final Bytes A = Bytes.utf8("a");
    private static final Bytes B = Bytes.utf8("b");
    private static final Bytes C = Bytes.utf8("c");
    private static final Bytes ONE = Bytes.utf8("one");
    private static final Bytes TWO = Bytes.utf8("two");

    private Store store;

    /** A new, empty store. */
    protected abstract Store open();

    /** Makes the store's next commit fail. */
    protected abstract void failNextCommit(Store store, CommitFault fault);

    @BeforeEach
    void openStore() {
        store = open();
    }

    @AfterEach
    void closeStore() {
        store.close();
    }

    @Test
    void aNewStoreIsEmpty() {
        for (Table table : Table.values()) {
            assertThat(all(store, table)).isEmpty();
        }
        assertThat(store.get(Table.RECORD, A)).isEmpty();
    }

    @Test
    void whatIsCommittedIsRead() {
        store.commit(new WriteBatch().put(Table.RECORD, A, ONE));

        assertThat(store.get(Table.RECORD, A)).contains(ONE);
    }

    @Test
    void anEmptyKeyAndAnEmptyValueAreLikeOthers() {
        store.commit(new WriteBatch().put(Table.META, Bytes.empty(), Bytes.empty()));

        assertThat(store.get(Table.META, Bytes.empty())).contains(Bytes.empty());
        assertThat(all(store, Table.META)).containsExactly(StoreContents.entry(Bytes.empty(), Bytes.empty()));
    }

    @Test
    void tablesAreKeySpacesOfTheirOwn() {
        WriteBatch batch = new WriteBatch();
        for (Table table : Table.values()) {
            batch.put(table, A, Bytes.utf8(table.name()));
        }
        store.commit(batch);
        store.commit(new WriteBatch().delete(Table.LOG, A));

        assertThat(store.get(Table.LOG, A)).isEmpty();
        for (Table table : List.of(Table.RECORD, Table.STAGING, Table.META, Table.JOURNAL)) {
            assertThat(store.get(table, A)).contains(Bytes.utf8(table.name()));
        }
    }

    @Test
    void ofTwoOperationsOnAKeyTheLaterWins() {
        store.commit(new WriteBatch()
                .put(Table.RECORD, A, ONE)
                .put(Table.RECORD, A, TWO)
                .put(Table.RECORD, B, ONE)
                .delete(Table.RECORD, B)
                .delete(Table.RECORD, C)
                .put(Table.RECORD, C, ONE));

        assertThat(store.get(Table.RECORD, A)).contains(TWO);
        assertThat(store.get(Table.RECORD, B)).isEmpty();
        assertThat(store.get(Table.RECORD, C)).contains(ONE);
    }

    @Test
    void aRangeIsRemovedFromItsFirstKeyToBeforeItsLast() {
        store.commit(new WriteBatch()
                .put(Table.LOG, A, ONE)
                .put(Table.LOG, B, ONE)
                .put(Table.LOG, C, ONE)
                .put(Table.RECORD, A, ONE));
        store.commit(new WriteBatch().deleteRange(Table.LOG, A, C).put(Table.LOG, B, TWO));

        assertThat(all(store, Table.LOG)).containsExactly(StoreContents.entry(B, TWO), StoreContents.entry(C, ONE));
        assertThat(store.get(Table.RECORD, A)).contains(ONE);
    }

    @Test
    void anEmptyRangeAndOneTurnedRoundRemoveNothing() {
        store.commit(new WriteBatch().put(Table.LOG, B, ONE));
        store.commit(new WriteBatch().deleteRange(Table.LOG, B, B).deleteRange(Table.LOG, C, A));

        assertThat(store.get(Table.LOG, B)).contains(ONE);
    }

    @Test
    void deletingWhatIsNotThereIsNoError() {
        store.commit(new WriteBatch().delete(Table.RECORD, A));

        assertThat(all(store, Table.RECORD)).isEmpty();
    }

    @Test
    void anEmptyBatchChangesNothing() {
        store.commit(new WriteBatch());

        assertThat(all(store, Table.RECORD)).isEmpty();
    }

    @Test
    void severalKeysAreAnsweredInTheirOrder() {
        store.commit(new WriteBatch().put(Table.RECORD, A, ONE).put(Table.RECORD, C, TWO));

        assertThat(store.getAll(Table.RECORD, List.of(C, B, A, C)))
                .containsExactly(Optional.of(TWO), Optional.empty(), Optional.of(ONE), Optional.of(TWO));
        assertThat(store.getAll(Table.RECORD, List.of())).isEmpty();
    }

    @Test
    void keysAreScannedInUnsignedOrder() {
        WriteBatch batch = new WriteBatch();
        List<Bytes> ascending = List.of(
                bytes(),
                bytes(0),
                bytes(0, 0),
                bytes(0, 255),
                bytes(1),
                bytes(127),
                bytes(128),
                bytes(255),
                bytes(255, 0));
        for (int i = ascending.size() - 1; i >= 0; i--) {
            batch.put(Table.LOG, ascending.get(i), bytes(i));
        }
        store.commit(batch);

        assertThat(all(store, Table.LOG)).extracting(entry -> entry.getKey()).containsExactlyElementsOf(ascending);
    }

    @Test
    void aScanIncludesItsLowerBoundAndExcludesItsUpper() {
        store.commit(new WriteBatch()
                .put(Table.LOG, bytes(1), ONE)
                .put(Table.LOG, bytes(2), ONE)
                .put(Table.LOG, bytes(2, 0), ONE)
                .put(Table.LOG, bytes(3), ONE));

        assertThat(StoreContents.keys(store, Table.LOG, bytes(2), bytes(3))).containsExactly(bytes(2), bytes(2, 0));
        assertThat(StoreContents.keys(store, Table.LOG, bytes(0), bytes(1))).isEmpty();
        assertThat(StoreContents.keys(store, Table.LOG, bytes(1), bytes(1))).isEmpty();
        assertThat(StoreContents.keys(store, Table.LOG, bytes(3), bytes(1))).isEmpty();
        assertThat(StoreContents.keys(store, Table.LOG, bytes(), bytes())).isEmpty();
        assertThat(StoreContents.keys(store, Table.LOG, bytes(3), bytes(9))).containsExactly(bytes(3));
    }

    @Test
    void aScanStandsAtNoKeyBeforeItsFirstAndAfterItsLast() {
        store.commit(new WriteBatch().put(Table.LOG, A, ONE));

        try (Scan scan = store.scan(Table.LOG, A, B)) {
            assertThatIllegalStateException().isThrownBy(scan::key);
            assertThat(scan.advance()).isTrue();
            assertThat(scan.key()).isEqualTo(A);
            assertThat(scan.value()).isEqualTo(ONE);
            assertThat(scan.advance()).isFalse();
            assertThat(scan.advance()).isFalse();
            assertThatIllegalStateException().isThrownBy(scan::value);
        }
    }

    @Test
    void aScanDoesNotSeeWhatIsCommittedAfterItsBeginning() {
        store.commit(new WriteBatch().put(Table.LOG, A, ONE).put(Table.LOG, B, ONE));

        try (Scan scan = store.scan(Table.LOG, A, bytes(255))) {
            store.commit(
                    new WriteBatch().delete(Table.LOG, B).put(Table.LOG, C, TWO).put(Table.LOG, A, TWO));

            assertThat(StoreContents.rest(scan))
                    .containsExactly(StoreContents.entry(A, ONE), StoreContents.entry(B, ONE));
        }
    }

    @Test
    void aSnapshotStaysAsItWas() {
        store.commit(new WriteBatch().put(Table.RECORD, A, ONE).put(Table.META, A, ONE));

        try (StoreSnapshot snapshot = store.snapshot()) {
            store.commit(new WriteBatch().put(Table.RECORD, A, TWO).delete(Table.META, A));
            store.commit(new WriteBatch().put(Table.RECORD, B, TWO));

            assertThat(snapshot.get(Table.RECORD, A)).contains(ONE);
            assertThat(snapshot.get(Table.META, A)).contains(ONE);
            assertThat(snapshot.getAll(Table.RECORD, List.of(A, B)))
                    .containsExactly(Optional.of(ONE), Optional.empty());
            assertThat(all(snapshot, Table.RECORD)).containsExactly(StoreContents.entry(A, ONE));
        }
        assertThat(store.get(Table.RECORD, A)).contains(TWO);
    }

    @Test
    void twoSnapshotsDoNotDisturbEachOther() {
        store.commit(new WriteBatch().put(Table.RECORD, A, ONE));
        try (StoreSnapshot first = store.snapshot()) {
            store.commit(new WriteBatch().put(Table.RECORD, A, TWO));
            StoreSnapshot second = store.snapshot();
            store.commit(new WriteBatch().delete(Table.RECORD, A));

            assertThat(second.get(Table.RECORD, A)).contains(TWO);
            second.close();
            assertThat(first.get(Table.RECORD, A)).contains(ONE);
            assertThat(store.get(Table.RECORD, A)).isEmpty();
        }
    }

    @ParameterizedTest
    @EnumSource
    void afterAFailedCommitEveryLaterOneIsRefused(CommitFault fault) {
        store.commit(new WriteBatch().put(Table.RECORD, A, ONE));
        failNextCommit(store, fault);

        assertThatThrownBy(() -> store.commit(new WriteBatch().put(Table.RECORD, B, ONE)))
                .isInstanceOfSatisfying(
                        StoreException.class,
                        failure -> assertThat(failure.mayExist()).isTrue())
                .isNotInstanceOf(StoreFencedException.class);
        for (int i = 0; i < 2; i++) {
            assertThatThrownBy(() -> store.commit(new WriteBatch().put(Table.RECORD, C, ONE)))
                    .isInstanceOfSatisfying(
                            StoreFencedException.class,
                            failure -> assertThat(failure.mayExist()).isFalse());
        }
        assertThat(store.get(Table.RECORD, A)).contains(ONE);
        assertThat(store.get(Table.RECORD, B).isPresent()).isEqualTo(fault == CommitFault.KEEPS_THE_BATCH);
        assertThat(store.get(Table.RECORD, C)).isEmpty();
    }

    @Test
    void aClosedStoreSaysSo() {
        store.commit(new WriteBatch().put(Table.RECORD, A, ONE));
        Scan scan = store.scan(Table.RECORD, A, B);
        StoreSnapshot snapshot = store.snapshot();
        Scan snapshotScan = snapshot.scan(Table.RECORD, A, B);
        assertThat(scan.advance()).isTrue();
        store.close();

        assertThatIllegalStateException().isThrownBy(() -> store.get(Table.RECORD, A));
        assertThatIllegalStateException().isThrownBy(() -> store.getAll(Table.RECORD, List.of(A)));
        assertThatIllegalStateException().isThrownBy(() -> store.scan(Table.RECORD, A, B));
        assertThatIllegalStateException().isThrownBy(() -> store.commit(new WriteBatch().delete(Table.RECORD, A)));
        assertThatIllegalStateException().isThrownBy(store::snapshot);
        assertThatIllegalStateException().isThrownBy(scan::advance);
        assertThatIllegalStateException().isThrownBy(scan::key);
        assertThatIllegalStateException().isThrownBy(snapshotScan::advance);
        assertThatIllegalStateException().isThrownBy(() -> snapshot.get(Table.RECORD, A));
        scan.close();
        snapshotScan.close();
        snapshot.close();
        store.close();
    }

    @Test
    void aClosedScanAndAClosedSnapshotSaySo() {
        Scan scan = store.scan(Table.RECORD, A, B);
        StoreSnapshot snapshot = store.snapshot();
        for (int i = 0; i < 2; i++) {
            scan.close();
            snapshot.close();
        }

        assertThatIllegalStateException().isThrownBy(scan::advance);
        assertThatIllegalStateException().isThrownBy(() -> snapshot.get(Table.RECORD, A));
        assertThatIllegalStateException().isThrownBy(() -> snapshot.scan(Table.RECORD, A, B));
    }

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void anyHistoryEqualsThatOfSortedMaps(long seed) {
        new RandomHistory(store, Long.getLong("seed", seed)).run(400);
    }
}
