package io.entente.cluster.http;

import akka.http.javadsl.model.HttpRequest;
import java.util.Locale;
import java.util.Optional;

/**
 * Keeps pages of other sites from changing anything here through the browser of somebody who may reach this node.
 *
 * <p>Browsers name the page's origin in every request that changes something; programs other than browsers don't, and pass. It is
 * compared with the {@code Host} the request was sent to; a name that an attacker makes point here is {@link HostNames}'s matter.
 */
final class SameOrigin {

    private SameOrigin() {}

    /**
     * Why a request that would change something is refused; empty when it is not.
     *
     * @param encrypted whether the server speaks TLS: a page that came without could be anybody's
     */
    static Optional<Problem> objection(HttpRequest request, boolean encrypted) {
        Optional<String> origin = Headers.first(request, "Origin");
        String host = Headers.first(request, "Host").orElse("");
        return origin.filter(page -> !isOf(page, host)
                        || (encrypted && !page.toLowerCase(Locale.ROOT).startsWith("https:")))
                .map(
                        page -> Problem.of(
                                ProblemKind.CROSS_ORIGIN,
                                "A page of " + Quote.of(page) + " may not change anything at " + Quote.of(host)
                                        + ": open the page from this node, or send the request from a program that is not a browser."));
    }

    private static boolean isOf(String origin, String host) {
        int scheme = origin.indexOf("://");
        if (scheme < 0) {
            return false;
        }
        String defaultPort = origin.startsWith("https:") ? ":443" : ":80";
        String page = withoutPort(origin.substring(scheme + 3), defaultPort);
        return !page.isEmpty() && page.equals(withoutPort(host, defaultPort));
    }

    private static String withoutPort(String authority, String defaultPort) {
        String lower = authority.toLowerCase(Locale.ROOT);
        return lower.endsWith(defaultPort) ? lower.substring(0, lower.length() - defaultPort.length()) : lower;
    }
}
