package io.entente.cluster.map;

import com.fasterxml.jackson.databind.JsonNode;
import io.entente.conflict.merge.MergeableType;
import io.entente.conflict.merge.Operation;
import java.util.ArrayList;
import java.util.List;

/**
 * What is to be done to the fields of a {@linkplain MergeableMap.Documents map of fields}, all at once:
 *
 * <pre>{@code
 * new FieldUpdate().set("name", TextNode.valueOf("Ann")).increment("visits", 1).add("tags", TextNode.valueOf("new"))
 * }</pre>
 *
 * Built by chaining, confined to one thread, and left alone once handed over.
 */
public final class FieldUpdate {

    private final List<Operation<StoredValue>> operations = new ArrayList<>();

    /** An update that does nothing yet. */
    public FieldUpdate() {}

    /** Sets a field that is a register: of concurrent values the last writer's counts. */
    public FieldUpdate set(String field, JsonNode value) {
        return in(field, MergeableType.REGISTER, new Operation.Assign<>(JsonView.INSTANCE.encode(value)));
    }

    /** Sets a field that is a multi-value register: concurrent values are all kept. */
    public FieldUpdate setKeepingConcurrent(String field, JsonNode value) {
        return in(field, MergeableType.MULTI_VALUE_REGISTER, new Operation.Assign<>(JsonView.INSTANCE.encode(value)));
    }

    /** Adds to a field that is a counter. */
    public FieldUpdate increment(String field, long by) {
        return in(field, MergeableType.COUNTER, new Operation.Increment<>(by));
    }

    /** Switches a field that is a flag, of which on wins. */
    public FieldUpdate enable(String field, boolean on) {
        return in(field, MergeableType.FLAG, new Operation.Switch<>(on));
    }

    /** Adds an element to a field that is an add-wins set. */
    public FieldUpdate add(String field, JsonNode element) {
        return in(field, MergeableType.ADD_WINS_SET, new Operation.Add<>(ElementText.of(element)));
    }

    /** Removes an element from a field that is an add-wins set. */
    public FieldUpdate removeElement(String field, JsonNode element) {
        return in(field, MergeableType.ADD_WINS_SET, new Operation.Remove<>(ElementText.of(element)));
    }

    /** Does something to the fields of a field that is a map itself. */
    public FieldUpdate in(String field, FieldUpdate update) {
        update.operations.forEach(operation -> in(field, MergeableType.MAP, operation));
        return this;
    }

    /** Does something to a field of any type; elements of sets are the JSON of {@link #add}. */
    public FieldUpdate in(String field, MergeableType type, Operation<StoredValue> operation) {
        operations.add(new Operation.InField<>(field, type, operation));
        return this;
    }

    /** Removes a field, whatever its type, as far as the accepting replica has seen it. */
    public FieldUpdate remove(String field) {
        operations.add(new Operation.Remove<>(field));
        return this;
    }

    List<Operation<StoredValue>> operations() {
        return List.copyOf(operations);
    }
}
