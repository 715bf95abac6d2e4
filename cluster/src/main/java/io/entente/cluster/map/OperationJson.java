package io.entente.cluster.map;

import com.fasterxml.jackson.databind.JsonNode;
import io.entente.cluster.map.NotAppliedException.Reason;
import io.entente.conflict.merge.Meaning;
import io.entente.conflict.merge.MergeableType;
import io.entente.conflict.merge.Operation;
import io.entente.core.record.Payload;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Operations as JSON. An object has one or more of these, done all at once:
 *
 * <pre>
 * counter                     {"increment": 3}   a whole number, negative to decrement
 * flags                       {"enable": true}   false to disable
 * sets                        {"add": x}  {"addAll": [x, …]}  {"remove": x}  {"removeAll": [x, …]}
 * multi-value register        {"set": x}
 * map                         {"set": {field: x, …}}             fields that are registers, of which the last writer's value counts
 *                             {"update": {field: operation, …}}  fields of other types, maps among them
 *                             {"remove": field}  {"removeAll": [field, …]}
 * </pre>
 *
 * An operation on a field may name the field's type ({@code {"type": "remove-wins-set", "add": x}}); else it is the first type that has
 * such an operation: counter, flag, add-wins set; for {@code set} and {@code update} a map. Only {@code remove} alone has to name it,
 * for sets and maps have that.
 */
final class OperationJson {

    private static final String TYPE = "type";
    private static final String SET = "set";

    private static final Map<String, MergeableType> BY_OPERATION = Map.of(
            "increment",
            MergeableType.COUNTER,
            "enable",
            MergeableType.FLAG,
            "add",
            MergeableType.ADD_WINS_SET,
            "addAll",
            MergeableType.ADD_WINS_SET,
            SET,
            MergeableType.MAP,
            "update",
            MergeableType.MAP);

    private OperationJson() {}

    /**
     * The operations of an object.
     *
     * @throws NotAppliedException when it has none, or one that the type doesn't have
     */
    static List<Operation<StoredValue>> parse(MergeableType type, JsonNode json) {
        return parse(type, json, 0);
    }

    private static List<Operation<StoredValue>> parse(MergeableType type, JsonNode json, int depth) {
        if (depth > Meaning.MOST_DEPTH) {
            throw malformed("the operation lies deeper than " + Meaning.MOST_DEPTH
                    + " maps: keep what is so deep in a register");
        }
        if (!json.isObject() || json.isEmpty()) {
            throw malformed("an operation is a JSON object, such as " + example(type));
        }
        List<Operation<StoredValue>> operations = new ArrayList<>();
        for (Map.Entry<String, JsonNode> field : json.properties()) {
            if (depth == 0 || !field.getKey().equals(TYPE)) {
                operations.addAll(parse(type, field.getKey(), field.getValue(), depth));
                requireFew(operations.size());
            }
        }
        if (operations.isEmpty()) {
            throw malformed("an operation has more than a type, such as " + example(type));
        }
        return operations;
    }

    private static List<Operation<StoredValue>> parse(MergeableType type, String name, JsonNode value, int depth) {
        Set<MergeableType> known = typesOf(name);
        if (!known.contains(type)) {
            throw malformed(
                    "the type " + type.label() + " has no operation '" + name + "': send one such as " + example(type));
        }
        return switch (name) {
            case "increment" -> List.of(new Operation.Increment<>(whole(value)));
            case "enable" -> List.of(new Operation.Switch<>(flag(value)));
            case "add" -> List.of(new Operation.Add<>(ElementText.of(value)));
            case "addAll" -> each(name, value, element -> new Operation.Add<>(ElementText.of(element)));
            case "remove" -> List.of(new Operation.Remove<>(removed(type, value)));
            case "removeAll" -> each(name, value, element -> new Operation.Remove<>(removed(type, element)));
            case "update" -> fields(value, (field, operation) -> inField(field, operation, depth + 1));
            default ->
                type == MergeableType.MAP
                        ? fields(value, (field, content) -> List.of(set(field, content)))
                        : List.of(new Operation.Assign<>(stored(value)));
        };
    }

    private static Set<MergeableType> typesOf(String operation) {
        return switch (operation) {
            case "increment" -> Set.of(MergeableType.COUNTER);
            case "enable" -> Set.of(MergeableType.FLAG, MergeableType.DISABLE_WINS_FLAG);
            case "add", "addAll" -> Set.of(MergeableType.ADD_WINS_SET, MergeableType.REMOVE_WINS_SET);
            case "remove", "removeAll" ->
                Set.of(MergeableType.ADD_WINS_SET, MergeableType.REMOVE_WINS_SET, MergeableType.MAP);
            case "update" -> Set.of(MergeableType.MAP);
            case SET -> Set.of(MergeableType.MAP, MergeableType.REGISTER, MergeableType.MULTI_VALUE_REGISTER);
            default -> Set.of();
        };
    }

    private static Operation<StoredValue> set(String field, JsonNode content) {
        return new Operation.InField<>(field, MergeableType.REGISTER, new Operation.Assign<>(stored(content)));
    }

    private static List<Operation<StoredValue>> inField(String field, JsonNode operation, int depth) {
        MergeableType type = typeOf(field, operation);
        return parse(type, operation, depth).stream()
                .<Operation<StoredValue>>map(inner -> new Operation.InField<>(field, type, inner))
                .toList();
    }

    private static MergeableType typeOf(String field, JsonNode operation) {
        JsonNode named = operation.path(TYPE);
        if (!named.isMissingNode()) {
            return Optional.of(named.asText())
                    .flatMap(MergeableType::of)
                    .orElseThrow(() -> malformed("the field '" + field + "' can't be of type " + named + ": use one of "
                            + Set.of(MergeableType.values()).stream()
                                    .map(MergeableType::label)
                                    .sorted()
                                    .collect(Collectors.joining(", "))));
        }
        return operation
                .propertyStream()
                .map(each -> BY_OPERATION.get(each.getKey()))
                .filter(type -> type != null)
                .findFirst()
                .orElseThrow(() -> malformed("the field '" + field + "' "
                        + (operation.has("remove") || operation.has("removeAll")
                                ? "may be a set or a map, and both have remove: name its type, such as"
                                        + " {\"type\": \"add-wins-set\", \"remove\": \"x\"}"
                                : "has no operation that is known: send one such as " + example(MergeableType.MAP))));
    }

    private static List<Operation<StoredValue>> each(
            String name, JsonNode value, Function<JsonNode, Operation<StoredValue>> operation) {
        if (!value.isArray() || value.isEmpty()) {
            throw malformed("'" + name + "' takes an array that isn't empty");
        }
        requireFew(value.size());
        List<Operation<StoredValue>> operations = new ArrayList<>();
        value.forEach(element -> operations.add(operation.apply(element)));
        return operations;
    }

    private static List<Operation<StoredValue>> fields(JsonNode value, FieldOperation operation) {
        if (!value.isObject() || value.isEmpty()) {
            throw malformed("fields are a JSON object that isn't empty, such as " + example(MergeableType.MAP));
        }
        requireFew(value.size());
        List<Operation<StoredValue>> operations = new ArrayList<>();
        value.properties().forEach(field -> operations.addAll(operation.of(field.getKey(), field.getValue())));
        return operations;
    }

    /** Before they are made: a small body may ask for very many. */
    private static void requireFew(int operations) {
        if (operations > Payload.Operations.MOST) {
            throw malformed("a request may have " + Payload.Operations.MOST + " operations, and not " + operations
                    + ": send several requests");
        }
    }

    private interface FieldOperation {
        List<Operation<StoredValue>> of(String field, JsonNode content);
    }

    private static String removed(MergeableType type, JsonNode value) {
        if (type != MergeableType.MAP) {
            return ElementText.of(value);
        }
        if (!value.isTextual()) {
            throw malformed("a field's name is a text, and not " + value);
        }
        return value.textValue();
    }

    private static long whole(JsonNode value) {
        if (!value.isIntegralNumber() || !value.canConvertToLong()) {
            throw malformed("a counter is incremented by a whole number of 64 bits, and not by " + value);
        }
        return value.longValue();
    }

    private static boolean flag(JsonNode value) {
        if (!value.isBoolean()) {
            throw malformed("a flag is enabled by true and disabled by false, and not by " + value);
        }
        return value.booleanValue();
    }

    private static StoredValue stored(JsonNode value) {
        return JsonView.INSTANCE.encode(value);
    }

    private static String example(MergeableType type) {
        return switch (type) {
            case COUNTER -> "{\"increment\": 3}";
            case FLAG, DISABLE_WINS_FLAG -> "{\"enable\": true}";
            case ADD_WINS_SET, REMOVE_WINS_SET -> "{\"add\": \"x\"} or {\"remove\": \"x\"}";
            case MULTI_VALUE_REGISTER, REGISTER -> "{\"set\": \"x\"}";
            case MAP ->
                "{\"set\": {\"name\": \"x\"}}, {\"update\": {\"likes\": {\"increment\": 1}}} or {\"remove\": \"name\"}";
        };
    }

    private static NotAppliedException malformed(String detail) {
        return new NotAppliedException(Reason.INVALID_ARGUMENT, detail);
    }
}
