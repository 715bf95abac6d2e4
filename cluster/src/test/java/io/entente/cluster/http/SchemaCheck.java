package io.entente.cluster.http;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** As much of JSON Schema as the description of this surface makes use of; what it doesn't know it refuses. */
final class SchemaCheck {

    private static final Set<String> KNOWN = Set.of(
            "$ref",
            "type",
            "properties",
            "required",
            "additionalProperties",
            "items",
            "enum",
            "const",
            "oneOf",
            "description",
            "format",
            "pattern",
            "minimum",
            "maximum");

    private final JsonNode document;

    /** @param document what references point into */
    SchemaCheck(JsonNode document) {
        this.document = document;
    }

    /** Where a value is not as a schema has it; nothing where it is. */
    List<String> flaws(JsonNode schema, JsonNode value) {
        List<String> flaws = new ArrayList<>();
        check(schema, value, "", flaws);
        return flaws;
    }

    private void check(JsonNode schema, JsonNode value, String at, List<String> flaws) {
        schema.fieldNames().forEachRemaining(word -> {
            if (!KNOWN.contains(word)) {
                flaws.add("the schema's word " + word + " is not known here");
            }
        });
        if (schema.has("$ref")) {
            check(document.at(schema.path("$ref").textValue().substring(1)), value, at, flaws);
            return;
        }
        if (schema.has("type") && !isOfType(schema.path("type"), value)) {
            flaws.add(at + ": " + value + " is not of type " + schema.path("type"));
            return;
        }
        boolean isListed = !schema.has("enum") || contains(schema.path("enum"), value);
        boolean isConstant = !schema.has("const") || schema.path("const").equals(value);
        if (!isListed || !isConstant) {
            flaws.add(at + ": " + value + " is not among those there are");
        }
        if (schema.has("oneOf")) {
            long fitting = count(schema.path("oneOf"), value);
            if (fitting != 1) {
                flaws.add(at + ": " + value + " fits " + fitting + " of " + schema.path("oneOf"));
            }
        }
        if (value.isObject()) {
            checkObject(schema, value, at, flaws);
        } else if (value.isArray() && schema.has("items")) {
            for (int i = 0; i < value.size(); i++) {
                check(schema.path("items"), value.path(i), at + "/" + i, flaws);
            }
        }
    }

    private void checkObject(JsonNode schema, JsonNode value, String at, List<String> flaws) {
        schema.path("required").forEach(name -> {
            if (!value.has(name.textValue())) {
                flaws.add(at + ": " + name.textValue() + " is missing in " + value);
            }
        });
        JsonNode others = schema.path("additionalProperties");
        value.properties().forEach(member -> {
            String name = member.getKey();
            JsonNode own = schema.path("properties").path(name);
            if (!own.isMissingNode()) {
                check(own, member.getValue(), at + "/" + name, flaws);
            } else if (others.isObject()) {
                check(others, member.getValue(), at + "/" + name, flaws);
            } else if (others.isBoolean() && !others.booleanValue()) {
                flaws.add(at + ": " + name + " is not described");
            }
        });
    }

    private long count(JsonNode schemas, JsonNode value) {
        long fitting = 0;
        for (JsonNode schema : schemas) {
            fitting += flaws(schema, value).isEmpty() ? 1 : 0;
        }
        return fitting;
    }

    private static boolean contains(JsonNode all, JsonNode value) {
        for (JsonNode one : all) {
            if (one.equals(value)) {
                return true;
            }
        }
        return false;
    }

    private static boolean isOfType(JsonNode type, JsonNode value) {
        if (type.isArray()) {
            for (JsonNode one : type) {
                if (isOfType(one, value)) {
                    return true;
                }
            }
            return false;
        }
        return switch (type.textValue()) {
            case "string" -> value.isTextual();
            case "integer" -> value.isIntegralNumber();
            case "boolean" -> value.isBoolean();
            case "object" -> value.isObject();
            case "array" -> value.isArray();
            case "null" -> value.isNull();
            default -> throw new IllegalArgumentException("type " + type);
        };
    }
}
