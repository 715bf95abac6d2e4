package io.entente.cluster.map;

import java.util.Objects;
import java.util.Optional;

/**
 * Which entries of a map are asked for: {@code PageRequest.of("user-").limit(50)}. Immutable.
 *
 * @param prefix what their keys begin with; empty for all
 * @param after the key after which to begin; empty to begin with the first
 * @param limit how many at the most, 1 to 10,000; 1,000 unless set
 */
public record PageRequest(String prefix, Optional<String> after, int limit) {

    private static final int DEFAULT_LIMIT = 1_000;
    private static final int MOST = 10_000;

    /** Throws {@link IllegalArgumentException} for a limit out of range. */
    public PageRequest {
        Objects.requireNonNull(prefix, "prefix");
        Objects.requireNonNull(after, "after");
        if (limit < 1 || limit > MOST) {
            throw new IllegalArgumentException(
                    "a limit of " + limit + " entries is out of range: ask for 1 to " + MOST);
        }
    }

    /** The first entries whose keys begin with a prefix. */
    public static PageRequest of(String prefix) {
        return new PageRequest(prefix, Optional.empty(), DEFAULT_LIMIT);
    }

    /** Those after a key. */
    public PageRequest after(String key) {
        return new PageRequest(prefix, Optional.of(key), limit);
    }

    /** So many at the most. */
    public PageRequest limit(int most) {
        return new PageRequest(prefix, after, most);
    }
}
