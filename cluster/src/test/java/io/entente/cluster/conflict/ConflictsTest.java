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
import io.entente.conflict.Conflict;
import io.entente.conflict.ConflictResolver;
import io.entente.conflict.Resolution;
import io.entente.conflict.Resolvers;
import io.entente.conflict.Version;
import io.entente.conflict.clock.HybridTimestamp;
import io.entente.conflict.version.Dot;
import io.entente.conflict.version.Origin;
import io.entente.core.bytes.Bytes;
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
import io.entente.core.store.Scan;
import io.entente.core.store.Store;
import io.entente.core.store.StoreSnapshot;
import io.entente.core.store.Table;
import io.entente.core.store.WriteBatch;
import io.entente.core.store.memory.MemoryStore;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Flow;
import java.util.concurrent.atomic.AtomicInteger;
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

    /** One conflict at a time, of a journal that has moved on by more than it holds in the meantime. */
    @Test
    void aFollowerThatLagsBehindForEverAdvancesAllTheSame() {
        limits = new JournalLimits(3, 1 << 20, 100, 100);
        Following follower = follow(end());
        for (int i = 0; i < 60; i++) {
            see(0, "k" + i, NOON + i);
            if (i % 6 == 5) {
                follower.ask(1);
            }
        }
        assertThat(follower.seen)
                .containsExactly("missed", "k9", "missed", "k21", "missed", "k33", "missed", "k45", "missed", "k57");
    }

    @Test
    void whatWasMissedIsToldInFrontOfWhatIsLeft() {
        limits = new JournalLimits(3, 1 << 20, 100, 100);
        Following follower = follow(end());
        for (int i = 0; i < 30; i++) {
            see(0, "k" + i, NOON + i);
            if (i % 6 == 5) {
                follower.ask(2);
            }
        }
        assertThat(follower.seen).startsWith("missed", "k3", "missed", "k9", "missed", "k15");
    }

    /** Slow ones that end when they are interrupted hold a page up for a while, and no longer. */
    @Test
    void aPageWhoseResolverIsSlowIsThereAllTheSame() {
        AtomicInteger calls = new AtomicInteger();
        try (MapCatalog impatient =
                new MapCatalog(EntenteSettings.from(ConfigFactory.parseString("entente.resolver-timeout = 20 ms")))) {
            impatient.register("slow", Codec.json(Integer.class), Resolvers.named("slow", 1, conflict -> {
                calls.incrementAndGet();
                try {
                    new CountDownLatch(1).await();
                } catch (InterruptedException interrupted) {
                    throw new IllegalStateException("interrupted", interrupted);
                }
                return Resolution.keepAll();
            }));
            conflicts = new Conflicts(new ConflictSource(NODE, store, PARTITIONS, key -> 0, impatient, Runnable::run));
            for (int i = 0; i < 40; i++) {
                see(0, new RecordKey("slow", "k" + i), NOON + i, "1", "2");
            }
            see(0, new RecordKey("m", "fine"), NOON + 50, "1", "2");
            List<SeenConflict> shown = new ArrayList<>();
            ConflictPage page = page(ConflictQuery.of(ConflictFilter.all()));
            int pages = 1;
            shown.addAll(page.conflicts());
            while (page.more()) {
                page = page(ConflictQuery.of(ConflictFilter.all()).after(page.position()));
                pages++;
                shown.addAll(page.conflicts());
            }
            assertThat(shown)
                    .extracting(conflict -> conflict.key().key())
                    .hasSize(41)
                    .doesNotHaveDuplicates();
            assertThat(shown.subList(0, 40))
                    .allMatch(conflict -> conflict.unresolved().isPresent());
            assertThat(shown.get(40).unresolved()).isEmpty();
            assertThat(calls.get()).isLessThanOrEqualTo(3 * pages);
        }
    }

    @Test
    void anErrorWhileAJournalIsReadIsHeardAndGivesItsPlaceUp() {
        conflicts = new Conflicts(
                new ConflictSource(NODE, new BrokenStore(), PARTITIONS, key -> 0, catalog, Runnable::run));
        for (int i = 0; i < 2 * Conflicts.MOST_LISTINGS; i++) {
            assertThatThrownBy(() -> page(ConflictQuery.of(ConflictFilter.all())))
                    .hasCauseInstanceOf(StackOverflowError.class);
        }
        Following follower = new Following();
        conflicts.follow(ConflictFilter.all(), JournalPosition.START.text(NODE)).subscribe(follower);
        follower.ask(1);
        assertThat(follower.failure).isInstanceOf(StackOverflowError.class);
    }

    /** What crossed ancestors descend from isn't journaled: a resolver that asks for it must not be shown to answer without. */
    @Test
    void ofAClosedConflictWithCrossedAncestorsNothingIsMadeUp() {
        catalog.register("merged", Codec.json(Integer.class), new AskingForAncestor());
        RecordKey key = new RecordKey("merged", "k");
        see(0, key, NOON, crossed());
        SeenConflict open = only();
        assertThat(open.open()).isTrue();
        assertThat(open.isCrossed()).isTrue();
        assertThat(open.ancestors()).extracting(SeenConflict.SeenVersion::dot).containsExactly(dot(EU, 2), dot(US, 2));
        assertThat(open.outcome().resolved()).isPresent();
        store.commit(new WriteBatch().delete(Table.RECORD, new StoreKeys(0).record(key)));
        SeenConflict closed = only();
        assertThat(closed.ancestors()).isEqualTo(open.ancestors());
        assertThat(closed.ancestor()).isEmpty();
        assertThat(closed.outcome().resolved()).isEmpty();
        assertThat(conflicts
                        .reResolve(closed, MapSettings.resolvedBy("json-merge"))
                        .toCompletableFuture()
                        .join())
                .isEmpty();
        assertThat(conflicts
                        .reResolve(closed, MapSettings.resolvedBy("max"))
                        .toCompletableFuture()
                        .join())
                .isPresent();
    }

    private SeenConflict only() {
        return page(ConflictQuery.of(ConflictFilter.all())).conflicts().get(0);
    }

    /** Two versions, each of which replaced the same two. */
    private static Siblings crossed() {
        Siblings record = Siblings.none();
        for (long step : new long[] {2, 3}) {
            Siblings before = record;
            Sibling left = new Sibling(dot(EU, step), new HybridTimestamp(NOON, (int) step), value("1"));
            Sibling right = new Sibling(dot(US, step), new HybridTimestamp(NOON, (int) step + 1), value("2"));
            Siblings beside = Siblings.of(left, right);
            record = beside.with(before.ancestryAfter(Set.copyOf(before.dots()), left.dot(), true, before.dots())
                    .after(List.of(), right.dot(), true, before.dots()));
        }
        return record;
    }

    private static Dot dot(Origin origin, long sequence) {
        return new Dot(origin, sequence);
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
        see(
                partition,
                key,
                millis,
                Siblings.of(
                        new Sibling(new Dot(EU, sequence), new HybridTimestamp(NOON, 1), value(older)),
                        new Sibling(new Dot(US, sequence), new HybridTimestamp(NOON, 2), value(newer))));
    }

    private void see(int partition, RecordKey key, long millis, Siblings record) {
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

    /** A merge by addition of what each side added. */
    private static final class AskingForAncestor implements ConflictResolver<Integer> {

        @Override
        public boolean needsAncestor() {
            return true;
        }

        @Override
        public Resolution<Integer> resolve(Conflict<Integer> conflict) {
            int base = conflict.ancestor().flatMap(Version::value).orElse(0);
            return Resolution.merged(conflict.live().stream()
                    .mapToInt(version -> version.value().orElseThrow() - base)
                    .sum());
        }
    }

    /** A store that can't be looked at. */
    private static final class BrokenStore implements Store {

        @Override
        public StoreSnapshot snapshot() {
            throw new StackOverflowError("of the store's making");
        }

        @Override
        public Optional<Bytes> get(Table table, Bytes key) {
            return Optional.empty();
        }

        @Override
        public Scan scan(Table table, Bytes fromInclusive, Bytes toExclusive) {
            throw new UnsupportedOperationException("no scan without a snapshot");
        }

        @Override
        public long approximateBytes(Table table, Bytes fromInclusive, Bytes toExclusive) {
            return 0;
        }

        @Override
        public void commit(WriteBatch batch) {
            // Nothing is kept.
        }

        @Override
        public void close() {
            // There is nothing to free.
        }
    }
}
