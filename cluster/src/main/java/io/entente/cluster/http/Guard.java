package io.entente.cluster.http;

import akka.http.javadsl.model.HttpRequest;
import akka.http.javadsl.model.HttpResponse;
import io.entente.cluster.http.auth.TokenFile;
import io.entente.cluster.settings.HttpSettings;

/**
 * Who gets in at a server: by the name they call it, the token they show and, for what changes something, the page they come from. Thread-safe.
 *
 * @param names the names by which the server may be addressed
 * @param access whose tokens it takes
 * @param audit where operators' requests are written down
 * @param encrypted whether it speaks TLS
 */
record Guard(HostNames names, AccessControl access, AuditLog audit, boolean encrypted) {

    /** As the settings have it; throws {@link io.entente.cluster.settings.SettingsException} for a file of tokens that can't be used. */
    static Guard of(HttpSettings settings) {
        return new Guard(
                new HostNames(settings),
                new AccessControl(settings.security().tokens().map(TokenFile::open)),
                new AuditLog(System::nanoTime),
                settings.security().tls().isPresent());
    }

    /** Throws the problem that the server is not addressed by a name of its own. */
    void requireName(HttpRequest request) {
        names.objection(request).ifPresent(objection -> {
            throw objection.asException();
        });
    }

    /** Throws the problem that the caller may not ask that. */
    void requireRole(Exchange exchange) {
        access.admit(exchange);
    }

    /** Throws the problem that a request which changes something comes from a page of another site. */
    void requireOrigin(HttpRequest request) {
        SameOrigin.objection(request, encrypted).ifPresent(objection -> {
            throw objection.asException();
        });
    }

    /** Whether the caller is known: strangers are told no reasons. */
    boolean isKnown(HttpRequest request) {
        return access.caller(request).isPresent();
    }

    /** Writes an operator's request down. */
    void note(HttpRequest request, HttpResponse answer) {
        audit.note(access.caller(request), request, answer);
    }
}
