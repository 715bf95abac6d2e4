package io.entente.cluster.http;

import io.entente.cluster.http.auth.Role;
import java.util.Optional;

/**
 * Which request needs which role: the one place where that is decided. Whatever is not named here and changes something needs the most, so that a
 * new resource is closed until somebody opens it.
 *
 * <p>Paths are compared as they came, as {@link Routes} does when it looks for the resource: what is no route by another spelling is none here.
 */
final class RouteRoles {

    private static final String ADMIN = "admin";
    private static final String HEALTH = "health";
    private static final String MAPS = "maps";
    private static final String AT = "at";

    private RouteRoles() {}

    /** The role a request needs; empty for those that anybody may make: probes of health, which tell strangers a status and no reasons. */
    static Optional<Role> needed(Exchange exchange) {
        String first = exchange.target().segments().get(0);
        if (isOfOperators(exchange.target())) {
            return Optional.of(Role.OPERATOR);
        }
        if (exchange.isSafe()) {
            return first.equals(HEALTH) ? Optional.empty() : Optional.of(Role.READER);
        }
        return Optional.of(first.equals(MAPS) || first.equals(AT) ? Role.WRITER : Role.OPERATOR);
    }

    /** Whether it is what operators do: these are audited, refused or not. */
    static boolean isOfOperators(RequestTarget target) {
        return target.segments().get(0).equals(ADMIN);
    }

    /** The same of a path without its first slash. */
    static boolean isOfOperators(String path) {
        return path.startsWith(ADMIN + "/");
    }
}
