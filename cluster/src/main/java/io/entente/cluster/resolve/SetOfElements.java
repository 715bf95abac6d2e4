package io.entente.cluster.resolve;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.util.SortedSet;
import java.util.TreeSet;

/** The elements of JSON arrays, each once, in the order in which they came. Confined to one thread. */
final class SetOfElements {

    private final SortedSet<JsonNode> members = new TreeSet<>(JsonOrder.INSTANCE);
    private final ArrayNode inOrder = JsonNodeFactory.instance.arrayNode();

    static SetOfElements of(JsonNode array) {
        SetOfElements set = new SetOfElements();
        array.forEach(set::add);
        return set;
    }

    void add(JsonNode element) {
        if (members.add(element)) {
            inOrder.add(element);
        }
    }

    boolean contains(JsonNode element) {
        return members.contains(element);
    }

    /** The elements as an array. */
    ArrayNode array() {
        return inOrder;
    }
}
