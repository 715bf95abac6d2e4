package io.entente.samples.demo.records;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.TextNode;
import java.util.Comparator;

/** JSON as it is typed and printed. What is not JSON is a JSON string. */
public final class JsonText {

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
    public static JsonNode typed(String text) {
        return parsed(unquoted(text));
    }

    /** The JSON document in the text; the text itself as a string when there is none. */
    public static JsonNode parsed(String text) {
        try {
            JsonNode node = MAPPER.readTree(text);
            return node.isMissingNode() ? TextNode.valueOf(text) : node;
        } catch (JsonProcessingException notJson) {
            return TextNode.valueOf(text);
        }
    }

    /** As JSON on one line. */
    public static String printed(JsonNode value) {
        return value.toString();
    }

    /** Whether both are the same JSON value: the order of an object's fields and the way a number is written don't count. */
    public static boolean same(JsonNode a, JsonNode b) {
        return a.equals(BY_VALUE, b);
    }

    private static String unquoted(String text) {
        boolean quoted = text.length() >= 2 && text.startsWith("'") && text.endsWith("'");
        return quoted ? text.substring(1, text.length() - 1) : text;
    }
}
