package io.entente.cluster.resolve;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * A total order over JSON values.
 *
 * <p>First by kind: null, false, true, numbers, strings, arrays, objects. Numbers by their value, so that 1 and 1.0 are equal;
 * strings by the bytes of their UTF-8; arrays element by element, a shorter one before its continuation; objects as the array of
 * their members in key order, each compared by key, then by value.
 */
final class JsonOrder implements Comparator<JsonNode> {

    static final JsonOrder INSTANCE = new JsonOrder();

    private JsonOrder() {}

    /** Whether both are the same value: neither the order of an object's members nor how a number is written makes a difference. */
    static boolean same(JsonNode a, JsonNode b) {
        return INSTANCE.compare(a, b) == 0;
    }

    @Override
    public int compare(JsonNode a, JsonNode b) {
        int byKind = Integer.compare(kind(a), kind(b));
        if (byKind != 0) {
            return byKind;
        }
        return switch (a.getNodeType()) {
            case NUMBER -> a.decimalValue().compareTo(b.decimalValue());
            case STRING -> compareText(a.textValue(), b.textValue());
            case ARRAY -> compareEach(elements(a), elements(b), this);
            case OBJECT -> compareEach(keys(a), keys(b), byKeyAndValue(a, b));
            default -> 0;
        };
    }

    private Comparator<String> byKeyAndValue(JsonNode a, JsonNode b) {
        return (keyOfA, keyOfB) -> {
            int byKey = compareText(keyOfA, keyOfB);
            return byKey != 0 ? byKey : compare(a.get(keyOfA), b.get(keyOfB));
        };
    }

    private static <T> int compareEach(List<T> a, List<T> b, Comparator<? super T> order) {
        for (int i = 0; i < Math.min(a.size(), b.size()); i++) {
            int byElement = order.compare(a.get(i), b.get(i));
            if (byElement != 0) {
                return byElement;
            }
        }
        return Integer.compare(a.size(), b.size());
    }

    private static int kind(JsonNode value) {
        return switch (value.getNodeType()) {
            case NULL, MISSING -> 0;
            case BOOLEAN -> value.booleanValue() ? 2 : 1;
            case NUMBER -> 3;
            case STRING, BINARY -> 4;
            case ARRAY -> 5;
            case OBJECT, POJO -> 6;
        };
    }

    private static List<JsonNode> elements(JsonNode array) {
        List<JsonNode> elements = new ArrayList<>();
        array.elements().forEachRemaining(elements::add);
        return elements;
    }

    private static List<String> keys(JsonNode object) {
        List<String> keys = new ArrayList<>();
        object.fieldNames().forEachRemaining(keys::add);
        keys.sort(JsonOrder::compareText);
        return keys;
    }

    /** By code points, which is the order of UTF-8's bytes; {@code String} compares halves of surrogate pairs. */
    private static int compareText(String a, String b) {
        int at = 0;
        while (at < a.length() && at < b.length()) {
            int ofA = a.codePointAt(at);
            int ofB = b.codePointAt(at);
            if (ofA != ofB) {
                return Integer.compare(ofA, ofB);
            }
            at += Character.charCount(ofA);
        }
        return Integer.compare(a.length(), b.length());
    }
}
