package io.entente.cluster.feed;

import static org.assertj.core.api.Assertions.assertThat;

import io.entente.conflict.version.VersionVector;
import io.entente.core.record.RecordKey;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Followers of a node's changes, each at its own pace; all on the test's own thread. */
class ChangeFeedTest {

    private final IllegalStateException full = new IllegalStateException("full");

    private Optional<RuntimeException> obstacle = Optional.empty();
    private final ChangeFeed feed =
            new ChangeFeed(new ChangeLog(8, 1 << 20), new Random(1), Runnable::run, () -> obstacle, () -> full);

    @Test
    void aFollowerGetsAsMuchAsItAskedFor() {
        Told told = follow(feed.end());
        change("a", "b", "c");
        assertThat(told.events).isEmpty();
        told.ask(2);
        assertThat(told.events).containsExactly("a", "b");
        told.ask(5);
        change("d");
        assertThat(told.events).containsExactly("a", "b", "c", "d");
    }

    @Test
    void aSlowFollowerIsToldOnceThatItMissedSomethingAndGoesOn() {
        Told told = follow(feed.end());
        change("a", "b", "c", "d", "e", "f", "g", "h", "i", "j");
        told.ask(10);
        change("k");
        assertThat(told.events).containsExactly("missed", "k");
    }

    @Test
    void aFollowerOfAQuietMapIsToldHowFarItIs() {
        Told told = follow(feed.end());
        told.ask(10);
        for (int i = 0; i < 1_000; i++) {
            feed.changed(0, List.of(new RecordKey("other", "k")), VersionVector.empty());
        }
        assertThat(told.events).containsExactly("passed");
        assertThat(feed.reachesBackTo(told.last)).isTrue();
    }

    @Test
    void aPositionOfAnotherRunCanNotBeGoneOnFrom() {
        change("a");
        ChangeFeed restarted = new ChangeFeed(new Random(2), Runnable::run, Optional::empty, () -> full);
        assertThat(restarted.reachesBackTo(feed.end())).isFalse();
        assertThat(feed.reachesBackTo(feed.end())).isTrue();
        assertThat(feed.reachesBackTo(feed.end() + "1".repeat(30))).isFalse();
    }

    @Test
    void aFollowerEndsWithWhatKeepsTheNodeFromTellingAll() {
        Told told = follow(feed.end());
        told.ask(10);
        obstacle = Optional.of(new IllegalStateException("a partition is missing"));
        change("a");
        assertThat(told.end).isSameAs(obstacle.get());
    }

    @Test
    void oneFollowerTooManyIsRefusedAndOneThatLeavesMakesRoom() {
        List<Told> all = new ArrayList<>();
        for (int i = 0; i < ChangeFeed.MOST_FOLLOWERS; i++) {
            all.add(follow(feed.end()));
        }
        assertThat(follow(feed.end()).end).isSameAs(full);
        all.get(0).cancel();
        assertThat(follow(feed.end()).end).isNull();
    }

    @Test
    void followersAreCompletedWhenTheNodeStops() {
        Told told = follow(feed.end());
        feed.close();
        assertThat(told.completed).isTrue();
        assertThat(follow(feed.end()).completed).isTrue();
    }

    private void change(String... keys) {
        for (String key : keys) {
            feed.changed(0, List.of(new RecordKey("m", key)), VersionVector.empty());
        }
    }

    private Told follow(String after) {
        Told told = new Told();
        feed.follow(after, key -> key.map().equals("m"), told).subscribe(told);
        return told;
    }

    /** A follower and what it is told. */
    private static final class Told implements Flow.Subscriber<String>, ChangeFeed.Form<String> {

        private final List<String> events = new ArrayList<>();
        private Flow.@Nullable Subscription subscription;
        private @Nullable Throwable end;
        private boolean completed;
        private String last = "";

        void ask(int count) {
            Objects.requireNonNull(subscription).request(count);
        }

        void cancel() {
            Objects.requireNonNull(subscription).cancel();
        }

        @Override
        public void onSubscribe(Flow.Subscription to) {
            subscription = to;
        }

        @Override
        public void onNext(String event) {
            events.add(event);
        }

        @Override
        public void onError(Throwable failure) {
            end = failure;
        }

        @Override
        public void onComplete() {
            completed = true;
        }

        @Override
        public CompletionStage<String> changed(KeyChange change, String position) {
            return CompletableFuture.completedStage(change.key().key());
        }

        @Override
        public String missed(String position) {
            return "missed";
        }

        @Override
        public String passed(String position) {
            last = position;
            return "passed";
        }
    }
}
