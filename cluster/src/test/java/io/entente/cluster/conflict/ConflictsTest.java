package io.entente.cluster.conflict;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.typesafe.config.ConfigFactory;
import io.entente.cluster.map.Codec;
import io.entente.cluster.map.MapCatalog;
import io.entente.cluster.map.NotAppliedException;
import io.entente.cluster.map.Resolved;
import io.entente.cluster.map.StoredValue;
import io.entente.cluster.settings.EntenteSettings;
import io.entente.cluster.settings.MapSettings;
import io.entente.conflict.Resolvers;
import io.entente.conflict.clock.HybridTimestamp;
import io.entente.conflict.version.Dot;
import io.entente.conflict.version.Origin;
import io.entente.core.codec.OriginCodec;
import io.entente.core.codec.OriginPool;
import io.entente.core.codec.SiblingsCodec;
import io.entente.core.codec.StoreKeys;
import io.entente.core.journal.ConflictJournal;
import io.entente.core.journal.JournalLimits;
import io.entente.core.message.NodeId;
import io.entente.core.record.Payload;
import io.entente.core.record.RecordKey;
import io.entente.core.record.Sibling;
import io.entente.core.record.Siblings;
import io.entente.core.store.Table;
import io.entente.core.store.WriteBatch;
import io.entente.core.store.memory.MemoryStore;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Flow;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What is listed and followed, over journals of three partitions that grow one by one; all on the test's own thread. */
class ConflictsTest {

    private static final NodeId NODE = new NodeId("eu", "eu-1");
    private static final Origin EU = new Origin("eu", "eu-1", 1, 1);
    private static final Origin US = new Origin("us", "us-1", 2, 2);
    private static final int PARTITIONS = 3;
    private static final long NOON = 1_800_000_000_000L;

    private final MemoryStore store = new MemoryStore();
    private final MapCatalog catalog = new MapCatalog(
            EntenteSettings.from(
                    ConfigFactory.parseString(
                            "entente { resolver-timeout = 60 s, maps.broken.resolver = \"io.entente.cluster.http.ThrowingResolver\" }")));
    private Conflicts conflicts = opened();
    private JournalLimits limits = new JournalLimits(100, 1 << 20, 100, 100);
    private long sequence;

    @Test
    void theJournalsOfAllPartitionsReadAsOneInTheOrderOfTime() {
        see(2, "k1", NOON + 2);
        see(0, "k2", NOON + 1);
        see(1, "k3", NOON + 3);
        see(0, "k4", NOON + 4);
        assertThat(keys(page(ConflictQuery.of(ConflictFilter.all())))).containsExactly("k2", "k1", "k3", "k4");
    }

    @Test
    void pagesFollowEachOtherWithoutGapOrRepetition() {
        for (int i = 0; i < 10; i++) {
            see(i % PARTITIONS, "k" + i, NOON + i / 2);
        }
        List<String> seen = new ArrayList<>();
        ConflictPage page = page(ConflictQuery.of(ConflictFilter.all()).limit(3));
        seen.addAll(keys(page));
        while (page.more()) {
            page = page(ConflictQuery.of(ConflictFilter.all()).limit(3).after(page.position()));
            seen.addAll(keys(page));
        }
        assertThat(seen).hasSize(10).doesNotHaveDuplicates();
    }

    /** Partitions commit in any order, and clocks go back: a position must not stand for a time. */
    @Test
    void aConflictThatAnotherPartitionJournalsLateIsOnALaterPage() {
        see(0, "k1", NOON + 1_000);
        ConflictPage page = page(ConflictQuery.of(ConflictFilter.all()));
        see(1, "late", NOON);
        assertThat(keys(page(ConflictQuery.of(ConflictFilter.all()).after(page.position()))))
                .containsExactly("late");
    }

    @Test
    void aPositionOutlivesARestart() {
        see(0, "k1", NOON);
        String position = page(ConflictQuery.of(ConflictFilter.all())).position();
        conflicts.close();
        conflicts = opened();
        see(1, "k2", NOON);
        assertThat(keys(page(ConflictQuery.of(ConflictFilter.all()).after(position))))
                .containsExactly("k2");
    }

    @Test
    void mapAndKeyAreFiltered() {
        see(0, new RecordKey("a", "k"), NOON, "1", "2");
        see(0, new RecordKey("b", "k"), NOON, "1", "2");
        see(0, new RecordKey("b", "l"), NOON, "1", "2");
        assertThat(records(ConflictFilter.map("b"))).containsExactly("b/k", "b/l");
        assertThat(records(ConflictFilter.key("b", "k"))).containsExactly("b/k");
        assertThat(records(new ConflictFilter(Optional.empty(), Optional.of("k"))))
                .containsExactly("a/k", "b/k");
    }

    @Test
    void aConflictIsShownWithItsOutcomeAndWhetherItIsOpen() {
        see(0, new RecordKey("m", "k"), NOON, "\"old\"", "\"new\"");
        SeenConflict open =
                page(ConflictQuery.of(ConflictFilter.all())).conflicts().get(0);
        assertThat(open.open()).isTrue();
        assertThat(valueOf(open.outcome())).isEqualTo("\"new\"");
        assertThat(open.outcome().resolver()).hasToString("last-writer-wins@1");
        assertThat(open.unresolved()).isEmpty();
        store.commit(new WriteBatch().delete(Table.RECORD, new StoreKeys(0).record(open.key())));
        SeenConflict closed =
                page(ConflictQuery.of(ConflictFilter.all())).conflicts().get(0);
        assertThat(closed.open()).isFalse();
        assertThat(valueOf(closed.outcome())).isEqualTo("\"new\"");
        assertThat(page(ConflictQuery.of(ConflictFilter.all()).in(ConflictQuery.State.OPEN))
                        .conflicts())
                .isEmpty();
    }

    @Test
    void valuesTheJournalHasNotAreTakenFromTheRecordAsLongAsItIsOpen() {
        limits = new JournalLimits(100, 1 << 20, 100, 4);
        see(0, new RecordKey("m", "k"), NOON, "\"old\"", "\"new\"");
        SeenConflict open =
                page(ConflictQuery.of(ConflictFilter.all())).conflicts().get(0);
        assertThat(valueOf(open.outcome())).isEqualTo("\"new\"");
        store.commit(new WriteBatch().delete(Table.RECORD, new StoreKeys(0).record(open.key())));
        SeenConflict closed =
                page(ConflictQuery.of(ConflictFilter.all())).conflicts().get(0);
        assertThat(closed.outcome().resolved()).isEmpty();
        assertThat(closed.siblings()).allMatch(SeenConflict.SeenVersion::isOmitted);
        assertThat(conflicts
                        .reResolve(closed, MapSettings.defaults())
                        .toCompletableFuture()
                        .join())
                .isEmpty();
    }

    @Test
    void unresolvedKeysAreListed() {
        see(0, new RecordKey("fine", "k"), NOON, "1", "2");
        see(1, new RecordKey("broken", "k"), NOON, "1", "2");
        ConflictPage page = page(ConflictQuery.of(ConflictFilter.all()).in(ConflictQuery.State.UNRESOLVED));
        assertThat(keys(page)).containsExactly("k");
        assertThat(page.conflicts().get(0).key().map()).isEqualTo("broken");
        assertThat(page.conflicts().get(0).unresolved()).isPresent();
    }

    @Test
    void anotherResolverIsTriedWithoutWritingAnything() {
        see(0, new RecordKey("m", "k"), NOON, "\"old\"", "\"newer\"");
        SeenConflict conflict = page(ConflictQuery.of(ConflictFilter.all())
                        .whatIf(MapSettings.resolvedBy("first-writer-wins")))
                .conflicts()
                .get(0);
        assertThat(valueOf(conflict.outcome())).isEqualTo("\"newer\"");
        assertThat(valueOf(conflict.whatIf().orElseThrow())).isEqualTo("\"old\"");
        Resolved merged = conflicts
                .reResolve(conflict, Codec.json(String.class), Resolvers.merging((a, b) -> a + "+" + b))
                .toCompletableFuture()
                .join()
                .orElseThrow();
        assertThat(merged.content()).isEqualTo(new Resolved.Value(StoredValue.json("\"old+newer\"")));
    }

    @Test
    void aFollowerGetsWhatItAskedForAndTheRestWhenItAsksAgain() {
        Following follower = follow(end());
        see(0, "k1", NOON);
        see(1, "k2", NOON);
        see(2, "k3", NOON);
        follower.ask(2);
        assertThat(follower.seen).containsExactly("k1", "k2");
        follower.ask(5);
        assertThat(follower.seen).containsExactly("k1", "k2", "k3");
        see(0, "k4", NOON);
        assertThat(follower.seen).endsWith("k4");
    }

    @Test
    void aFollowerBeginsWhereItLeftOffEvenAfterARestart() {
        Following first = follow(end());
        first.ask(1);
        see(0, "k1", NOON);
        see(1, "k2", NOON);
        assertThat(first.seen).containsExactly("k1");
        conflicts.close();
        conflicts = opened();
        Following second = follow(first.position);
        second.ask(10);
        assertThat(second.seen).containsExactly("k2");
    }

    @Test
    void aFollowerThatIsTooSlowIsToldOnceAndGetsWhatIsLeft() {
        limits = new JournalLimits(3, 1 << 20, 100, 100);
        Following follower = follow(end());
        for (int i = 0; i < 10; i++) {
            see(0, "k" + i, NOON + i);
        }
        follower.ask(100);
        assertThat(follower.seen).containsExactly("missed", "k7", "k8", "k9");
        see(0, "k10", NOON + 10);
        assertThat(follower.seen).endsWith("k9", "k10");
    }

    @Test
    void aFollowerThatKeepsUpIsNeverToldThatItMissedAnything() {
        limits = new JournalLimits(2, 1 << 20, 1, 100);
        Following follower = follow(end());
        follower.ask(Long.MAX_VALUE);
        for (int i = 0; i < 50; i++) {
            see(i % PARTITIONS, "k" + i % 2, NOON + i);
        }
        assertThat(follower.seen).hasSize(50).doesNotContain("missed");
    }

    @Test
    void aFollowersFilterHolds() {
        Following follower = new Following();
        conflicts.follow(ConflictFilter.map("b"), end()).subscribe(follower);
        follower.ask(10);
        see(0, new RecordKey("a", "k1"), NOON, "1", "2");
        see(0, new RecordKey("b", "k2"), NOON, "1", "2");
        assertThat(follower.seen).containsExactly("k2");
    }

    @Test
    void followersAreCompletedWhenTheNodeStops() {
        Following follower = follow(end());
        follower.ask(10);
        conflicts.close();
        assertThat(follower.completed).isTrue();
        Following late = follow(end());
        assertThat(late.completed).isTrue();
    }

    @Test
    void whoHasLeftIsToldNothingAndGivesItsPlaceUp() {
        for (int i = 0; i < 10 * Conflicts.MOST_FOLLOWERS; i++) {
            Following follower = follow(end());
            follower.ask(1);
            follower.leave();
        }
        Following stays = follow(end());
        stays.ask(10);
        see(0, "k", NOON);
        assertThat(stays.seen).containsExactly("k");
    }

    @Test
    void moreFollowersThanThereIsRoomForAreRefused() {
        for (int i = 0; i < Conflicts.MOST_FOLLOWERS; i++) {
            follow(end());
        }
        assertThat(follow(end()).failure)
                .isInstanceOf(NotAppliedException.class)
                .hasMessageContaining("the limit");
    }

    @Test
    void aFollowerMustAskForSomething() {
        Following follower = follow(end());
        follower.ask(0);
        assertThat(follower.failure).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void aPositionOfAnotherNodeIsRefused() {
        String foreign = JournalPosition.START.text(new NodeId("us", "us-1"));
        assertThatThrownBy(() ->
                        conflicts.list(ConflictQuery.of(ConflictFilter.all()).after(foreign)))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> conflicts.follow(ConflictFilter.all(), foreign))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void aNodeThatHasStoppedSaysSo() {
        store.close();
        assertThatThrownBy(() -> conflicts
                        .list(ConflictQuery.of(ConflictFilter.all()))
                        .toCompletableFuture()
                        .join())
                .isInstanceOf(CompletionException.class)
                .hasCauseInstanceOf(NotAppliedException.class);
    }

    private Conflicts opened() {
        return new Conflicts(new ConflictSource(NODE, store, PARTITIONS, key -> 0, catalog, Runnable::run));
    }

    private String end() {
        return conflicts.end().toCompletableFuture().join();
    }

    private ConflictPage page(ConflictQuery query) {
        return conflicts.list(query).toCompletableFuture().join();
    }

    private static List<String> keys(ConflictPage page) {
        return page.conflicts().stream().map(conflict -> conflict.key().key()).toList();
    }

    private List<String> records(ConflictFilter filter) {
        return page(ConflictQuery.of(filter)).conflicts().stream()
                .map(conflict -> conflict.key().toString())
                .toList();
    }

    private static String valueOf(SeenConflict.Verdict verdict) {
        Resolved resolved = verdict.resolved().orElseThrow();
        return ((Resolved.Value) resolved.content()).value().content().utf8();
    }

    private Following follow(String after) {
        Following follower = new Following();
        conflicts.follow(ConflictFilter.all(), after).subscribe(follower);
        return follower;
    }

    private void see(int partition, String key, long millis) {
        see(partition, new RecordKey("m", key), millis, "1", "2");
    }

    /** A replica's step that leaves a conflict: record and journal in one batch, then those who follow are woken. */
    private void see(int partition, RecordKey key, long millis, String older, String newer) {
        sequence++;
        Siblings record = Siblings.of(
                new Sibling(new Dot(EU, sequence), new HybridTimestamp(NOON, 1), value(older)),
                new Sibling(new Dot(US, sequence), new HybridTimestamp(NOON, 2), value(newer)));
        OriginCodec origins = new OriginCodec(new OriginPool());
        StoreKeys keys = new StoreKeys(partition);
        ConflictJournal journal = ConflictJournal.recover(store, keys, origins, limits);
        journal.add(key, record, Optional.empty(), millis);
        WriteBatch batch =
                new WriteBatch().put(Table.RECORD, keys.record(key), new SiblingsCodec(origins).encode(record));
        journal.flush(batch);
        store.commit(batch);
        conflicts.grown();
    }

    private static Payload value(String json) {
        return Payload.value(StoredValue.json(json).envelope());
    }

    private static final class Following implements Flow.Subscriber<ConflictEvent> {

        private final List<String> seen = new ArrayList<>();
        private String position = "";
        private boolean completed;
        private @Nullable Throwable failure;
        private Flow.@Nullable Subscription subscription;

        private void ask(long events) {
            if (subscription != null) {
                subscription.request(events);
            }
        }

        private void leave() {
            if (subscription != null) {
                subscription.cancel();
            }
        }

        @Override
        public void onSubscribe(Flow.Subscription given) {
            subscription = given;
        }

        @Override
        public void onNext(ConflictEvent event) {
            seen.add(
                    event instanceof ConflictEvent.Seen conflict
                            ? conflict.conflict().key().key()
                            : "missed");
            position = event.position();
        }

        @Override
        public void onError(Throwable thrown) {
            failure = thrown;
        }

        @Override
        public void onComplete() {
            completed = true;
        }
    }
}
