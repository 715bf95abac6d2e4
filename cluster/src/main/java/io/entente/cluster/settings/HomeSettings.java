package io.entente.cluster.settings;

import java.util.Objects;

/**
 * Which data center the writes of a map's keys go to, wherever they are asked for, so that writes of one key don't conflict (<i>Designing
 * Data-Intensive Applications</i>, chapter 5, "Conflict avoidance").
 *
 * @param home {@value #NONE}, {@value #BY_KEY_PREFIX}, {@value #BY_KEY_HASH}, or the name of a data center
 * @param unreachable what becomes of a write while the home is out of reach
 */
public record HomeSettings(String home, Unreachable unreachable) {

    /** Writes are taken wherever they are asked for. */
    public static final String NONE = "none";

    /** A key's home is named by what it begins with: that of {@code eu/alice} and {@code eu:alice} is {@code eu}. */
    public static final String BY_KEY_PREFIX = "by-key-prefix";

    /** A key's home is one of the data centers of the named members, by the key's partition: keys that share a part in braces share a home. */
    public static final String BY_KEY_HASH = "by-key-hash";

    private static final HomeSettings NOWHERE = new HomeSettings(NONE, Unreachable.REFUSE);

    /** Throws {@link IllegalArgumentException} for what can't be a data center's name. */
    public HomeSettings {
        Rules.name(home);
        Objects.requireNonNull(unreachable, "unreachable");
    }

    /** No key has a home. */
    public static HomeSettings none() {
        return NOWHERE;
    }

    /** Whether keys have a home at all. */
    public boolean isSet() {
        return !home.equals(NONE);
    }

    /** Whether all keys have the same. */
    public boolean isDataCenter() {
        return isSet() && !home.equals(BY_KEY_PREFIX) && !home.equals(BY_KEY_HASH);
    }

    /** What becomes of a write while its key's home is out of reach. */
    public enum Unreachable {
        /** It is refused, and nothing conflicts. */
        REFUSE,
        /** It is taken where it was asked for, and may conflict with what is written at home meanwhile. */
        ACCEPT
    }
}
