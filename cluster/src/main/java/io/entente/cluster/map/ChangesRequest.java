package io.entente.cluster.map;

import java.util.Objects;
import java.util.Optional;

/**
 * Which changes of a map are followed: {@code ChangesRequest.all().prefix("user-").after(position)}. Immutable.
 *
 * @param prefix what their keys begin with; empty for all
 * @param after the position of the last change that is known already; empty to begin now
 */
public record ChangesRequest(String prefix, Optional<String> after) {

    private static final ChangesRequest ALL = new ChangesRequest("", Optional.empty());

    public ChangesRequest {
        Objects.requireNonNull(prefix, "prefix");
        Objects.requireNonNull(after, "after");
    }

    /** Those of all keys from now on. */
    public static ChangesRequest all() {
        return ALL;
    }

    /** Those of keys that begin so. */
    public ChangesRequest prefix(String begin) {
        return new ChangesRequest(begin, after);
    }

    /** Those after a {@linkplain Change#position position}, told by this run of the node. */
    public ChangesRequest after(String position) {
        return new ChangesRequest(prefix, Optional.of(position));
    }
}
