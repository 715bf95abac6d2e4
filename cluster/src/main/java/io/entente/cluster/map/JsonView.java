package io.entente.cluster.map;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.entente.conflict.Version;
import io.entente.core.bytes.Bytes;
import java.io.IOException;
import java.util.List;

/** Any value that has a JSON form: JSON itself, and text as a string. Decimal numbers are exact. */
enum JsonView implements ValueView<JsonNode> {
    INSTANCE;

    @Override
    public JsonNode decode(StoredValue stored) {
        if (stored.isJson()) {
            return parse(stored.content().unsafeArray());
        }
        if (MediaType.isText(stored.contentType())) {
            return TextNode.valueOf(TextCodec.INSTANCE.decode(stored.content().unsafeArray()));
        }
        throw new CodecException("it is " + stored.contentType() + ", which has no JSON form");
    }

    @Override
    public StoredValue encode(JsonNode value) {
        try {
            return new StoredValue(StoredValue.JSON, Bytes.wrap(Json.MAPPER.writeValueAsBytes(value)));
        } catch (JsonProcessingException failure) {
            throw new CodecException("it can't be written as JSON: " + Json.problemOf(failure), failure);
        }
    }

    /** Of the last writer's content type, where that is one of JSON. */
    @Override
    public StoredValue encodeMerged(JsonNode value, List<Version<StoredValue>> versions) {
        StoredValue merged = encode(value);
        return versions.stream()
                .filter(version -> !version.isDeletion())
                .max(Version.byTime())
                .flatMap(Version::value)
                .filter(StoredValue::isJson)
                .map(last -> new StoredValue(last.contentType(), merged.content()))
                .orElse(merged);
    }

    private static JsonNode parse(byte[] content) {
        try {
            JsonNode tree = Json.MAPPER.readTree(content);
            if (tree instanceof MissingNode) {
                throw new CodecException("it is empty, and no JSON");
            }
            return tree;
        } catch (JsonProcessingException malformed) {
            throw new CodecException("it is malformed JSON: " + Json.problemOf(malformed), malformed);
        } catch (IOException malformed) {
            throw new CodecException("it is malformed JSON: " + malformed.getMessage(), malformed);
        }
    }
}
