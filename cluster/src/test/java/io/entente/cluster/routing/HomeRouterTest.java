package io.entente.cluster.routing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.entente.cluster.routing.RequestFailedException.Cause;
import io.entente.cluster.settings.HomeSettings;
import io.entente.cluster.settings.HomeSettings.Unreachable;
import io.entente.conflict.version.VersionVector;
import io.entente.core.effect.Reply;
import io.entente.core.event.WriteCondition;
import io.entente.core.mode.WriteConcern;
import io.entente.core.record.Payload;
import io.entente.core.record.RecordKey;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class HomeRouterTest {

    private static final Duration TIMEOUT = Duration.ofSeconds(1);
    private static final int PARTITIONS = 8;

    private final Map<String, HomeSettings> wishes = new HashMap<>();
    private final Set<Integer> singleLeader = new TreeSet<>();
    private final Set<String> cut = new TreeSet<>();
    private final Map<String, RequestFailedException> down = new HashMap<>();
    private final List<String> asked = new ArrayList<>();

    @Test
    void writesAndWhatTheyRestOnGoHomeAndReadsStay() {
        wishes.put("m", new HomeSettings("us", Unreachable.REFUSE));
        write("m", "a");
        read("m", "a", Router.Source.LEADER);
        read("m", "a", Router.Source.NEAREST);
        write("other", "a");
        assertThat(asked).containsExactly("write us", "read us", "read eu", "write eu");
    }

    @Test
    void aKeyIsAtHomeWhereItsPrefixSays() {
        wishes.put("m", new HomeSettings(HomeSettings.BY_KEY_PREFIX, Unreachable.REFUSE));
        write("m", "us/alice");
        write("m", "ap:bob");
        write("m", "eu/carol/1");
        assertThat(asked).containsExactly("write us", "write ap", "write eu");
        for (String homeless : List.of("alice", "mars/alice", "/alice", "us")) {
            assertThatThrownBy(() -> homes().of(new RecordKey("m", homeless)))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("'" + homeless + "' names no home")
                    .hasMessageContaining("one of ap, eu, us");
            assertThat(homes().find(new RecordKey("m", homeless))).isEmpty();
        }
    }

    @Test
    void hashedKeysAreAtHomeSomewhereAndTogetherWithThoseOfTheirBraces() {
        wishes.put("m", new HomeSettings(HomeSettings.BY_KEY_HASH, Unreachable.REFUSE));
        Set<String> homes = new TreeSet<>();
        for (int i = 0; i < 100; i++) {
            String home = homes().of(new RecordKey("m", "{k" + i + "}/a")).orElseThrow();
            assertThat(homes().of(new RecordKey("m", "{k" + i + "}/b"))).contains(home);
            homes.add(home);
        }
        assertThat(homes).containsExactly("ap", "eu", "us");
    }

    @Test
    void underASingleLeaderKeysHaveNoHome() {
        wishes.put("m", new HomeSettings("us", Unreachable.REFUSE));
        singleLeader.add(new Partitioning(PARTITIONS).of("a"));
        write("m", "a");
        assertThat(asked).containsExactly("write eu");
        assertThat(homes().of(new RecordKey("m", "a"))).isEmpty();
    }

    @ParameterizedTest
    @EnumSource(
            value = Cause.class,
            names = {"UNREACHABLE", "NOT_RUNNING", "STORE_FAILED", "CLOCK_OFF", "DISK_FULL"})
    void whileTheHomeTakesNoWritesTheyAreRefusedByItsNameOrTakenHere(Cause why) {
        down.put("us", new RequestFailedException(Outcome.NOT_APPLIED, why, "it is down"));
        wishes.put("m", new HomeSettings("us", Unreachable.REFUSE));
        assertThat(failure("m", "a"))
                .isInstanceOfSatisfying(RequestFailedException.class, refused -> {
                    assertThat(refused.kind()).isEqualTo(Cause.HOME_UNREACHABLE);
                    assertThat(refused.outcome()).isEqualTo(Outcome.NOT_APPLIED);
                })
                .hasMessageContainingAll(
                        "the home of m/a is data center us", "it is down", "home-unreachable = accept");
        assertThat(asked).containsExactly("write us");
        asked.clear();
        wishes.put("m", new HomeSettings("us", Unreachable.ACCEPT));
        write("m", "a");
        read("m", "a", Router.Source.LEADER);
        assertThat(asked).containsExactly("write us", "write eu", "read us", "read eu");
    }

    @Test
    void aWriteThatMayHaveArrivedAtHomeIsNotTakenElsewhere() {
        wishes.put("m", new HomeSettings("us", Unreachable.ACCEPT));
        down.put("us", new RequestFailedException(Outcome.UNKNOWN, Cause.UNREACHABLE, "no answer"));
        assertThat(failure("m", "a")).isSameAs(down.get("us"));
        down.put("us", new RequestFailedException(Outcome.NOT_APPLIED, Cause.OVERLOADED, "too much"));
        assertThat(failure("m", "a")).as("what is busy isn't out of reach").isSameAs(down.get("us"));
        assertThat(asked).containsExactly("write us", "write us");
    }

    @Test
    void aHomeBehindACutLinkIsNotAsked() {
        wishes.put("m", new HomeSettings("us", Unreachable.REFUSE));
        cut.add("us");
        assertThat(failure("m", "a")).hasMessageContaining("the link there is cut");
        assertThat(asked).isEmpty();
    }

    private Homes homes() {
        return new Homes(
                map -> wishes.getOrDefault(map, HomeSettings.none()),
                new TreeSet<>(List.of("eu", "us", "ap")),
                PARTITIONS,
                singleLeader::contains,
                cut::contains);
    }

    private HomeRouter router() {
        return new HomeRouter("eu", new Named("eu"), Named::new, homes());
    }

    private void write(String map, String key) {
        assertThat(router().write(request(map, key)).toCompletableFuture()).isCompleted();
    }

    private Throwable failure(String map, String key) {
        CompletableFuture<Reply> answer = router().write(request(map, key)).toCompletableFuture();
        assertThat(answer).isCompletedExceptionally();
        return answer.handle((reply, failure) -> failure instanceof CompletionException && failure.getCause() != null
                        ? failure.getCause()
                        : failure)
                .join();
    }

    private void read(String map, String key, Router.Source from) {
        Router.ReadTerms terms = Router.ReadTerms.session(VersionVector.empty(), TIMEOUT);
        assertThat(router().read(new Router.Read(new RecordKey(map, key), terms, from))
                        .toCompletableFuture())
                .isCompleted();
    }

    private static Router.Write request(String map, String key) {
        return new Router.Write(
                new RecordKey(map, key), Payload.deletion(), WriteCondition.none(), WriteConcern.async(), TIMEOUT);
    }

    /** A data center that notes what it is asked. */
    private final class Named implements Router {

        private final String name;

        private Named(String name) {
            this.name = name;
        }

        private CompletionStage<Reply> answer(String what) {
            asked.add(what + " " + name);
            return Optional.ofNullable(down.get(name))
                    .<CompletionStage<Reply>>map(CompletableFuture::failedFuture)
                    .orElseGet(() -> CompletableFuture.completedFuture(null));
        }

        @Override
        public int partitions() {
            return PARTITIONS;
        }

        @Override
        public int partitionOf(String key) {
            return new Partitioning(PARTITIONS).of(key);
        }

        @Override
        public CompletionStage<Reply> write(Write request) {
            return answer("write");
        }

        @Override
        public CompletionStage<Reply> read(Read request) {
            return answer("read");
        }

        @Override
        public CompletionStage<Reply> parts(PartsRead request) {
            return answer("parts");
        }

        @Override
        public CompletionStage<Listing> list(ListRequest request) {
            throw new UnsupportedOperationException();
        }
    }
}
