package io.entente.cluster.http;

import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.util.RawValue;
import io.entente.cluster.map.StoredValue;
import java.util.Base64;
import java.util.Optional;

/**
 * A value inside a JSON document: JSON as it is, to the last digit; any other text as a string; and bytes that are no text in
 * Base64, with {@code "encoding": "base64"} beside them.
 */
final class ValueJson {

    private ValueJson() {}

    /** Puts {@code contentType} and {@code value} into an object. */
    static void put(ObjectNode target, StoredValue value) {
        target.put("contentType", value.contentType());
        byte[] content = value.content().unsafeArray();
        Optional<String> text = Json.utf8(content);
        if (text.isEmpty()) {
            target.put("value", Base64.getEncoder().encodeToString(content));
            target.put("encoding", "base64");
        } else if (value.isJson() && Json.flaw(text.get()).isEmpty()) {
            target.putRawValue("value", new RawValue(text.get()));
        } else {
            target.put("value", text.get());
        }
    }
}
