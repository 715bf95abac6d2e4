package io.entente.cluster.map;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.entente.cluster.resolve.TextForm;
import io.entente.core.bytes.Bytes;
import java.util.Locale;
import java.util.Optional;

/** The texts in stored values: of text in UTF-8, and of JSON strings, each of which stays what it is. */
enum StoredText implements TextForm<StoredValue> {
    INSTANCE;

    @Override
    public Optional<String> textOf(StoredValue value) {
        if (!value.isJson() && !isUtf8(value.contentType())) {
            return Optional.empty();
        }
        try {
            JsonNode seen = JsonView.INSTANCE.decode(value);
            return Optional.ofNullable(seen.textValue());
        } catch (CodecException unreadable) {
            return Optional.empty();
        }
    }

    @Override
    public StoredValue withText(StoredValue like, String text) {
        Bytes content =
                like.isJson() ? JsonView.INSTANCE.encode(TextNode.valueOf(text)).content() : Bytes.utf8(text);
        return new StoredValue(like.contentType(), content);
    }

    /** Text that names another charset is not written in it here. */
    private static boolean isUtf8(String contentType) {
        String parameters = contentType.toLowerCase(Locale.ROOT);
        return MediaType.isText(contentType)
                && (!parameters.contains("charset") || parameters.contains("charset=utf-8"));
    }
}
