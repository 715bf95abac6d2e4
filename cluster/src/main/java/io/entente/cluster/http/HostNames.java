package io.entente.cluster.http;

import akka.http.javadsl.model.HttpRequest;
import io.entente.cluster.settings.HttpSettings;
import java.util.HashSet;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * The names by which a server that listens on loopback alone may be addressed. A page of another site can make a name of its own point to this
 * machine, and then is of the same origin as this server for its browser (DNS rebinding); the {@code Host} that the browser sends is that name all
 * the same. Where a server can be reached from elsewhere, all names pass: whoever wants to is there already.
 */
final class HostNames {

    private final boolean any;
    private final Set<String> names = new HashSet<>();

    HostNames(HttpSettings settings) {
        this.any = !settings.isLoopback();
        names.add(settings.address().host().toLowerCase(Locale.ROOT));
        settings.names().forEach(name -> names.add(name.toLowerCase(Locale.ROOT)));
    }

    /** Why a request is refused; empty when it is not. */
    Optional<Problem> objection(HttpRequest request) {
        String host = Headers.first(request, "Host").orElse("localhost");
        return any || isKnown(name(host.toLowerCase(Locale.ROOT)))
                ? Optional.empty()
                : Optional.of(Problem.of(
                        ProblemKind.MISDIRECTED,
                        "This node listens for this machine alone and is not known as " + Quote.of(host)
                                + ": address it as localhost, or name that host in entente.http.names"));
    }

    private boolean isKnown(String name) {
        return HttpSettings.isLoopback(name) || names.contains(name);
    }

    private static String name(String host) {
        if (host.startsWith("[")) {
            int end = host.indexOf(']');
            return end < 0 ? host : host.substring(1, end);
        }
        int port = host.lastIndexOf(':');
        return port < 0 ? host : host.substring(0, port);
    }
}
