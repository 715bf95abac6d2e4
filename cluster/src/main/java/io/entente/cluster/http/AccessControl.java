package io.entente.cluster.http;

import akka.http.javadsl.model.HttpRequest;
import io.entente.cluster.http.auth.AccessToken;
import io.entente.cluster.http.auth.Caller;
import io.entente.cluster.http.auth.Role;
import io.entente.cluster.http.auth.TokenFile;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Finds out who asks, by the token they show, and lets them do what their role may. Thread-safe.
 *
 * <p>Programs show it as {@code Authorization: Bearer entente_…}. Browsers, which can't be told to for a page's address and its streams of events,
 * ask their user for name and password ({@code Basic}): the password is the token, the name is of no account. Requests that browsers add it to for
 * pages of other sites are {@link SameOrigin}'s matter.
 */
final class AccessControl {

    private static final String AUTHORIZATION = "Authorization";
    private static final String BEARER = "bearer ";
    private static final String BASIC = "basic ";

    private final Optional<TokenFile> tokens;

    /** @param tokens the tokens; none where everybody may do everything */
    AccessControl(Optional<TokenFile> tokens) {
        this.tokens = tokens;
    }

    /** Who asks, as far as they have shown it; empty where they show no token that is known here. */
    Optional<Caller> caller(HttpRequest request) {
        return tokens.isEmpty()
                ? Optional.of(Caller.ANYBODY)
                : shown(request).flatMap(AccessToken::of).flatMap(tokens.get()::callerWith);
    }

    /** Throws the problem that the request needs a token, or another one. */
    void admit(Exchange exchange) {
        Optional<Role> needed = RouteRoles.needed(exchange);
        if (needed.isPresent()) {
            Caller caller = caller(exchange.request())
                    .orElseThrow(() -> unauthenticated(exchange).asException());
            if (!caller.role().includes(needed.get())) {
                throw forbidden(exchange, caller, needed.get()).asException();
            }
        }
    }

    /** What is shown, whatever it is. */
    private static Optional<String> shown(HttpRequest request) {
        List<String> headers = Headers.all(request, AUTHORIZATION);
        if (headers.size() != 1) {
            return Optional.empty();
        }
        String header = headers.get(0);
        String scheme = header.toLowerCase(Locale.ROOT);
        if (scheme.startsWith(BEARER)) {
            return Optional.of(header.substring(BEARER.length()).strip());
        }
        return scheme.startsWith(BASIC)
                ? password(header.substring(BASIC.length()).strip())
                : Optional.empty();
    }

    private static Optional<String> password(String credentials) {
        try {
            String pair = new String(Base64.getDecoder().decode(credentials), StandardCharsets.UTF_8);
            int colon = pair.indexOf(':');
            return colon < 0 ? Optional.empty() : Optional.of(pair.substring(colon + 1));
        } catch (IllegalArgumentException noBase64) {
            return Optional.empty();
        }
    }

    private static Problem unauthenticated(Exchange exchange) {
        int shown = Headers.all(exchange.request(), AUTHORIZATION).size();
        String what = switch (shown) {
            case 0 -> "The request shows no token";
            case 1 -> "What the request shows is no token that this node knows";
            default -> "The request shows " + shown + " tokens";
        };
        // Browsers take the last form that they know, and Basic is the only one of these.
        return Problem.of(
                        ProblemKind.UNAUTHENTICATED,
                        what
                                + ": send one as 'Authorization: Bearer entente_…'; samples/token makes it, and its line in the"
                                + " node's file entente.http.tokens says what it may do")
                .header("WWW-Authenticate", "Bearer realm=\"entente\"")
                .header("WWW-Authenticate", "Basic realm=\"entente\", charset=\"UTF-8\"");
    }

    private static Problem forbidden(Exchange exchange, Caller caller, Role needed) {
        return Problem.of(
                ProblemKind.FORBIDDEN,
                "The token of " + caller.name() + " has the role "
                        + caller.role().word() + ", and "
                        + exchange.method().name() + " "
                        + Quote.of(exchange.target().path()) + " needs " + needed.word()
                        + ": use another token");
    }
}
