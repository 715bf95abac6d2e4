package io.entente.samples.demo.shell;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.TextNode;
import io.entente.cluster.map.StoredValue;
import java.util.Comparator;
import java.util.Optional;

/** Values as they are typed, stored, compared and printed: JSON. What is typed and not JSON is a JSON string. */
final class JsonText {

    private static final JsonMapper MAPPER = JsonMapper.builder()
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .build();

    /** Numbers are equal when their values are: 1 and 1.0. */
    private static final Comparator<JsonNode> BY_VALUE = (a, b) -> {
        if (a.isNumber() && b.isNumber()) {
            return a.decimalValue().compareTo(b.decimalValue());
        }
        return a.equals(b) ? 0 : 1;
    };

    private JsonText() {}

    /** What was typed, less one surrounding pair of single quotes: a JSON document, or else a string. */
    static JsonNode typed(String text) {
        String unquoted = unquoted(text);
        return parsed(unquoted).orElseGet(() -> TextNode.valueOf(unquoted));
    }

    /** As it is stored. */
    static StoredValue stored(JsonNode value) {
        return StoredValue.json(value.toString());
    }

    /** The JSON behind a stored value; a text as a string; empty for what is neither. */
    static Optional<JsonNode> of(StoredValue stored) {
        if (stored.contentType().equals(StoredValue.TEXT)) {
            return Optional.of(TextNode.valueOf(stored.content().utf8()));
        }
        return stored.isJson() ? parsed(stored.content().utf8()) : Optional.empty();
    }

    /** A stored value on one line: as JSON, or by type and size. */
    static String printed(StoredValue stored) {
        return of(stored)
                .map(JsonNode::toString)
                .orElseGet(() ->
                        "(" + stored.contentType() + ", " + stored.content().length() + " bytes)");
    }

    /** Whether both are the same JSON value: the order of an object's fields and the way a number is written don't count. */
    static boolean same(JsonNode a, JsonNode b) {
        return a.equals(BY_VALUE, b);
    }

    private static Optional<JsonNode> parsed(String text) {
        try {
            return Optional.of(MAPPER.readTree(text)).filter(node -> !node.isMissingNode());
        } catch (JsonProcessingException notJson) {
            return Optional.empty();
        }
    }

    private static String unquoted(String text) {
        boolean quoted = text.length() >= 2 && text.startsWith("'") && text.endsWith("'");
        return quoted ? text.substring(1, text.length() - 1) : text;
    }
}
