package io.entente.cluster.map;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.DecimalNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.entente.cluster.map.NotAppliedException.Reason;
import java.math.BigDecimal;
import java.util.TreeMap;

/**
 * Elements of sets as text: JSON in one canonical way of writing, so that equal elements are the same one whoever added them. Fields
 * of objects are sorted, and equal numbers are written alike: 1.0 and 1e0 are 1.
 */
final class ElementText {

    /** Whole numbers are written out up to so many digits, and with an exponent beyond. */
    private static final int MOST_DIGITS = 20;

    private ElementText() {}

    /** The text of an element. */
    static String of(JsonNode element) {
        try {
            return Json.MAPPER.writeValueAsString(canonical(element));
        } catch (JsonProcessingException failure) {
            throw new NotAppliedException(
                    Reason.INVALID_ARGUMENT, "the element can't be written as JSON: " + Json.problemOf(failure));
        }
    }

    /** The element of a text; a text that is no JSON, which nobody here wrote, is a string. */
    static JsonNode element(String text) {
        try {
            return Json.MAPPER.readTree(text);
        } catch (JsonProcessingException notJson) {
            return TextNode.valueOf(text);
        }
    }

    private static JsonNode canonical(JsonNode node) {
        if (node.isNumber()) {
            return number(node.decimalValue());
        }
        if (node.isArray()) {
            ArrayNode array = JsonNodeFactory.instance.arrayNode();
            node.forEach(element -> array.add(canonical(element)));
            return array;
        }
        if (node.isObject()) {
            TreeMap<String, JsonNode> fields = new TreeMap<>();
            node.properties().forEach(field -> fields.put(field.getKey(), canonical(field.getValue())));
            ObjectNode object = JsonNodeFactory.instance.objectNode();
            fields.forEach(object::set);
            return object;
        }
        return node;
    }

    private static JsonNode number(BigDecimal value) {
        BigDecimal plain = value.stripTrailingZeros();
        boolean isShort = plain.scale() <= 0 && (long) plain.precision() - plain.scale() <= MOST_DIGITS;
        return isShort ? JsonNodeFactory.instance.numberNode(plain.toBigIntegerExact()) : DecimalNode.valueOf(plain);
    }
}
