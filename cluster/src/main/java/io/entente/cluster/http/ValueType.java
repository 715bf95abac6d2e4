package io.entente.cluster.http;

import akka.http.javadsl.model.ContentType;
import akka.http.javadsl.model.ContentTypes;
import akka.http.javadsl.model.HttpHeader;
import akka.http.javadsl.model.HttpRequest;
import akka.http.javadsl.model.headers.RawHeader;
import io.entente.cluster.map.StoredValue;
import io.entente.core.bytes.Bytes;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** What type a value has: told by the writer, or else found out; and what a browser may do with it when it is served again. */
final class ValueType {

    /**
     * Types that say nothing about a value: no type at all (which arrives as bytes, and as {@code none/none} with an empty body),
     * and what curl's {@code -d} sends when nobody thought of a type.
     */
    private static final Set<String> SILENT =
            Set.of(StoredValue.BINARY, "none/none", "application/x-www-form-urlencoded");

    /** Types that a browser may run as part of this site. */
    private static final List<String> ACTIVE =
            List.of("html", "xml", "svg", "javascript", "ecmascript", "pdf", "x-shockwave-flash");

    private ValueType() {}

    /** Throws a problem where the headers alone tell that the body can't be stored. */
    static void requireReadable(HttpRequest request) {
        Headers.first(request, "Content-Type").ifPresent(unread -> {
            throw unsupported(
                    "the content type " + Quote.of(unread) + " can't be read: write one such as application/json");
        });
        Headers.first(request, "Content-Encoding")
                .filter(coding -> !coding.equalsIgnoreCase("identity"))
                .ifPresent(coding -> {
                    throw unsupported(
                            "the content encoding " + Quote.of(coding) + " is not supported: send the value as it is");
                });
        Headers.first(request, "Content-Range").ifPresent(range -> {
            throw Problem.of(
                            ProblemKind.MALFORMED_HEADER,
                            "The header Content-Range can't be " + Quote.of(range)
                                    + " here: send the whole value, without it")
                    .asException();
        });
    }

    /** A request's body as a value; throws a problem for one that can't be stored. The body is given up by the caller. */
    static StoredValue valueOf(HttpRequest request, byte[] body) {
        String type = request.entity().getContentType().toString();
        if (SILENT.contains(type)) {
            return stored(found(body), body);
        }
        StoredValue value = stored(type, body);
        if (value.isJson()) {
            Json.flaw(body).ifPresent(flaw -> {
                throw Problem.of(
                                ProblemKind.MALFORMED_BODY,
                                "the body is declared " + Quote.of(type) + " and is not JSON, " + flaw
                                        + ": mend it, or send another Content-Type")
                        .asException();
            });
        }
        return value;
    }

    private static StoredValue stored(String type, byte[] body) {
        try {
            return new StoredValue(type, Bytes.wrap(body));
        } catch (IllegalArgumentException malformed) {
            throw unsupported(
                    "the content type " + Quote.of(type) + " can't be kept: write one such as application/json");
        }
    }

    private static ProblemException unsupported(String detail) {
        return Problem.of(ProblemKind.UNSUPPORTED_CONTENT, detail).asException();
    }

    private static String found(byte[] body) {
        if (Json.flaw(body).isEmpty()) {
            return StoredValue.JSON;
        }
        return Json.utf8(body).filter(ValueType::isText).isPresent() ? StoredValue.TEXT : StoredValue.BINARY;
    }

    private static boolean isText(String text) {
        return text.chars().noneMatch(c -> c < ' ' && c != '\t' && c != '\r' && c != '\n');
    }

    /** What keeps a value that somebody stored here from acting in a browser as part of this site. */
    static List<HttpHeader> guards(String type) {
        RawHeader sandbox = RawHeader.create("Content-Security-Policy", "sandbox");
        String media = type.toLowerCase(Locale.ROOT);
        return ACTIVE.stream().anyMatch(media::contains)
                ? List.of(sandbox, RawHeader.create("Content-Disposition", "attachment"))
                : List.of(sandbox);
    }

    /** The type as the server sends it; bytes where it can't. */
    static ContentType toSend(String type) {
        try {
            return Optional.ofNullable(ContentTypes.parse(type)).orElse(ContentTypes.APPLICATION_OCTET_STREAM);
        } catch (RuntimeException unreadable) {
            return ContentTypes.APPLICATION_OCTET_STREAM;
        }
    }
}
