package io.entente.cluster.map;

import io.entente.conflict.Version;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * What a reader of a key gets: derived from the key's siblings, the same on all replicas that hold the same ones.
 *
 * @param content the value, nothing, or the versions to choose from
 * @param unresolved why {@code content} is but a fallback, as a sentence; empty when it is what the resolver made
 * @param versions the siblings it rests on, deletions among them, in canonical order; a value that could not be read is there as
 *     bytes of unknown meaning
 * @param ancestor the version they all descend from, as the resolver saw it: where it asks for one and there is one
 */
public record Resolved(
        Content content,
        Optional<String> unresolved,
        List<Version<StoredValue>> versions,
        Optional<Version<StoredValue>> ancestor) {

    public Resolved {
        Objects.requireNonNull(content, "content");
        Objects.requireNonNull(unresolved, "unresolved");
        versions = List.copyOf(versions);
        Objects.requireNonNull(ancestor, "ancestor");
    }

    /** One of a value, nothing, or several versions. */
    public sealed interface Content {}

    /**
     * The key has a value.
     *
     * @param value the value
     */
    public record Value(StoredValue value) implements Content {}

    /** The key is absent. */
    public record Absent() implements Content {}

    /** The resolver keeps all versions: the application chooses, and writes back with the context. */
    public record Siblings() implements Content {}
}
