package io.entente.cluster.map;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.IntNode;
import com.typesafe.config.ConfigFactory;
import io.entente.cluster.settings.EntenteSettings;
import io.entente.cluster.settings.SettingsException;
import io.entente.conflict.Conflict;
import io.entente.conflict.ConflictResolver;
import io.entente.conflict.Resolution;
import io.entente.conflict.Resolvers;
import io.entente.conflict.Version;
import io.entente.conflict.clock.HybridTimestamp;
import io.entente.conflict.version.Dot;
import io.entente.conflict.version.Lineage;
import io.entente.conflict.version.Origin;
import io.entente.core.bytes.Bytes;
import io.entente.core.record.Ancestry;
import io.entente.core.record.Payload;
import io.entente.core.record.Sibling;
import io.entente.core.record.Siblings;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which resolver a map has, and what it makes of siblings. */
class MapCatalogTest {

    private static final Payload DELETION = Payload.deletion();

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            resolver = last-writer-wins                               | 2     | 1     | 3      | 3
            resolver = first-writer-wins                              | 2     | 1     | 3      | 2
            resolver = data-center-priority, priority = [us]          | 2     | 1     | 3      | 1
            resolver = max                                            | 2     | 10    | 3      | 10
            resolver = min                                            | 2     | 10    | 3      | 2
            resolver = max                                            | 2     | 10    | "3"    | "3"
            resolver = longest                                        | "aaa" | "b"   | "cc"   | "aaa"
            resolver = longest                                        | [1,1] | [1]   | [1]    | [1,1]
            resolver = union                                          | [1,2] | [1]   | [3]    | [1,2,3]
            resolver = set-merge                                      | [1,2] | [1]   | [3]    | [1,2,3]
            resolver = json-merge                                     | {"a":1} | {"b":2} | {"a":3} | {"a":3,"b":2}
            resolver = text-merge                                     | "a"   | "b"   | "c"    | "a\\nb\\nc"
            resolver = text-merge, text-conflicts = later             | "a"   | "b"   | "c"    | "c"
            resolver.per-field { a = max, rest = union }              | {"a":2,"b":[1]} | {"a":1} | {"a":0,"b":[2]} | {"a":2,"b":[1,2]}
            resolver.per-field { a { b = max } }                      | {"a":{"b":2}} | {"a":{"b":1}} | {"a":{"b":0}} | {"a":{"b":2}}
            resolver.per-field { a = data-center-priority }, priority = [us] | {"a":2} | {"a":1} | {"a":3} | {"a":1}
            resolver = "io.entente.cluster.map.MapCatalogTest$Middle" | 2     | 1     | 3      | 1
            resolver.per-field { a = "io.entente.cluster.map.MapCatalogTest$Middle" } | {"a":2} | {"a":1} | {"a":3} | {"a":1}
            type = register                                           | 2     | 1     | 3      | 3
            """)
    void aConfiguredResolverResolvesWhatIsStored(String settings, String eu, String us, String ap, String outcome) {
        Siblings siblings = Siblings.of(json("eu", 1, eu), json("us", 2, us), json("ap", 3, ap));
        Resolved resolved = resolved(catalog("maps.m { " + settings + " }").definition("m"), siblings);
        assertThat(resolved.content()).isEqualTo(new Resolved.Value(StoredValue.json(outcome)));
        assertThat(resolved.unresolved()).isEmpty();
        assertThat(resolved.versions()).hasSize(3);
    }

    @Test
    void keepAllShowsTheSiblingsAndADeletionAloneIsAbsence() {
        MapDefinition<?> map = catalog("maps.m.resolver = keep-all").definition("m");
        assertThat(resolved(map, Siblings.of(json("eu", 1, "1"), deletion("us", 2)))
                        .content())
                .isInstanceOf(Resolved.Siblings.class);
        assertThat(resolved(map, Siblings.of(deletion("eu", 1), deletion("us", 2)))
                        .content())
                .isInstanceOf(Resolved.Absent.class);
        assertThat(resolved(map, Siblings.none()).content()).isInstanceOf(Resolved.Absent.class);
    }

    @Test
    void aLaterDeletionWinsOverAnEarlierValueByDefault() {
        Resolved resolved = resolved(catalog("").definition("any"), Siblings.of(json("eu", 1, "1"), deletion("us", 2)));
        assertThat(resolved.content()).isInstanceOf(Resolved.Absent.class);
    }

    @Test
    void aPickedValueKeepsItsOwnBytes() {
        Siblings siblings = Siblings.of(json("eu", 1, "{ \"a\" : 1.0 }"), json("us", 2, "0"));
        assertThat(resolved(catalog("maps.m.resolver = max").definition("m"), siblings)
                        .content())
                .isEqualTo(new Resolved.Value(StoredValue.json("{ \"a\" : 1.0 }")));
    }

    @Test
    void aValueThatCantBeComparedLeavesTheConflictUnresolvedWithTheLastWriter() {
        Siblings siblings = Siblings.of(json("eu", 1, "1"), sibling("us", 2, StoredValue.binary(Bytes.utf8("x"))));
        Resolved resolved = resolved(catalog("maps.m.resolver = max").definition("m"), siblings);
        assertThat(resolved.content()).isEqualTo(new Resolved.Value(StoredValue.binary(Bytes.utf8("x"))));
        assertThat(resolved.unresolved().orElseThrow()).contains("us/us-1").contains("no JSON form");
    }

    @Test
    void bytesThatNobodyCanOpenAreOpaqueAndUnresolvedEvenAlone() {
        Bytes garbage = Bytes.of((byte) 0xEE, (byte) 1);
        Sibling alone = new Sibling(dot("eu"), new HybridTimestamp(1, 0), Payload.value(garbage));
        Resolved resolved = resolved(catalog("").definition("m"), Siblings.of(alone));
        assertThat(resolved.content()).isEqualTo(new Resolved.Value(StoredValue.binary(garbage)));
        assertThat(resolved.unresolved().orElseThrow()).contains("version of a value's envelope is 14");
    }

    @Test
    void codeWinsOverConfigurationOnEverySurface() {
        MapCatalog catalog = catalog("maps.m.resolver = first-writer-wins");
        assertThat(catalog.resolvers()).hasToString("{m=first-writer-wins@1}");
        catalog.register("m", Codec.json(Integer.class), Resolvers.merging(Integer::sum));
        assertThat(catalog.resolvers()).hasToString("{m=merging@1}");
        Siblings siblings = Siblings.of(json("eu", 1, "1"), json("us", 2, "2"));
        assertThat(resolved(catalog.definition("m"), siblings).content())
                .isEqualTo(new Resolved.Value(StoredValue.json("3")));
    }

    @Test
    void aMergedValueThatCantBeWrittenLeavesTheConflictUnresolved() {
        MapCatalog catalog = catalog("");
        catalog.register("m", Codec.utf8(), Resolvers.merging((a, b) -> "\uD800"));
        Siblings siblings =
                Siblings.of(sibling("eu", 1, StoredValue.text("1")), sibling("us", 2, StoredValue.text("2")));
        Resolved resolved = resolved(catalog.definition("m"), siblings);
        assertThat(resolved.content()).isEqualTo(new Resolved.Value(StoredValue.text("2")));
        assertThat(resolved.unresolved().orElseThrow()).contains("half a surrogate pair");
    }

    @Test
    void aMapHasOneResolver() {
        MapCatalog catalog = catalog("");
        catalog.register("m", Codec.utf8(), Resolvers.keepAll());
        catalog.register("m", Codec.utf8(), Resolvers.keepAll());
        assertThatIllegalStateException()
                .isThrownBy(() -> catalog.register("m", Codec.utf8(), Resolvers.longest()))
                .withMessageContaining("keep-all@1")
                .withMessageContaining("longest@1");
    }

    @Test
    void aResolverThatAsksForTheAncestorGetsItInConfigurationAndInCode() {
        Siblings siblings = Siblings.of(json("us", 2, "12"), json("ap", 3, "15"))
                .with(descent(sibling("eu", 1, StoredValue.json("10")), "us", "ap"));
        MapCatalog catalog = catalog("maps.m.resolver = \"" + Ancestral.class.getName() + "\"");
        Resolved resolved = resolved(catalog.definition("m"), siblings);
        assertThat(resolved.content()).isEqualTo(new Resolved.Value(StoredValue.json("17")));
        assertThat(resolved.ancestor().flatMap(Version::value)).contains(StoredValue.json("10"));

        catalog.register("m", Codec.json(JsonNode.class), new Ancestral());
        assertThat(catalog.definition("m").needsAncestor()).isTrue();
        assertThat(resolved(catalog.definition("m"), siblings).content())
                .isEqualTo(new Resolved.Value(StoredValue.json("17")));
    }

    @Test
    void aResolverThatDoesntAskIsNotShownTheAncestor() {
        Siblings siblings = Siblings.of(json("us", 2, "12"), json("ap", 3, "15"))
                .with(descent(sibling("eu", 1, StoredValue.json("10")), "us", "ap"));
        Resolved resolved = resolved(catalog("").definition("m"), siblings);
        assertThat(resolved.content()).isEqualTo(new Resolved.Value(StoredValue.json("15")));
        assertThat(resolved.ancestor()).isEmpty();
    }

    @Test
    void resolversAreToldOfTimestampsThatClocksLeaveOpen() {
        MapCatalog catalog = catalog("max-clock-drift = 5 ms");
        catalog.register(
                "m",
                Codec.json(JsonNode.class),
                Resolvers.named(
                        "careful",
                        1,
                        conflict -> conflict.isCloseCall()
                                ? Resolution.keepAll()
                                : Resolution.pick(conflict.lastWritten())));
        MapDefinition<?> map = catalog.definition("m");
        assertThat(resolved(map, Siblings.of(json("eu", 1, "1"), json("us", 11, "2")))
                        .content())
                .isInstanceOf(Resolved.Siblings.class);
        assertThat(resolved(map, Siblings.of(json("eu", 1, "1"), json("us", 12, "2")))
                        .content())
                .isInstanceOf(Resolved.Value.class);
    }

    @Test
    void anAncestorThatCantBeReadLeavesTheConflictUnresolved() {
        Siblings siblings = Siblings.of(json("us", 2, "12"), json("ap", 3, "15"))
                .with(descent(sibling("eu", 1, StoredValue.binary(Bytes.utf8("x"))), "us", "ap"));
        MapCatalog catalog = catalog("maps.m.resolver = \"" + Ancestral.class.getName() + "\"");
        Resolved resolved = resolved(catalog.definition("m"), siblings);
        assertThat(resolved.unresolved().orElseThrow()).contains("eu/eu-1").contains("no JSON form");
    }

    /** One kept version, replaced in these data centers. */
    private static Ancestry descent(Sibling from, String... in) {
        Map<Dot, List<Dot>> replaced = new TreeMap<>(Map.of(from.dot(), List.of()));
        for (String dataCenter : in) {
            replaced.put(dot(dataCenter), List.of(from.dot()));
        }
        return new Ancestry(List.of(from), Lineage.of(replaced));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            no.such.Class   | no.such.Class is not on the class path
            java.lang.String | java.lang.String does not implement
            io.entente.cluster.map.MapCatalogTest$Hidden | has no public constructor without arguments
            io.entente.cluster.map.MapCatalogTest$Failing | threw in its constructor: java.lang.IllegalStateException: not today
            io.entente.cluster.map.MapCatalogTest$OfText | resolves java.lang.String
            """)
    void aClassThatIsNoResolverIsRefusedAtStart(String type, String reason) {
        assertThatExceptionOfType(SettingsException.class)
                .isThrownBy(() -> catalog("maps.m.resolver = \"" + type + "\""))
                .withMessageContaining("entente.maps.m.resolver")
                .withMessageContaining(type)
                .withMessageContaining(reason);
    }

    /** Picks the middle one in canonical order, which is the order of the data centers' origins here. */
    public static final class Middle implements ConflictResolver<JsonNode> {
        @Override
        public Resolution<JsonNode> resolve(Conflict<JsonNode> conflict) {
            return Resolution.pick(conflict.siblings().get(1));
        }
    }

    /** Without a public constructor. */
    public static final class Hidden extends LastWriter<JsonNode> {
        private Hidden() {}
    }

    /** Whose constructor fails. */
    public static final class Failing extends LastWriter<JsonNode> {
        public Failing() {
            throw new IllegalStateException("not today");
        }
    }

    /** For values that configuration has none of. */
    public static final class OfText implements ConflictResolver<String> {
        @Override
        public Resolution<String> resolve(Conflict<String> conflict) {
            return Resolution.pick(conflict.lastWritten());
        }
    }

    /** Adds up what each sibling has added to the ancestor. */
    public static final class Ancestral implements ConflictResolver<JsonNode> {
        @Override
        public boolean needsAncestor() {
            return true;
        }

        @Override
        public Resolution<JsonNode> resolve(Conflict<JsonNode> conflict) {
            int base = conflict.ancestor()
                    .flatMap(Version::value)
                    .map(JsonNode::intValue)
                    .orElse(0);
            int added = conflict.live().stream()
                    .mapToInt(version -> version.value().orElseThrow().intValue() - base)
                    .sum();
            return Resolution.merged(IntNode.valueOf(base + added));
        }
    }

    /** A resolver to derive from. */
    public abstract static class LastWriter<V> implements ConflictResolver<V> {
        @Override
        public Resolution<V> resolve(Conflict<V> conflict) {
            return Resolution.pick(conflict.lastWritten());
        }
    }

    private static Resolved resolved(MapDefinition<?> definition, Siblings siblings) {
        return definition
                .resolve("k", siblings, Runnable::run)
                .toCompletableFuture()
                .join();
    }

    private static MapCatalog catalog(String settings) {
        return new MapCatalog(EntenteSettings.from(
                ConfigFactory.parseString("entente {\nresolver-timeout = 60 s\n" + settings + "\n}")));
    }

    private static Sibling json(String dataCenter, long millis, String json) {
        return sibling(dataCenter, millis, StoredValue.json(json));
    }

    private static Sibling sibling(String dataCenter, long millis, StoredValue value) {
        return new Sibling(dot(dataCenter), new HybridTimestamp(millis, 0), Payload.value(value.envelope()));
    }

    private static Sibling deletion(String dataCenter, long millis) {
        return new Sibling(dot(dataCenter), new HybridTimestamp(millis, 0), DELETION);
    }

    /** Ordered by data center: eu, us, ap. */
    private static Dot dot(String dataCenter) {
        long start = switch (dataCenter) {
            case "eu" -> 1;
            case "us" -> 2;
            default -> 3;
        };
        return new Dot(new Origin(dataCenter, dataCenter + "-1", start, start), 1);
    }
}
