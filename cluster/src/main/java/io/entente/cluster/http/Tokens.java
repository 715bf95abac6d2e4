package io.entente.cluster.http;

import akka.http.javadsl.model.HttpHeader;
import akka.http.javadsl.model.HttpRequest;
import akka.http.javadsl.model.headers.RawHeader;
import io.entente.cluster.map.SessionToken;
import io.entente.cluster.settings.DataLimits;
import io.entente.conflict.version.CausalContext;
import io.entente.core.codec.ContextCodec;
import io.entente.core.codec.MalformedTokenException;
import io.entente.core.codec.SessionTokenCodec;
import io.entente.core.codec.TokenTooLongException;
import io.entente.core.record.RecordKey;
import java.util.List;
import java.util.Optional;

/** Contexts and session tokens as headers, both ways. Immutable and thread-safe. */
final class Tokens {

    private final ContextCodec contexts;
    private final SessionTokenCodec sessions;

    /** Tokens as long as the limits allow. */
    Tokens(DataLimits limits) {
        this.contexts = new ContextCodec(limits.tokenBytes());
        this.sessions = new SessionTokenCodec(limits.tokenBytes());
    }

    /** The context that a text stands for; {@code header} is where it came from. */
    CausalContext context(String header, RecordKey key, String text) {
        try {
            return contexts.decode(key, text);
        } catch (MalformedTokenException malformed) {
            throw malformed(ProblemKind.MALFORMED_CONTEXT, header, malformed);
        }
    }

    /** The session a request belongs to; a new one where it says nothing. */
    SessionToken session(HttpRequest request) {
        return Headers.single(request, Headers.SESSION).map(this::session).orElseGet(SessionToken::empty);
    }

    private SessionToken session(String text) {
        try {
            return new SessionToken(sessions.decode(text));
        } catch (MalformedTokenException malformed) {
            throw malformed(ProblemKind.MALFORMED_SESSION, Headers.SESSION, malformed);
        }
    }

    private static ProblemException malformed(ProblemKind kind, String header, MalformedTokenException malformed) {
        return Problem.of(kind, "In the header " + header + ", " + malformed.getMessage())
                .asException();
    }

    /** {@code ETag} and {@code Entente-Context}. */
    List<HttpHeader> headers(RecordKey key, CausalContext context) {
        return text(key, context)
                .map(text -> List.<HttpHeader>of(
                        RawHeader.create(Headers.ETAG, '"' + text + '"'), RawHeader.create(Headers.CONTEXT, text)))
                .orElseGet(() -> omitted(Headers.CONTEXT));
    }

    /** The context as it stands in a body; empty where it would be too long. */
    Optional<String> text(RecordKey key, CausalContext context) {
        try {
            return Optional.of(contexts.encode(key, context));
        } catch (TokenTooLongException tooLong) {
            return Optional.empty();
        }
    }

    /** {@code Entente-Session}. */
    List<HttpHeader> headers(SessionToken session) {
        try {
            return List.of(RawHeader.create(Headers.SESSION, sessions.encode(session.vectors())));
        } catch (TokenTooLongException tooLong) {
            return omitted(Headers.SESSION);
        }
    }

    /** A token too long for a header must not fail a write that is done: it is left out, and the answer says so. */
    private static List<HttpHeader> omitted(String name) {
        return List.of(RawHeader.create(Headers.OMITTED, name));
    }
}
