package io.entente.core.record;

import io.entente.core.bytes.Bytes;
import java.util.Objects;
import java.util.OptionalLong;

/**
 * A part of a mergeable value as it is read. Immutable.
 *
 * @param name the part
 * @param versions its versions, deletions among them; none where it is a sum
 * @param sum what all origins have contributed, as far as it isn't reset; empty where nothing is, or where the part has versions
 */
public record Part(Bytes name, Siblings versions, OptionalLong sum) {

    public Part {
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(versions, "versions");
        Objects.requireNonNull(sum, "sum");
    }

    /** A part with versions. */
    public static Part of(Bytes name, Siblings versions) {
        return new Part(name, versions, OptionalLong.empty());
    }

    /** A part that is a sum. */
    public static Part of(Bytes name, long sum) {
        return new Part(name, Siblings.none(), OptionalLong.of(sum));
    }
}
