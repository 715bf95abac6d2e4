package io.entente.cluster.client;

import com.fasterxml.jackson.databind.JsonNode;
import io.entente.cluster.map.Change;
import io.entente.cluster.map.CodecException;
import io.entente.cluster.map.CodecView;
import io.entente.cluster.map.Entry;
import io.entente.cluster.map.Found;
import io.entente.cluster.map.NotAppliedException;
import io.entente.cluster.map.NotAppliedException.Reason;
import io.entente.cluster.map.Page;
import io.entente.cluster.map.SessionToken;
import io.entente.cluster.map.StoredValue;
import io.entente.conflict.Version;
import io.entente.conflict.clock.HybridTimestamp;
import io.entente.conflict.version.CausalContext;
import io.entente.conflict.version.Dot;
import io.entente.core.bytes.Bytes;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;

/**
 * What answers to reads say, as values of an application.
 *
 * @param calls understands their headers
 * @param view understands values
 */
record FoundForms<V>(MapCalls calls, CodecView<V> view) {

    private static final int OK = 200;
    private static final int TO_CHOOSE_FROM = 300;

    /** What a key holds. */
    Found<V> found(String key, Answer answer, SessionToken before) {
        SessionToken session = calls.session(answer, before);
        CausalContext context = calls.context(key, answer);
        Optional<String> unresolved = answer.header("Entente-Unresolved")
                .map(yes -> "the conflict could not be resolved at " + answer.node() + ": its siblings say why");
        if (answer.status() == TO_CHOOSE_FROM) {
            return new Found.Siblings<>(versions(key, answer.json().path("siblings")), context, session);
        }
        if (answer.code().equals("absent")) {
            return new Found.Absent<>(context, session, unresolved);
        }
        if (answer.status() != OK) {
            throw Refusals.ofRead(answer);
        }
        StoredValue value = new StoredValue(answer.header("Content-Type").orElse(StoredValue.BINARY), answer.body());
        return new Found.Value<>(decoded(key, value), context, session, unresolved);
    }

    /** A page of a listing. */
    Page<Entry<V>> page(Answer answer) {
        if (answer.status() != OK) {
            throw Refusals.ofRead(answer);
        }
        JsonNode page = answer.json();
        List<Entry<V>> entries = new ArrayList<>();
        page.path("entries").forEach(entry -> entries.add(entry(entry)));
        return new Page<>(entries, Optional.ofNullable(page.path("next").textValue()));
    }

    /** A change, as an event tells it. */
    Change<V> change(JsonNode event, String position) {
        String key = event.path("key").asText();
        if (event.has("omitted")) {
            return new Change.Unreadable<>(key, event.path("omitted").asText(), position);
        }
        try {
            return new Change.Changed<>(key, entry(event).found(), position);
        } catch (NotAppliedException unreadable) {
            return new Change.Unreadable<>(key, String.valueOf(unreadable.getMessage()), position);
        }
    }

    private Entry<V> entry(JsonNode entry) {
        String key = entry.path("key").asText();
        CausalContext context = Optional.ofNullable(entry.path("context").textValue())
                .map(text -> calls.context(key, text))
                .orElseGet(CausalContext::empty);
        if (entry.has("siblings")) {
            return new Entry<>(
                    key, new Found.Siblings<>(versions(key, entry.path("siblings")), context, SessionToken.empty()));
        }
        Optional<String> unresolved =
                Optional.ofNullable(entry.path("unresolved").textValue());
        if (entry.path("deleted").asBoolean()) {
            return new Entry<>(key, new Found.Absent<>(context, SessionToken.empty(), unresolved));
        }
        return new Entry<>(
                key, new Found.Value<>(decoded(key, stored(entry)), context, SessionToken.empty(), unresolved));
    }

    private List<Version<V>> versions(String key, JsonNode siblings) {
        List<Version<V>> versions = new ArrayList<>();
        for (JsonNode sibling : siblings) {
            Optional<V> value =
                    sibling.path("deleted").asBoolean() ? Optional.empty() : Optional.of(decoded(key, stored(sibling)));
            HybridTimestamp at = new HybridTimestamp(
                    Instant.parse(sibling.path("timestamp").asText()).toEpochMilli(),
                    sibling.path("counter").asInt());
            versions.add(new Version<>(
                    Dot.parse(sibling.path("dot").asText()),
                    at,
                    sibling.path("dataCenter").asText(),
                    value));
        }
        return versions;
    }

    /** A value inside a JSON document: JSON as it is, other text as a string, bytes in Base64. */
    private static StoredValue stored(JsonNode holder) {
        String contentType = holder.path("contentType").asText();
        JsonNode value = holder.path("value");
        if (holder.path("encoding").asText().equals("base64")) {
            return new StoredValue(contentType, Bytes.wrap(Base64.getDecoder().decode(value.asText())));
        }
        boolean isJson = new StoredValue(contentType, Bytes.empty()).isJson();
        return new StoredValue(contentType, Bytes.utf8(isJson ? value.toString() : value.asText()));
    }

    private V decoded(String key, StoredValue value) {
        try {
            return view.decode(value);
        } catch (CodecException unreadable) {
            throw new NotAppliedException(
                    Reason.UNREADABLE,
                    "the key " + calls.map() + "/" + key + " holds what this map's codec can't read, for "
                            + unreadable.getMessage()
                            + ": read it with the codec it was written with, or write it anew");
        }
    }
}
