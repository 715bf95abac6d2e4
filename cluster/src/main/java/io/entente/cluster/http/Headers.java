package io.entente.cluster.http;

import akka.http.javadsl.model.HttpHeader;
import akka.http.javadsl.model.HttpRequest;
import akka.http.javadsl.model.HttpResponse;
import akka.http.javadsl.model.headers.RawHeader;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** The names of Entente's headers, and how headers are read and added. */
final class Headers {

    static final String CONTEXT = "Entente-Context";
    static final String SESSION = "Entente-Session";
    static final String DOT = "Entente-Dot";
    static final String HOME = "Entente-Home";
    static final String SIBLINGS = "Entente-Siblings";
    static final String UNRESOLVED = "Entente-Unresolved";
    static final String OMITTED = "Entente-Omitted";
    static final String ETAG = "ETag";
    static final String IF_MATCH = "If-Match";
    static final String IF_NONE_MATCH = "If-None-Match";

    static final String CACHE_CONTROL = "Cache-Control";

    /** What every answer says to browsers: take the type as it is, don't let other sites embed it. */
    private static final List<HttpHeader> SECURITY = List.of(
            RawHeader.create("X-Content-Type-Options", "nosniff"),
            RawHeader.create("Cross-Origin-Resource-Policy", "same-origin"));

    /** What every answer says but those that know better. */
    private static final HttpHeader KEEP_NO_COPY = RawHeader.create(CACHE_CONTROL, "no-store");

    private Headers() {}

    /** A header's first value. */
    static Optional<String> first(HttpRequest request, String name) {
        return request.getHeader(name).map(HttpHeader::value);
    }

    /** All values of a header, in order. */
    static List<String> all(HttpRequest request, String name) {
        List<String> values = new ArrayList<>();
        for (HttpHeader header : request.getHeaders()) {
            if (header.lowercaseName().equals(name.toLowerCase(Locale.ROOT))) {
                values.add(header.value());
            }
        }
        return values;
    }

    /** The value of a header that may stand once at most. */
    static Optional<String> single(HttpRequest request, String name) {
        List<String> values = all(request, name);
        if (values.size() > 1) {
            throw Problem.of(
                            ProblemKind.MALFORMED_HEADER,
                            "The header " + name + " is there " + values.size() + " times, the second time as "
                                    + Quote.of(values.get(1)) + ": send it once.")
                    .asException();
        }
        return values.stream().findFirst();
    }

    /** An answer with what every answer says to browsers. */
    static HttpResponse secured(HttpResponse response) {
        HttpResponse guarded = response.addHeaders(SECURITY);
        return response.getHeader(CACHE_CONTROL).isPresent() ? guarded : guarded.addHeader(KEEP_NO_COPY);
    }
}
