package io.entente.cluster.http;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.entente.cluster.map.StoredValue;
import io.entente.conflict.Version;
import java.time.Instant;
import java.util.List;

/**
 * The versions of a key inside a JSON document, in canonical order. Of the hybrid timestamp, {@code timestamp} is the wall-clock
 * part, and {@code counter} what orders writes that fell into one of its milliseconds.
 */
final class SiblingsJson {

    private SiblingsJson() {}

    /** Puts {@code siblings} into an object. */
    static void put(ObjectNode target, List<Version<StoredValue>> versions) {
        ArrayNode siblings = target.putArray("siblings");
        versions.forEach(version -> put(siblings.addObject(), version));
    }

    /** Puts the version that siblings descend from into an object. */
    static void putAncestor(ObjectNode target, Version<StoredValue> ancestor) {
        put(target.putObject("ancestor"), ancestor);
    }

    /** Puts one version into an object. */
    static void put(ObjectNode target, Version<StoredValue> version) {
        target.put("dot", version.dot().toString());
        target.put(
                "timestamp", Instant.ofEpochMilli(version.timestamp().millis()).toString());
        target.put("counter", version.timestamp().counter());
        target.put("dataCenter", version.dataCenter());
        target.put("deleted", version.isDeletion());
        version.value().ifPresentOrElse(value -> ValueJson.put(target, value), () -> putNothing(target));
    }

    private static void putNothing(ObjectNode target) {
        target.putNull("contentType");
        target.putNull("value");
    }
}
