package io.entente.cluster.http;

import io.entente.cluster.conflict.SeenConflict;
import io.entente.cluster.conflict.SeenConflict.SeenVersion;
import io.entente.cluster.map.Resolved;
import io.entente.cluster.map.StoredValue;
import io.entente.cluster.settings.ResolverNames;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * A conflict as Java: a JUnit class that resolves it as the node did, and that verifies the resolver's laws over the values it was about.
 *
 * <p>What strangers wrote (map, key, values) stands in string literals alone, never in comments or names: there a line break, or the escape of
 * one, would end the comment and begin code.
 */
final class ConflictAsTest {

    /** A constant in a class file has at most 65,535 bytes; a character takes up to three. */
    private static final int MOST_LITERAL = 20_000;

    private static final Map<String, String> RESOLVERS = Map.of(
            ResolverNames.LAST_WRITER_WINS, "Resolvers.lastWriterWins()",
            ResolverNames.FIRST_WRITER_WINS, "Resolvers.firstWriterWins()",
            ResolverNames.KEEP_ALL, "Resolvers.keepAll()",
            ResolverNames.JSON_MERGE, "io.entente.cluster.resolve.DocumentResolvers.jsonMerge()",
            ResolverNames.UNION, "io.entente.cluster.resolve.DocumentResolvers.union()",
            ResolverNames.SET_MERGE, "io.entente.cluster.resolve.DocumentResolvers.setMerge()");

    private static final String TEMPLATE = """
            import static org.junit.jupiter.api.Assertions.assertEquals;

            import com.fasterxml.jackson.core.JsonProcessingException;
            import com.fasterxml.jackson.databind.JsonNode;
            import com.fasterxml.jackson.databind.ObjectMapper;
            import io.entente.conflict.ConflictResolver;
            import io.entente.conflict.GuardedResolver;
            import io.entente.conflict.Outcome;
            import io.entente.conflict.Resolvers;
            import io.entente.conflict.Version;
            import io.entente.conflict.clock.HybridTimestamp;
            import io.entente.conflict.verify.ResolverVerifier;
            import io.entente.conflict.version.Dot;
            import java.util.List;
            import java.util.Optional;
            import org.junit.jupiter.api.DisplayName;
            import org.junit.jupiter.api.Test;

            @DisplayName(${title})
            class Conflict${id}Test {

                private static final String RESOLVED_BY = ${resolver};

                // Put your own resolver here if it is another one; values that are no JSON are texts, bytes in Base64.
                private final ConflictResolver<JsonNode> resolver = ${expression};

                private final List<Version<JsonNode>> siblings = List.of(
            ${siblings});

                private final Optional<Version<JsonNode>> ancestor = ${ancestor};

                @Test
                void itIsResolvedAsTheNodeDid() {
                    Outcome<JsonNode> outcome = GuardedResolver.of(resolver).resolve(${map}, ${key}, siblings, ancestor);
                    assertEquals(${expected}, shown(outcome), RESOLVED_BY);
                }

                @Test
                void theResolverKeepsItsLawsOverTheseValues() {
                    List<String> values = List.of(
            ${values});
                    ResolverVerifier.of(() -> resolver).values(draws -> json(draws.oneOf(values))).verify();
                }

                private static Object shown(Outcome<JsonNode> outcome) {
                    if (outcome instanceof Outcome.Value<JsonNode> one) {
                        return one.value();
                    }
                    return outcome.getClass().getSimpleName();
                }

                private static Version<JsonNode> written(String dot, long millis, int counter, String json) {
                    return Version.of(Dot.parse(dot), new HybridTimestamp(millis, counter), json(json));
                }

                private static Version<JsonNode> deleted(String dot, long millis, int counter) {
                    return Version.deletion(Dot.parse(dot), new HybridTimestamp(millis, counter));
                }

                private static JsonNode json(String text) {
                    try {
                        return new ObjectMapper().readTree(text);
                    } catch (JsonProcessingException malformed) {
                        throw new IllegalArgumentException(malformed);
                    }
                }
            }
            """;

    private final SeenConflict conflict;

    ConflictAsTest(SeenConflict conflict) {
        this.conflict = conflict;
    }

    /** The source of the class. */
    String source() {
        String name = conflict.outcome().resolver().name();
        Map<String, String> parts = Map.ofEntries(
                Map.entry("id", conflict.id().toString()),
                Map.entry("title", literal("the conflict of " + conflict.key() + " seen at " + conflict.at())),
                Map.entry("resolver", literal(conflict.outcome().resolver().toString())),
                Map.entry("expression", RESOLVERS.getOrDefault(name, "Resolvers.lastWriterWins()")),
                Map.entry(
                        "siblings",
                        lines(conflict.siblings().stream()
                                .map(ConflictAsTest::version)
                                .toList())),
                Map.entry(
                        "ancestor",
                        conflict.ancestor()
                                .map(version -> "Optional.of(" + version(version) + ")")
                                .orElse("Optional.empty()")),
                Map.entry("map", literal(conflict.key().map())),
                Map.entry("key", literal(conflict.key().key())),
                Map.entry("expected", expected()),
                Map.entry("values", lines(values())));
        StringBuilder source = new StringBuilder();
        int from = 0;
        // One pass: what is put in is never looked into for further names.
        for (int mark = TEMPLATE.indexOf("${"); mark >= 0; mark = TEMPLATE.indexOf("${", from)) {
            int end = TEMPLATE.indexOf('}', mark);
            source.append(TEMPLATE, from, mark).append(parts.get(TEMPLATE.substring(mark + 2, end)));
            from = end + 1;
        }
        return source.append(TEMPLATE, from, TEMPLATE.length()).toString();
    }

    private List<String> values() {
        List<String> values = conflict.siblings().stream()
                .flatMap(version -> version.value().stream())
                .map(value -> literal(json(value)))
                .distinct()
                .toList();
        return values.isEmpty() ? List.of(literal("null")) : values;
    }

    private String expected() {
        Optional<Resolved> resolved = conflict.outcome().resolved();
        if (resolved.isEmpty() || resolved.get().unresolved().isPresent()) {
            return literal("Unresolved");
        }
        if (resolved.get().content() instanceof Resolved.Value value) {
            return "json(" + literal(json(value.value())) + ")";
        }
        return literal(resolved.get().content() instanceof Resolved.Absent ? "Absent" : "Siblings");
    }

    private static String version(SeenVersion version) {
        String head = literal(version.dot().toString()) + ", "
                + version.timestamp().millis() + "L, " + version.timestamp().counter();
        return version.value()
                .map(value -> "written(" + head + ", " + literal(json(value)) + ")")
                .orElse("deleted(" + head + ")");
    }

    private static String lines(List<String> elements) {
        return elements.stream().map(element -> "            " + element).collect(Collectors.joining(",\n"));
    }

    /** The value as JSON: itself, or a text. */
    private static String json(StoredValue value) {
        byte[] content = value.content().unsafeArray();
        Optional<String> text = Json.utf8(content);
        if (text.isPresent() && value.isJson() && Json.flaw(text.get()).isEmpty()) {
            return text.get();
        }
        String shown = text.orElseGet(() -> Base64.getEncoder().encodeToString(content));
        return Json.utf8(Json.bytes(com.fasterxml.jackson.databind.node.TextNode.valueOf(shown)))
                .orElseThrow();
    }

    /** A text as a Java expression, in ASCII. */
    private static String literal(String text) {
        if (text.length() <= MOST_LITERAL) {
            return quoted(text);
        }
        StringBuilder parts = new StringBuilder("String.join(\"\"");
        for (int from = 0; from < text.length(); from += MOST_LITERAL) {
            parts.append(", ").append(quoted(text.substring(from, Math.min(text.length(), from + MOST_LITERAL))));
        }
        return parts.append(')').toString();
    }

    private static String quoted(String text) {
        StringBuilder quoted = new StringBuilder("\"");
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '"' || c == '\\') {
                quoted.append('\\').append(c);
            } else if (c < ' ' || c == 0x7F) {
                quoted.append(String.format("\\%03o", (int) c));
            } else if (c > 0x7F) {
                quoted.append(String.format("\\u%04x", (int) c));
            } else {
                quoted.append(c);
            }
        }
        return quoted.append('"').toString();
    }
}
