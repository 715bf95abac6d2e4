package io.entente.cluster.map;

import io.entente.core.bytes.ByteReader;
import io.entente.core.bytes.ByteWriter;
import io.entente.core.bytes.Bytes;
import io.entente.core.bytes.MalformedBytesException;
import io.entente.core.codec.UnsupportedFormatException;
import java.util.Objects;
import java.util.Optional;

/**
 * A value as it is stored and replicated: bytes and what they are. Immutable and thread-safe.
 *
 * <p>Its envelope is one byte, the version in the upper four bits and the kind of content type in the lower, then, for a type that
 * has no kind of its own, the type's name, then the content.
 *
 * @param contentType the media type, in one canonical way of writing; at most 255 characters
 * @param content the bytes
 */
public record StoredValue(String contentType, Bytes content) {

    /** JSON in UTF-8. */
    public static final String JSON = "application/json";

    /** Text in UTF-8. */
    public static final String TEXT = "text/plain; charset=utf-8";

    /** Bytes of unknown meaning. */
    public static final String BINARY = "application/octet-stream";

    private static final int VERSION = 1;
    private static final int NAMED = 0;
    private static final int KIND_JSON = 1;
    private static final int KIND_TEXT = 2;
    private static final int KIND_BINARY = 3;

    /** Throws {@link IllegalArgumentException} for a malformed content type. */
    public StoredValue {
        Objects.requireNonNull(content, "content");
        contentType = MediaType.canonical(contentType);
    }

    /** JSON of the given text, which is not looked into. */
    public static StoredValue json(String json) {
        return new StoredValue(JSON, Bytes.utf8(json));
    }

    /** A text. */
    public static StoredValue text(String text) {
        return new StoredValue(TEXT, Bytes.utf8(text));
    }

    /** Bytes of unknown meaning. */
    public static StoredValue binary(Bytes content) {
        return new StoredValue(BINARY, content);
    }

    /** Whether the content is JSON by its type. */
    public boolean isJson() {
        return MediaType.isJson(contentType);
    }

    /** What keeps the content from being what its type says, where that is JSON or text in UTF-8; empty when nothing does. */
    public Optional<String> malformation() {
        if (!isJson() && !contentType.equals(TEXT)) {
            return Optional.empty();
        }
        try {
            JsonView.INSTANCE.decode(this);
            return Optional.empty();
        } catch (CodecException malformed) {
            return Optional.of(String.valueOf(malformed.getMessage()));
        }
    }

    /** The bytes that replication carries. */
    public Bytes envelope() {
        ByteWriter out = new ByteWriter(content.length() + 1);
        int kind = kindOf(contentType);
        out.u8(VERSION << 4 | kind);
        if (kind == NAMED) {
            out.string(contentType);
        }
        return out.raw(content).toBytes();
    }

    /**
     * The value in an envelope.
     *
     * @throws MalformedBytesException when the bytes are no envelope
     * @throws UnsupportedFormatException when another version of Entente made it
     */
    public static StoredValue open(Bytes envelope) {
        ByteReader in = new ByteReader(envelope);
        int first = in.u8();
        if (first >> 4 != VERSION) {
            throw new UnsupportedFormatException("the version of a value's envelope", first >> 4, "version " + VERSION);
        }
        String contentType = switch (first & 0xF) {
            case NAMED -> in.string();
            case KIND_JSON -> JSON;
            case KIND_TEXT -> TEXT;
            case KIND_BINARY -> BINARY;
            default ->
                throw new UnsupportedFormatException(
                        "the kind of a value's content type", first & 0xF, "the kinds 0 to 3");
        };
        try {
            return new StoredValue(contentType, in.rest());
        } catch (IllegalArgumentException notAType) {
            throw new MalformedBytesException("not an envelope: " + notAType.getMessage(), notAType);
        }
    }

    private static int kindOf(String contentType) {
        return switch (contentType) {
            case JSON -> KIND_JSON;
            case TEXT -> KIND_TEXT;
            case BINARY -> KIND_BINARY;
            default -> NAMED;
        };
    }
}
