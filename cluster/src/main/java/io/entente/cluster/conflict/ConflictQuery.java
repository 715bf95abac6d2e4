package io.entente.cluster.conflict;

import io.entente.cluster.settings.MapSettings;
import java.util.Objects;
import java.util.Optional;

/**
 * A question for a page of a node's conflicts, oldest first. Immutable; the {@code with…}-like methods give changed copies.
 *
 * @param filter which conflicts
 * @param after the position after which to begin; empty to begin with the oldest
 * @param limit how many at the most, 1 to {@value #MOST}
 * @param state whether they must be open, or open and unresolved
 * @param whatIf another resolver to try on each
 */
public record ConflictQuery(
        ConflictFilter filter, Optional<String> after, int limit, State state, Optional<MapSettings> whatIf) {

    /** The largest {@code limit}. */
    public static final int MOST = 1_000;

    private static final int DEFAULT_LIMIT = 100;

    public ConflictQuery {
        Objects.requireNonNull(filter, "filter");
        Objects.requireNonNull(after, "after");
        Objects.requireNonNull(state, "state");
        Objects.requireNonNull(whatIf, "whatIf");
        if (limit < 1 || limit > MOST) {
            throw new IllegalArgumentException("a page of at most " + limit + " conflicts: ask for 1 to " + MOST);
        }
    }

    /** What must hold of a conflict. */
    public enum State {
        /** Nothing. */
        ANY,
        /** Its key still holds just its siblings. */
        OPEN,
        /** It is open, and the map's resolver fails on it. */
        UNRESOLVED
    }

    /** The oldest conflicts that pass a filter. */
    public static ConflictQuery of(ConflictFilter filter) {
        return new ConflictQuery(filter, Optional.empty(), DEFAULT_LIMIT, State.ANY, Optional.empty());
    }

    /** Beginning after a position that an earlier answer gave. */
    public ConflictQuery after(String position) {
        return new ConflictQuery(filter, Optional.of(position), limit, state, whatIf);
    }

    /** With at most so many. */
    public ConflictQuery limit(int most) {
        return new ConflictQuery(filter, after, most, state, whatIf);
    }

    /** Those in that state alone. */
    public ConflictQuery in(State wanted) {
        return new ConflictQuery(filter, after, limit, wanted, whatIf);
    }

    /** Trying another resolver on each. */
    public ConflictQuery whatIf(MapSettings resolver) {
        return new ConflictQuery(filter, after, limit, state, Optional.of(resolver));
    }
}
