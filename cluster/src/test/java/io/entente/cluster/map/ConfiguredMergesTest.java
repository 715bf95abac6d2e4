package io.entente.cluster.map;

import static org.assertj.core.api.Assertions.assertThat;

import com.typesafe.config.ConfigFactory;
import io.entente.cluster.settings.DataLimits;
import io.entente.cluster.settings.EntenteSettings;
import io.entente.core.bytes.Bytes;
import io.entente.core.replica.Start.Standing;
import java.util.List;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Three-way merges that configuration names, over real replicas of two data centers that keep what they have in common. */
class ConfiguredMergesTest {

    private static final DataLimits LIMITS = new DataLimits(16, 4_096, 16, 4_096, 64);

    private final ReplicaRouter eu = ReplicaRouter.alone();
    private final ReplicaRouter us = new ReplicaRouter("us", Standing.NEW, 2);

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            resolver = json-merge                    | {"a":1,"b":1} | {"a":2,"b":1}   | {"b":1,"c":1}   | {"a":2,"b":1,"c":1}
            resolver = json-merge                    | {"a":1,"b":1} | {"b":1}         | {"a":1,"b":2}   | {"b":2}
            resolver = set-merge                     | [1,2]         | [1]             | [1,2,3]         | [1,3]
            resolver = text-merge                    | "a\\nb\\nc"   | "A\\nb\\nc"     | "a\\nb\\nC"     | "A\\nb\\nC"
            resolver.per-field { n = max, rest = json-merge } | {"n":5,"x":{}} | {"n":3,"x":{"a":1}} | {"n":5,"x":{"b":1}} | {"n":3,"x":{"a":1,"b":1}}
            resolver.per-field { "\\\\rest" = max, rest = last-writer-wins } | {} | {"rest":5} | {"rest":3} | {"rest":5}
            """)
    void whatBothHadTellsWhatEachChanged(String resolver, String before, String atEu, String atUs, String merged) {
        StoredMap here = map(eu, resolver);
        StoredMap there = map(us, resolver);
        ReplicaRouter.exchange(eu, us);
        put(here, before);
        ReplicaRouter.exchange(eu, us);
        put(here, atEu);
        put(there, atUs);
        ReplicaRouter.exchange(eu, us);
        for (StoredMap anywhere : List.of(here, there)) {
            assertThat(read(anywhere).content()).isEqualTo(new Resolved.Value(StoredValue.json(merged)));
            assertThat(read(anywhere).versions()).hasSize(2);
        }
    }

    /** Both settle a conflict at once: what they had before they parted is what the siblings of then read as. */
    @Test
    void conflictsThatAreSettledOnBothSidesAtOnceAreMergedByWhatBothRead() {
        StoredMap here = map(eu, "resolver = set-merge");
        StoredMap there = map(us, "resolver = set-merge");
        ReplicaRouter.exchange(eu, us);
        put(here, "[1]");
        ReplicaRouter.exchange(eu, us);
        put(here, "[1,2]");
        put(there, "[1,3]");
        ReplicaRouter.exchange(eu, us);
        put(here, "[1,3,4]");
        put(there, "[1,2,3,5]");
        ReplicaRouter.exchange(eu, us);
        for (StoredMap anywhere : List.of(here, there)) {
            assertThat(read(anywhere).content())
                    .as("both had read [1,2,3]: one took out 2, and 4 and 5 were put in")
                    .isEqualTo(new Resolved.Value(StoredValue.json("[1,3,4,5]")));
        }
    }

    @Test
    void mergedTextStaysText() {
        StoredMap here = map(eu, "resolver = text-merge");
        StoredMap there = map(us, "resolver = text-merge");
        ReplicaRouter.exchange(eu, us);
        put(here, markdown("# Trip\n\n- castle\n- lunch\n"));
        ReplicaRouter.exchange(eu, us);
        put(here, markdown("# Day trip\n\n- castle\n- lunch\n"));
        put(there, markdown("# Trip\n\n- castle\n- lunch\n- home\n"));
        ReplicaRouter.exchange(eu, us);
        assertThat(read(there).content())
                .isEqualTo(new Resolved.Value(markdown("# Day trip\n\n- castle\n- lunch\n- home\n")));
    }

    @Test
    void aMergedDocumentKeepsItsContentType() {
        StoredMap here = map(eu, "resolver = json-merge");
        StoredMap there = map(us, "resolver = json-merge");
        ReplicaRouter.exchange(eu, us);
        put(here, patch("{\"a\":1}"));
        put(there, patch("{\"b\":1}"));
        ReplicaRouter.exchange(eu, us);
        assertThat(read(here).content()).isEqualTo(new Resolved.Value(patch("{\"a\":1,\"b\":1}")));
    }

    private static StoredValue patch(String json) {
        return new StoredValue("application/merge-patch+json", Bytes.utf8(json));
    }

    private static StoredValue markdown(String text) {
        return new StoredValue("text/markdown", Bytes.utf8(text));
    }

    private static StoredMap map(ReplicaRouter router, String resolver) {
        EntenteSettings settings = EntenteSettings.from(
                ConfigFactory.parseString("entente { resolver-timeout = 60 s, maps.m { " + resolver + " } }"));
        return new Maps(new MapAccess(router, LIMITS, Runnable::run), new MapCatalog(settings)).stored("m");
    }

    private static void put(StoredMap map, String json) {
        put(map, StoredValue.json(json));
    }

    private static void put(StoredMap map, StoredValue value) {
        done(map.put("k", value, WriteOptions.async()));
    }

    private static Resolved read(StoredMap map) {
        return done(map.read("k", ReadOptions.local())).resolved();
    }

    private static <T> T done(CompletionStage<T> stage) {
        return stage.toCompletableFuture().join();
    }
}
