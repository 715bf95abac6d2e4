package io.entente.cluster.http.auth;

import java.util.Objects;

/**
 * Somebody who asks, as the node knows them.
 *
 * @param name the name of the token that was shown
 * @param role what they may do
 */
public record Caller(String name, Role role) {

    /** Everybody, where no tokens are configured. */
    public static final Caller ANYBODY = new Caller("anybody", Role.OPERATOR);

    public Caller {
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(role, "role");
    }
}
