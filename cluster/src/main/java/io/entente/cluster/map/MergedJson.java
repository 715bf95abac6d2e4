package io.entente.cluster.map;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.BooleanNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.LongNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.entente.conflict.Version;
import io.entente.conflict.merge.MergeableType;
import io.entente.conflict.merge.Merged;
import io.entente.conflict.version.CausalContext;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;

/**
 * Mergeable values as JSON: a counter a number, a flag a boolean, a set an array of its elements in the order of their JSON texts, a
 * multi-value register an array in the order of dots, a map an object of its fields. A field that was written under several types shows
 * each of them under its type's name.
 */
final class MergedJson {

    private MergedJson() {}

    /** What a surface that knows values as they are stored gets. */
    static Reading reading(MergedReading merged) {
        Resolved.Content content = merged.value()
                .<Resolved.Content>map(value -> new Resolved.Value(JsonView.INSTANCE.encode(of(value))))
                .orElseGet(Resolved.Absent::new);
        return new Reading(
                new Resolved(content, merged.unresolved(), versions(merged), Optional.empty()),
                CausalContext.empty(),
                merged.session());
    }

    /** The same for a list of values, where one that is too large is shown as having none. */
    static Reading listed(MergedReading merged) {
        Reading reading = reading(merged);
        return merged.value().isPresent()
                ? reading
                : new Reading(
                        new Resolved(new Resolved.Siblings(), merged.unresolved(), List.of(), Optional.empty()),
                        reading.context(),
                        reading.session());
    }

    private static List<Version<StoredValue>> versions(MergedReading merged) {
        return merged.value()
                .filter(Merged.Values.class::isInstance)
                .map(values -> ((Merged.Values<StoredValue>) values).values())
                .orElse(List.of());
    }

    /** A value as JSON. */
    static JsonNode of(Merged<StoredValue> merged) {
        if (merged instanceof Merged.Sum<StoredValue> sum) {
            return LongNode.valueOf(sum.sum());
        }
        if (merged instanceof Merged.Flag<StoredValue> flag) {
            return BooleanNode.valueOf(flag.on());
        }
        if (merged instanceof Merged.Single<StoredValue> single) {
            return json(single.value());
        }
        ArrayNode array = JsonNodeFactory.instance.arrayNode();
        if (merged instanceof Merged.Elements<StoredValue> elements) {
            elements.elements().forEach(element -> array.add(ElementText.element(element)));
            return array;
        }
        if (merged instanceof Merged.Values<StoredValue> values) {
            values.values()
                    .forEach(version -> version.value().map(MergedJson::json).ifPresent(array::add));
            return array;
        }
        return object((Merged.Fields<StoredValue>) merged);
    }

    private static JsonNode object(Merged.Fields<StoredValue> fields) {
        ObjectNode object = JsonNodeFactory.instance.objectNode();
        fields.fields().forEach((name, values) -> object.set(name, field(values)));
        return object;
    }

    private static JsonNode field(SortedMap<MergeableType, Merged<StoredValue>> values) {
        if (values.size() == 1) {
            return of(values.values().iterator().next());
        }
        ObjectNode byType = JsonNodeFactory.instance.objectNode();
        values.forEach((type, value) -> byType.set(type.label(), of(value)));
        return byType;
    }

    /** Bytes that have no JSON form are shown in Base64. */
    private static JsonNode json(StoredValue value) {
        try {
            return JsonView.INSTANCE.decode(value);
        } catch (CodecException noJson) {
            return TextNode.valueOf(
                    Base64.getEncoder().encodeToString(value.content().unsafeArray()));
        }
    }
}
