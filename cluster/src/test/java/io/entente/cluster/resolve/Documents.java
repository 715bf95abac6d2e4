package io.entente.cluster.resolve;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.entente.conflict.Conflict;
import io.entente.conflict.ConflictResolver;
import io.entente.conflict.GuardedResolver;
import io.entente.conflict.Outcome;
import io.entente.conflict.Version;
import io.entente.conflict.clock.HybridTimestamp;
import io.entente.conflict.verify.Draws;
import io.entente.conflict.version.Dot;
import io.entente.conflict.version.Origin;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Conflicts to write tests with: data centers eu, us and ap wrote one after the other, and what they had seen is the ancestor. */
final class Documents {

    /** How a deleted or absent value is written in tables. */
    static final String ABSENT = "absent";

    private static final JsonMapper MAPPER = JsonMapper.builder()
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .build();
    private static final List<String> DATA_CENTERS = List.of("eu", "us", "ap", "sa");

    private Documents() {}

    static JsonNode json(String text) {
        try {
            return MAPPER.readTree(text);
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(e);
        }
    }

    static JsonNode json(byte[] bytes) {
        try {
            return MAPPER.readTree(bytes);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static byte[] bytes(JsonNode value) {
        return value.toString().getBytes(StandardCharsets.UTF_8);
    }

    /** What the siblings, written in this order by eu, us, ap and sa, read as; the word absent stands for no value. */
    static String read(ConflictResolver<JsonNode> resolver, String ancestor, String... siblings) {
        return words(resolver, conflict(optional(ancestor), siblings));
    }

    static String words(ConflictResolver<JsonNode> resolver, Conflict<JsonNode> conflict) {
        Outcome<JsonNode> outcome = GuardedResolver.of(resolver).resolve(conflict);
        if (outcome instanceof Outcome.Value<JsonNode> value) {
            return value.value().toString();
        }
        return outcome instanceof Outcome.Unresolved<JsonNode> failed
                ? String.valueOf(failed.cause().getMessage())
                : ABSENT;
    }

    static Conflict<JsonNode> conflict(Optional<JsonNode> ancestor, String... siblings) {
        return conflict(
                ancestor, Arrays.stream(siblings).map(Documents::optional).toList());
    }

    /** Written in this order. */
    static <V> Conflict<V> conflict(Optional<V> ancestor, List<Optional<V>> siblings) {
        List<Version<V>> versions = new ArrayList<>();
        for (Optional<V> sibling : siblings) {
            versions.add(version(DATA_CENTERS.get(versions.size()), 10L + versions.size(), sibling));
        }
        return new Conflict<>("documents", "d", versions, ancestor.map(value -> version("eu", 1, Optional.of(value))));
    }

    static <V> Version<V> version(String dataCenter, long millis, Optional<V> value) {
        Origin origin = new Origin(dataCenter, dataCenter + "-1", 1 + DATA_CENTERS.indexOf(dataCenter), 0);
        return new Version<>(new Dot(origin, millis), new HybridTimestamp(millis, 0), dataCenter, value);
    }

    private static Optional<JsonNode> optional(String text) {
        return text.equals(ABSENT) ? Optional.empty() : Optional.of(json(text));
    }

    /** A document with few fields and values, so that equal ones meet; now and then something that is no object. */
    static JsonNode document(Draws draws) {
        return draws.percent(10) ? scalar(draws) : object(draws, 2);
    }

    private static JsonNode object(Draws draws, int depth) {
        Map<String, JsonNode> fields = new java.util.TreeMap<>();
        for (String name : List.of("a", "b", "c")) {
            if (draws.percent(60)) {
                fields.put(name, depth > 1 && draws.percent(40) ? object(draws, depth - 1) : scalar(draws));
            }
        }
        return MAPPER.valueToTree(fields);
    }

    private static JsonNode scalar(Draws draws) {
        return json(draws.oneOf(List.of("1", "2", "\"x\"", "null", "true", "[1,2]", "[2,3]", "[]")));
    }
}
