package io.entente.cluster.map;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.IntNode;
import com.fasterxml.jackson.databind.node.TextNode;
import com.typesafe.config.ConfigFactory;
import io.entente.cluster.map.NotAppliedException.Reason;
import io.entente.cluster.routing.SingleReplicaRouter;
import io.entente.cluster.settings.DataLimits;
import io.entente.cluster.settings.EntenteSettings;
import io.entente.conflict.Resolvers;
import io.entente.conflict.merge.MergeableType;
import java.time.LocalDate;
import java.util.Set;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Mergeable maps as applications use them, over one real replica. */
class MergeableMapsTest {

    private static final DataLimits LIMITS = new DataLimits(64, 1_024, 32, 4_096, 3, 64 << 10);

    private final SingleReplicaRouter replica = new SingleReplicaRouter();
    private final MapCatalog catalog = new MapCatalog(EntenteSettings.from(
            ConfigFactory.parseString("entente.maps { configured.type = counter, resolved.resolver = max }")));
    private final Maps maps = new Maps(new MapAccess(replica, LIMITS, Runnable::run), catalog);

    @AfterEach
    void close() {
        replica.close();
    }

    @Test
    void aCounterCounts() {
        MergeableMap.Counters counters = maps.counter("hits");
        assertThat(done(counters.get("k")).asOptional()).isEmpty();
        done(counters.increment("k", 5));
        Written written = done(counters.increment("k", -2));
        assertThat(done(counters.get("k", ReadOptions.session(written.session())))
                        .asOptional())
                .contains(3L);
        done(counters.delete("k"));
        assertThat(done(counters.get("k")).asOptional()).isEmpty();
        done(counters.increment("k", 7));
        assertThat(done(counters.entries(PageRequest.of(""))).entries())
                .singleElement()
                .satisfies(entry -> assertThat(entry.found().asOptional()).contains(7L));
    }

    @Test
    void aFlagIsSwitched() {
        MergeableMap.Flags flags = maps.flag("flags", MergeableType.DISABLE_WINS_FLAG);
        done(flags.set("k", true));
        assertThat(done(flags.get("k")).asOptional()).contains(true);
        done(flags.set("k", false));
        assertThat(done(flags.get("k")).asOptional()).contains(false);
    }

    @Test
    void aSetHoldsElementsOfItsCodec() {
        MergeableMap.Sets<LocalDate> days =
                maps.set("days", Codec.json(LocalDate.class), MergeableType.REMOVE_WINS_SET);
        LocalDate day = LocalDate.of(2026, 11, 21);
        done(days.add("k", day));
        done(days.add("k", day.plusDays(1)));
        done(days.add("k", day));
        assertThat(done(days.contains("k", day))).isTrue();
        done(days.remove("k", day));
        assertThat(done(days.contains("k", day))).isFalse();
        assertThat(done(days.contains("other", day))).isFalse();
        assertThat(done(days.get("k")).asOptional()).contains(Set.of(day.plusDays(1)));
        MergeableMap.Sets<String> words = maps.set("words", Codec.utf8(), MergeableType.ADD_WINS_SET);
        done(words.add("k", "ä \"quoted\""));
        assertThat(done(words.get("k")).asOptional()).contains(Set.of("ä \"quoted\""));
    }

    @Test
    void bytesAreNoElements() {
        MergeableMap.Sets<byte[]> sets = maps.set("bytes", Codec.bytes(), MergeableType.ADD_WINS_SET);
        assertRefused(sets.add("k", new byte[1]), Reason.INVALID_ARGUMENT);
        assertRefused(sets.contains("k", new byte[1]), Reason.INVALID_ARGUMENT);
    }

    @Test
    void aRegisterHoldsValuesOfItsCodec() {
        MergeableMap.Registers<byte[]> registers = maps.multiValueRegister("registers", Codec.bytes());
        done(registers.set("k", new byte[] {1}));
        done(registers.set("k", new byte[] {2}));
        assertThat(done(registers.get("k")).asOptional().orElseThrow()).containsExactly(new byte[] {2});
    }

    @Test
    void fieldsAreUpdatedAllAtOnce() {
        MergeableMap.Documents documents = maps.fields("documents");
        done(documents.update(
                "k",
                new FieldUpdate()
                        .set("name", TextNode.valueOf("Ann"))
                        .setKeepingConcurrent("mood", IntNode.valueOf(1))
                        .increment("visits", 2)
                        .increment("visits", 3)
                        .enable("muted", true)
                        .add("tags", TextNode.valueOf("x"))
                        .in("home", new FieldUpdate().set("city", TextNode.valueOf("Rome")))));
        assertThat(done(documents.get("k")).asOptional().orElseThrow())
                .hasToString(
                        "{\"home\":{\"city\":\"Rome\"},\"mood\":[1],\"muted\":true,\"name\":\"Ann\",\"tags\":[\"x\"],"
                                + "\"visits\":5}");
        done(documents.update("k", new FieldUpdate().remove("home").removeElement("tags", TextNode.valueOf("x"))));
        assertThat(done(documents.get("k")).asOptional().orElseThrow())
                .hasToString("{\"mood\":[1],\"muted\":true,\"name\":\"Ann\",\"tags\":[],\"visits\":5}");
    }

    @Test
    void whatContradictsItselfIsRefused() {
        MergeableMap.Documents documents = maps.fields("documents");
        FieldUpdate both = new FieldUpdate().set("a", IntNode.valueOf(1)).set("a", IntNode.valueOf(2));
        assertRefused(documents.update("k", both), Reason.INVALID_ARGUMENT);
        assertRefused(documents.update("k", new FieldUpdate()), Reason.INVALID_ARGUMENT);
        FieldUpdate deep = new FieldUpdate().set("a", IntNode.valueOf(1));
        for (int i = 0; i < 9; i++) {
            deep = new FieldUpdate().in("m", deep);
        }
        assertRefused(documents.update("k", deep), Reason.INVALID_ARGUMENT);
    }

    @Test
    void whatIsTooLargeIsNotReadAsAWhole() {
        MergeableMap.Sets<Integer> sets = maps.set("sets", Codec.json(Integer.class), MergeableType.ADD_WINS_SET);
        for (int i = 0; i < 1_200; i++) {
            done(sets.add("k", i));
        }
        assertRefused(sets.get("k"), Reason.VALUE_TOO_LARGE);
        assertThat(done(sets.contains("k", 1_199))).isTrue();
        done(sets.delete("k"));
        assertThat(done(sets.get("k")).asOptional()).isEmpty();
    }

    @Test
    void anOperationHasNoCondition() {
        MergeableMap.Counters counters = maps.counter("hits");
        assertRefused(counters.increment("k", 1, WriteOptions.async().ifAbsent()), Reason.INVALID_ARGUMENT);
    }

    @Test
    void aMapHasOneTypeOnly() {
        maps.counter("configured");
        maps.set("sets", Codec.utf8(), MergeableType.ADD_WINS_SET);
        maps.set("sets", Codec.json(Integer.class), MergeableType.ADD_WINS_SET);
        assertThatThrownBy(() -> maps.set("sets", Codec.utf8(), MergeableType.REMOVE_WINS_SET))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("add-wins-set");
        assertThatThrownBy(() -> maps.counter("resolved")).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> maps.map("sets", Codec.utf8(), Resolvers.keepAll()))
                .isInstanceOf(IllegalStateException.class);
        maps.map("chosen", Codec.utf8(), Resolvers.keepAll());
        assertThatThrownBy(() -> maps.fields("chosen")).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> maps.flag("f", MergeableType.COUNTER)).isInstanceOf(IllegalArgumentException.class);
        assertThat(catalog.resolvers()).containsEntry("sets", new ResolverIdentity("add-wins-set", 1));
    }

    @Test
    void aMergeableValueIsNotPut() {
        assertRefused(maps.map("configured", Codec.json(Integer.class)).put("k", 1), Reason.INVALID_ARGUMENT);
        assertRefused(
                maps.stored("plain").update("k", StoredValue.json("{\"add\":1}"), WriteOptions.async()),
                Reason.INVALID_ARGUMENT);
    }

    private static <T> T done(CompletionStage<T> stage) {
        return stage.toCompletableFuture().join();
    }

    private static void assertRefused(CompletionStage<?> stage, Reason reason) {
        assertThatThrownBy(() -> done(stage))
                .isInstanceOf(CompletionException.class)
                .cause()
                .isInstanceOfSatisfying(
                        NotAppliedException.class,
                        refused -> assertThat(refused.reason()).isEqualTo(reason));
    }
}
