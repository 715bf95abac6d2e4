package io.entente.cluster.http;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.entente.cluster.map.Reading;
import io.entente.cluster.map.Resolved;
import io.entente.core.record.RecordKey;

/** A key and what it holds inside a JSON document: {@code key}, {@code value} or {@code siblings}, {@code context}, {@code unresolved}. */
final class EntryJson {

    private final Tokens tokens;

    EntryJson(Tokens tokens) {
        this.tokens = tokens;
    }

    /** Puts a key and what a read found there into an object; {@code deleted} where that is nothing. */
    void put(ObjectNode target, RecordKey key, Reading reading) {
        Resolved resolved = reading.resolved();
        target.put("key", key.key());
        if (resolved.content() instanceof Resolved.Value value) {
            ValueJson.put(target, value.value());
        } else if (resolved.content() instanceof Resolved.Siblings) {
            SiblingsJson.put(target, resolved.versions());
        } else {
            target.put("deleted", true);
        }
        tokens.text(key, reading.context()).ifPresent(context -> target.put("context", context));
        resolved.unresolved().ifPresent(reason -> target.put("unresolved", reason));
    }
}
