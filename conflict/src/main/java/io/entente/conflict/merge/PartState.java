package io.entente.conflict.merge;

import io.entente.conflict.Version;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * What a part holds. Immutable.
 *
 * @param versions the versions that no other one has seen, in the order of their dots; one whose value is empty is a deletion, one
 *     whose value holds nothing is a mark
 * @param sum what was contributed and isn't reset; empty where nothing is
 * @param <C> what registers hold
 */
public record PartState<C>(List<Version<Optional<C>>> versions, OptionalLong sum) {

    public PartState {
        versions = List.copyOf(versions);
        Objects.requireNonNull(sum, "sum");
    }

    /** A part with versions. */
    public static <C> PartState<C> of(List<Version<Optional<C>>> versions) {
        return new PartState<>(versions, OptionalLong.empty());
    }

    /** A part that is a sum. */
    public static <C> PartState<C> of(long sum) {
        return new PartState<>(List.of(), OptionalLong.of(sum));
    }

    boolean holdsOne() {
        return versions.stream().anyMatch(version -> !version.isDeletion());
    }

    boolean holdsNothingElse() {
        return holdsOne() && versions.stream().noneMatch(Version::isDeletion);
    }
}
