package io.entente.samples.demo.records;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;

/** What a key reads as. */
public sealed interface Reading {

    /**
     * The key has a value.
     *
     * @param value the resolved value
     */
    record Value(JsonNode value) implements Reading {}

    /** The key has none. */
    record Absent() implements Reading {}

    /**
     * The key has several versions and its resolver leaves the choice to the reader.
     *
     * @param values the values among them
     */
    record Several(List<JsonNode> values) implements Reading {
        public Several {
            values = List.copyOf(values);
        }
    }
}
