package io.entente.cluster.resolve;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.util.Optional;

/**
 * Where the text is in a value that may hold one. Must be deterministic and thread-safe.
 *
 * @param <V> the type of values
 */
public interface TextForm<V> {

    /** The text; empty for a value that isn't one. */
    Optional<String> textOf(V value);

    /** A value of the same kind as another one, with this text. */
    V withText(V like, String text);

    /** Texts as they are. */
    static TextForm<String> plain() {
        return new TextForm<>() {
            @Override
            public Optional<String> textOf(String value) {
                return Optional.of(value);
            }

            @Override
            public String withText(String like, String text) {
                return text;
            }
        };
    }

    /** JSON strings. */
    static TextForm<JsonNode> json() {
        return new TextForm<>() {
            @Override
            public Optional<String> textOf(JsonNode value) {
                return Optional.ofNullable(value.textValue());
            }

            @Override
            public JsonNode withText(JsonNode like, String text) {
                return TextNode.valueOf(text);
            }
        };
    }
}
