package io.entente.cluster.map;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.catchThrowable;

import com.typesafe.config.ConfigFactory;
import io.entente.cluster.map.NotAppliedException.Reason;
import io.entente.cluster.routing.Outcome;
import io.entente.cluster.routing.Router;
import io.entente.cluster.settings.DataLimits;
import io.entente.cluster.settings.EntenteSettings;
import io.entente.conflict.ConflictResolver;
import io.entente.conflict.Resolution;
import io.entente.conflict.Resolvers;
import io.entente.conflict.version.CausalContext;
import io.entente.conflict.version.Origin;
import io.entente.conflict.version.VersionVector;
import io.entente.core.effect.Reply;
import io.entente.core.replica.Limits;
import io.entente.core.replica.Start.Standing;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

/** What applications may rely on, over real replicas of one and of two data centers. */
class RoutedMapTest {

    private static final DataLimits LIMITS = new DataLimits(16, 1_024, 16, 4_096, 2);

    private final ReplicaRouter eu = ReplicaRouter.alone();
    private final ReplicaRouter us = new ReplicaRouter("us", Standing.NEW, 2);
    private final Maps maps = maps(eu);
    private final Maps abroad = maps(us);

    @Test
    void aValueIsReadAsItWasWritten() {
        ReplicatedMap<String> map = maps.map("m", Codec.utf8());
        Written written = done(map.put("k", "schön"));
        Found<String> found = done(map.get("k"));
        assertThat(found.asOptional()).contains("schön");
        assertThat(found.context()).isEqualTo(written.context());
        assertThat(found.unresolved()).isEmpty();
        assertThat(found.session().vector(eu.partitionOf("k")).contains(written.dot()))
                .isTrue();
    }

    @Test
    void whatIsDeletedOrNeverWrittenIsAbsent() {
        ReplicatedMap<String> map = maps.map("m", Codec.utf8());
        assertThat(done(map.get("k"))).isInstanceOf(Found.Absent.class);
        done(map.put("k", "v"));
        done(map.delete("k"));
        assertThat(done(map.get("k"))).isInstanceOf(Found.Absent.class);
    }

    @Test
    void aConditionThatDoesNotHoldRefusesTheWrite() {
        ReplicatedMap<String> map = maps.map("m", Codec.utf8());
        CausalContext old =
                done(map.put("k", "1", WriteOptions.async().ifAbsent())).context();
        done(map.put("k", "2", WriteOptions.async().ifCurrent(old)));
        assertThat(refusal(map.put("k", "3", WriteOptions.async().ifCurrent(old)))
                        .reason())
                .isEqualTo(Reason.PRECONDITION_FAILED);
        assertThat(refusal(map.delete("k", WriteOptions.async().ifAbsent())).reason())
                .isEqualTo(Reason.PRECONDITION_FAILED);
        assertThat(done(map.get("k")).asOptional()).contains("2");
    }

    @Test
    void aWriteThatHasSeenAnOldVersionBecomesASiblingUpToTheLimitOfTheReplica() {
        ReplicatedMap<String> map = maps.map("m", Codec.utf8(), Resolvers.keepAll());
        CausalContext old = done(map.put("k", "1")).context();
        done(map.put("k", "2"));
        done(map.put("k", "3", WriteOptions.async().seen(old)));
        Found.Siblings<String> found = (Found.Siblings<String>) done(map.get("k"));
        assertThat(found.versions())
                .extracting(version -> version.value().orElseThrow())
                .containsExactly("2", "3");
        done(map.put("k", "chosen", WriteOptions.async().ifCurrent(found.context())));
        assertThat(done(map.get("k")).asOptional()).contains("chosen");
    }

    @Test
    void aWriteBeyondTheLimitOfSiblingsIsRefusedAndSaysWhatToDo() {
        ReplicatedMap<String> map = maps.map("m", Codec.utf8(), Resolvers.keepAll());
        WriteOptions sawNothing = WriteOptions.async().seen(CausalContext.empty());
        int limit = Limits.defaults().siblings();
        for (int i = 0; i < limit; i++) {
            done(map.put("k", "" + i, sawNothing));
        }
        for (CompletionStage<Written> oneMore : List.of(map.put("k", "x", sawNothing), map.delete("k", sawNothing))) {
            NotAppliedException refused = refusal(oneMore);
            assertThat(refused.reason()).isEqualTo(Reason.TOO_MANY_SIBLINGS);
            assertThat(refused)
                    .hasMessageContaining("m/k")
                    .hasMessageContaining("the limit is " + limit)
                    .hasMessageContaining("write with the context of that read");
        }
        Found<String> found = done(map.get("k"));
        assertThat(((Found.Siblings<String>) found).versions()).hasSize(limit);
        done(map.put("k", "resolved", WriteOptions.async().seen(found.context())));
        assertThat(done(map.get("k")).asOptional()).contains("resolved");
    }

    @Test
    void aWriteHasOneCondition() {
        WriteOptions absent = WriteOptions.async().ifAbsent();
        assertThatIllegalArgumentException().isThrownBy(() -> absent.seen(CausalContext.empty()));
        assertThatIllegalArgumentException().isThrownBy(() -> absent.timeout(Duration.ofMinutes(2)));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ReadOptions.local().timeout(Duration.ZERO));
    }

    @Test
    void incrementsOfManyThreadsAreAllCounted() throws Exception {
        ReplicatedMap<Long> map = maps.map("m", Codec.json(Long.class));
        int threads = 4;
        int increments = 500;
        ExecutorService pool = Executors.newFixedThreadPool(threads);
        try {
            List<Future<?>> running = new ArrayList<>();
            for (int thread = 0; thread < threads; thread++) {
                running.add(pool.submit(() -> {
                    for (int i = 0; i < increments; i++) {
                        done(map.update(
                                "counter",
                                old -> old.orElse(0L) + 1,
                                WriteOptions.async().timeout(Duration.ofSeconds(60))));
                    }
                }));
            }
            for (Future<?> each : running) {
                each.get();
            }
        } finally {
            pool.shutdownNow();
        }
        assertThat(done(map.get("counter")).asOptional()).contains((long) threads * increments);
    }

    @Test
    void anUpdateThatIsOutrunSeesTheNewerValue() {
        ReplicatedMap<String> map = maps.map("m", Codec.utf8());
        done(map.put("k", "a"));
        List<Optional<String>> seen = new ArrayList<>();
        done(map.update("k", old -> {
            seen.add(old);
            if (seen.size() == 1) {
                done(map.put("k", "b"));
            }
            return old.orElseThrow() + "!";
        }));
        assertThat(seen).containsExactly(Optional.of("a"), Optional.of("b"));
        assertThat(done(map.get("k")).asOptional()).contains("b!");
    }

    @Test
    void anUpdateThatIsAlwaysOutrunGivesUpAndSaysSo() {
        ReplicatedMap<String> map = maps.map("m", Codec.utf8());
        CompletionStage<Written> hopeless = map.update("k", old -> {
            done(map.put("k", "other"));
            return "mine";
        });
        NotAppliedException refused = refusal(hopeless);
        assertThat(refused.reason()).isEqualTo(Reason.OUTRUN);
        assertThat(refused).hasMessageContaining("100 tries").hasMessageContaining("m/k");
        assertThat(done(map.get("k")).asOptional()).contains("other");
    }

    @Test
    void whatAnUpdateThrowsReachesItsCallerAndNothingIsWritten() {
        ReplicatedMap<String> map = maps.map("m", Codec.utf8());
        IllegalStateException thrown = new IllegalStateException("out of stock");
        assertThat(failure(map.update("k", old -> {
                    throw thrown;
                })))
                .isSameAs(thrown);
        assertThat(done(map.get("k"))).isInstanceOf(Found.Absent.class);
        assertThat(refusal(map.update("", old -> "v")))
                .as("what is no key fails the stage")
                .isInstanceOf(NotAppliedException.class);
        assertThat(refusal(map.update("k", old -> "v", WriteOptions.async().ifAbsent()))
                        .reason())
                .isEqualTo(Reason.INVALID_ARGUMENT);
    }

    @Test
    void concurrentWritesOfTwoDataCentersAreMergedInBoth() {
        ReplicatedMap<List<String>> here = maps.map("m", new ListCodec(), Resolvers.merging(RoutedMapTest::join));
        ReplicatedMap<List<String>> there = abroad.map("m", new ListCodec(), Resolvers.merging(RoutedMapTest::join));
        ReplicaRouter.exchange(eu, us);
        done(here.put("k", List.of("eu")));
        done(there.put("k", List.of("us")));
        ReplicaRouter.exchange(eu, us);
        assertThat(done(here.get("k")).asOptional()).contains(List.of("eu", "us"));
        assertThat(done(there.get("k")).asOptional()).contains(List.of("eu", "us"));
        done(there.update("k", old -> join(old.orElseThrow(), List.of("new"))));
        ReplicaRouter.exchange(eu, us);
        assertThat(done(here.get("k")).asOptional()).contains(List.of("eu", "us", "new"));
    }

    @Test
    void anUnresolvedKeyAnswersAFallbackAndIsWrittenWithItsContextAlone() {
        ConflictResolver<String> broken = Resolvers.named("broken", 1, conflict -> {
            throw new IllegalStateException("no idea");
        });
        ReplicatedMap<String> here = maps.map("m", Codec.utf8(), broken);
        ReplicaRouter.exchange(eu, us);
        done(here.put("k", "eu"));
        done(abroad.map("m", Codec.utf8()).put("k", "us"));
        ReplicaRouter.exchange(eu, us);
        Found<String> found = done(here.get("k"));
        assertThat(found.asOptional()).isPresent();
        assertThat(found.unresolved().orElseThrow()).contains("broken@1").contains("no idea");
        assertThat(refusal(here.put("k", "blind")).reason()).isEqualTo(Reason.UNRESOLVED);
        assertThat(refusal(here.delete("k")).reason()).isEqualTo(Reason.UNRESOLVED);
        assertThat(refusal(here.update("k", old -> "blind"))).hasMessageContaining("no idea");
        done(here.put("k", "chosen", WriteOptions.async().ifCurrent(found.context())));
        assertThat(done(here.get("k")).unresolved()).isEmpty();
        done(here.put("k", "free again"));
    }

    @Test
    void aSiblingThatCantBeReadLeavesAFallbackOfThoseThatCan() {
        ReplicatedMap<Long> here = maps.map("m", Codec.json(Long.class), Resolvers.merging(Long::sum));
        ReplicaRouter.exchange(eu, us);
        done(here.put("k", 5L));
        done(abroad.stored("m").put("k", StoredValue.json("\"five\""), WriteOptions.async()));
        ReplicaRouter.exchange(eu, us);
        Found<Long> found = done(here.get("k"));
        assertThat(found.asOptional()).contains(5L);
        assertThat(found.unresolved().orElseThrow()).contains("can't be read");
        assertThat(refusal(here.update("k", old -> 6L)).reason()).isEqualTo(Reason.UNRESOLVED);
        assertThat(done(maps.stored("m").read("k", ReadOptions.local()))
                        .resolved()
                        .versions())
                .hasSize(2);
    }

    @Test
    void aValueOfAnotherTypeIsUnreadableAndSaysSo() {
        done(maps.stored("m").put("k", StoredValue.text("five"), WriteOptions.async()));
        NotAppliedException refused =
                refusal(maps.map("m", Codec.json(Long.class)).get("k"));
        assertThat(refused.reason()).isEqualTo(Reason.UNREADABLE);
        assertThat(refused).hasMessageContaining("m/k").hasMessageContaining("text/plain");
    }

    @Test
    void aSessionIsServedOnceItsWritesHaveArrived() {
        ReplicatedMap<String> here = maps.map("m", Codec.utf8());
        ReplicatedMap<String> there = abroad.map("m", Codec.utf8());
        ReplicaRouter.exchange(eu, us);
        SessionToken session = done(here.put("k", "v")).session();
        CompletableFuture<Found<String>> waiting =
                there.get("k", ReadOptions.session(session)).toCompletableFuture();
        assertThat(waiting).isNotDone();
        ReplicaRouter.exchange(eu, us);
        assertThat(waiting.join().asOptional()).contains("v");
        SessionToken ahead = done(here.put("k", "w")).session();
        CompletionStage<Found<String>> impatient =
                there.get("k", ReadOptions.session(ahead).timeout(Duration.ofMillis(50)));
        us.pass(Duration.ofSeconds(1));
        assertThat(refusal(impatient).reason()).isEqualTo(Reason.NOT_REACHED);
    }

    @Test
    void aSessionReadsItsWritesAndWritesAfterThemWhereverItGoes() {
        Session session = Session.begin();
        ReplicatedMap<String> here = session.in(maps.map("m", Codec.utf8()));
        ReplicatedMap<String> there = session.in(abroad.map("m", Codec.utf8()));
        ReplicaRouter.exchange(eu, us);
        done(here.put("k", "v"));
        CompletableFuture<Found<String>> read = there.get("k").toCompletableFuture();
        CompletableFuture<Written> write = there.put("k", "w").toCompletableFuture();
        assertThat(read).isNotDone();
        assertThat(write).isNotDone();
        assertThat(done(there.get("k", ReadOptions.local())).asOptional()).isEmpty();
        ReplicaRouter.exchange(eu, us);
        assertThat(read.join().asOptional()).isPresent();
        write.join();
        ReplicaRouter.exchange(eu, us);
        assertThat(done(maps.map("m", Codec.utf8()).get("k")).asOptional()).contains("w");
        Session elsewhere = Session.of(SessionToken.parse(session.token().text()));
        assertThat(done(elsewhere.in(abroad.map("m", Codec.utf8())).get("k")).asOptional())
                .contains("w");
    }

    @Test
    void aReadOfMoreCopiesThanThereAreIsRefused() {
        NotAppliedException refused = refusal(maps.map("m", Codec.utf8()).get("k", ReadOptions.replicas(9)));
        assertThat(refused.reason()).isEqualTo(Reason.INVALID_ARGUMENT);
        assertThat(refused).hasMessageContaining("a read of 9 copies");
    }

    @Test
    void aSessionOfAnotherClusterIsRefused() {
        SessionToken foreign = SessionToken.of(99, VersionVector.of(new Origin("eu", "eu-1", 1, 1), 1));
        NotAppliedException refused = refusal(maps.map("m", Codec.utf8()).get("k", ReadOptions.session(foreign)));
        assertThat(refused.reason()).isEqualTo(Reason.INVALID_ARGUMENT);
        assertThat(refused).hasMessageContaining("partition 99").hasMessageContaining("4 partitions");
    }

    @Test
    void aWriteConcernThatIsNotMetInTimeSaysThatTheWriteIsThere() {
        ReplicatedMap<String> map = maps.map("m", Codec.utf8());
        eu.knows(us);
        CompletionStage<Written> waiting =
                map.put("k", "v", WriteOptions.dataCenters(2).timeout(Duration.ofMillis(100)));
        eu.pass(Duration.ofSeconds(1));
        Throwable failure = failure(waiting);
        assertThat(failure).isInstanceOfSatisfying(WriteConcernTimeoutException.class, late -> {
            assertThat(late.outcome()).isEqualTo(Outcome.APPLIED);
            assertThat(late.acknowledgedBy()).hasToString("[eu/eu-1]");
            assertThat(late.written().context()).isEqualTo(done(map.get("k")).context());
        });
        assertThat(done(map.get("k")).asOptional()).contains("v");
    }

    @Test
    void aWriteConcernThatNobodyCouldMeetLeavesNothing() {
        ReplicatedMap<String> map = maps.map("m", Codec.utf8());
        NotAppliedException refused = refusal(map.put("k", "v", WriteOptions.replicas(2)));
        assertThat(refused.reason()).isEqualTo(Reason.INVALID_ARGUMENT);
        assertThat(refused).hasMessageContaining("2 copies").hasMessageContaining("the partition has 1");
        assertThat(done(map.get("k")).asOptional()).isEmpty();
    }

    @Test
    void whatBreaksALimitIsRefusedWithTheLimit() {
        ReplicatedMap<String> map = maps.map("m", Codec.utf8());
        assertThat(refusal(map.put("", "v"))).hasMessageContaining("1 to 16");
        assertThat(refusal(map.get("ä".repeat(9))))
                .hasMessageContaining("18 bytes")
                .hasMessageContaining("1 to 16");
        assertThat(refusal(map.get("\uD800"))).hasMessageContaining("half a surrogate pair");
        assertThat(refusal(map.entries("x".repeat(17))).reason()).isEqualTo(Reason.INVALID_ARGUMENT);
        NotAppliedException tooLarge = refusal(map.put("k", "v".repeat(1_025)));
        assertThat(tooLarge.reason()).isEqualTo(Reason.VALUE_TOO_LARGE);
        assertThat(tooLarge).hasMessageContaining("1025 bytes").hasMessageContaining("1024");
        assertThat(catchThrowable(() -> maps.map("a/b", Codec.utf8())))
                .isInstanceOf(NotAppliedException.class)
                .hasMessageContaining("'a/b'");
        done(map.put("k".repeat(16), "v".repeat(1_024)));
    }

    @Test
    void pagesFollowEachOtherInOrderAndLeaveOutWhatIsAbsent() {
        ReplicatedMap<String> map = maps.map("m", Codec.utf8());
        for (String key : List.of("a1", "a2", "a3", "b1")) {
            done(map.put(key, "of " + key));
        }
        done(map.delete("a2"));
        done(maps.map("other", Codec.utf8()).put("a9", "v"));
        Page<Entry<String>> first = done(map.entries(PageRequest.of("a").limit(1)));
        assertThat(first.entries()).extracting(Entry::key).containsExactly("a1");
        Page<Entry<String>> second =
                done(map.entries(PageRequest.of("a").after(first.next().orElseThrow())));
        assertThat(second.entries())
                .extracting(entry -> entry.found().asOptional().orElseThrow())
                .containsExactly("of a3");
        assertThat(second.next()).isEmpty();
        assertThat(done(map.entries("a")).entries()).hasSize(2);
    }

    @Test
    void aResolverHasNoMoreTimeThanTheRequestThatAsksIt() {
        CountDownLatch ends = new CountDownLatch(1);
        ReplicatedMap<String> map = maps.map("m", Codec.utf8(), Resolvers.named("slow", 1, conflict -> {
            try {
                ends.await();
            } catch (InterruptedException interrupted) {
                throw new IllegalStateException("interrupted", interrupted);
            }
            return Resolution.pick(conflict.lastWritten());
        }));
        CausalContext old = done(map.put("k", "1")).context();
        done(map.put("k", "2"));
        done(map.put("k", "3", WriteOptions.async().seen(old)));
        Duration little = Duration.ofMillis(20);
        Found<String> found = done(map.get("k", ReadOptions.local().timeout(little)));
        assertThat(found.unresolved())
                .hasValueSatisfying(why -> assertThat(why).contains("slow@1", "request's time was over"));
        assertThat(refusal(map.put("k", "4", WriteOptions.async().timeout(little)))
                        .reason())
                .isEqualTo(Reason.UNRESOLVED);
        ends.countDown();
        assertThat(done(map.get("k")).unresolved()).isEmpty();
    }

    @Test
    void whatLookingForConflictsTakesIsNotThereForTheWrite() {
        SlowToRead slow = new SlowToRead(eu, Duration.ofMillis(50));
        ReplicatedMap<List<String>> map = maps(slow).map("m", new ListCodec(), Resolvers.merging(RoutedMapTest::join));
        done(map.put("k", List.of("a"), WriteOptions.async().timeout(Duration.ofSeconds(60))));
        assertThat(slow.leftForWrites)
                .singleElement()
                .satisfies(left -> assertThat(left).isLessThanOrEqualTo(Duration.ofMillis(59_950)));
    }

    private static Maps maps(Router router) {
        EntenteSettings settings = EntenteSettings.from(ConfigFactory.parseString("entente.resolver-timeout = 60 s"));
        return new Maps(new MapAccess(router, LIMITS, Runnable::run), new MapCatalog(settings));
    }

    private static List<String> join(List<String> a, List<String> b) {
        List<String> joined = new ArrayList<>(a);
        joined.addAll(b);
        return joined;
    }

    private static <T> T done(CompletionStage<T> stage) {
        return stage.toCompletableFuture().join();
    }

    private static NotAppliedException refusal(CompletionStage<?> stage) {
        Throwable failure = failure(stage);
        assertThat(failure).isInstanceOf(NotAppliedException.class);
        NotAppliedException refused = (NotAppliedException) failure;
        assertThat(refused.outcome()).isEqualTo(Outcome.NOT_APPLIED);
        return refused;
    }

    private static Throwable failure(CompletionStage<?> stage) {
        Throwable failure = catchThrowable(() -> stage.toCompletableFuture().join());
        assertThat(failure).isInstanceOf(CompletionException.class);
        return java.util.Objects.requireNonNull(failure.getCause());
    }

    /** Answers reads after some time, and notes what time is left for writes. */
    private record SlowToRead(Router router, Duration delay, List<Duration> leftForWrites) implements Router {

        private SlowToRead(Router router, Duration delay) {
            this(router, delay, new CopyOnWriteArrayList<>());
        }

        @Override
        public int partitions() {
            return router.partitions();
        }

        @Override
        public int partitionOf(String key) {
            return router.partitionOf(key);
        }

        @Override
        public CompletionStage<Reply> write(Write request) {
            leftForWrites.add(request.timeout());
            return router.write(request);
        }

        @Override
        public CompletionStage<Reply> read(Read request) {
            return CompletableFuture.supplyAsync(
                            () -> router.read(request),
                            CompletableFuture.delayedExecutor(delay.toMillis(), TimeUnit.MILLISECONDS))
                    .thenCompose(Function.identity());
        }

        @Override
        public CompletionStage<Reply> parts(PartsRead request) {
            return router.parts(request);
        }

        @Override
        public CompletionStage<Listing> list(ListRequest request) {
            return router.list(request);
        }
    }

    /** Words with commas. */
    private static final class ListCodec implements Codec<List<String>> {

        @Override
        public String contentType() {
            return "text/csv";
        }

        @Override
        public byte[] encode(List<String> value) {
            return Codec.utf8().encode(String.join(",", value));
        }

        @Override
        public List<String> decode(byte[] content) {
            return List.of(Codec.utf8().decode(content).split(","));
        }
    }
}
