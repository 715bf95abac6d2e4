package io.entente.cluster.map;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.ObjectWriter;
import java.io.IOException;
import java.lang.reflect.Type;
import org.jspecify.annotations.Nullable;

/** JSON of one type by Jackson. */
final class JsonCodec<V> implements Codec<V> {

    private final String type;
    private final ObjectReader reader;
    private final ObjectWriter writer;

    JsonCodec(Type type) {
        this.type = type.getTypeName();
        this.reader = Json.MAPPER.readerFor(Json.MAPPER.constructType(type));
        this.writer = Json.MAPPER.writerFor(Json.MAPPER.constructType(type));
    }

    @Override
    public String contentType() {
        return StoredValue.JSON;
    }

    @Override
    public byte[] encode(V value) {
        try {
            return writer.writeValueAsBytes(value);
        } catch (JsonProcessingException failure) {
            throw new CodecException("a " + type + " can't be written as JSON: " + Json.problemOf(failure), failure);
        }
    }

    @Override
    public V decode(byte[] content) {
        @Nullable V value;
        try {
            value = reader.readValue(content);
        } catch (JsonProcessingException failure) {
            throw new CodecException("it is not JSON of a " + type + ": " + Json.problemOf(failure), failure);
        } catch (IOException failure) {
            throw new CodecException("it can't be read as JSON of a " + type + ": " + failure.getMessage(), failure);
        }
        if (value == null) {
            throw new CodecException("JSON's null is no " + type);
        }
        return value;
    }
}
