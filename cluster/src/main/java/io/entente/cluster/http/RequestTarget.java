package io.entente.cluster.http;

import akka.http.javadsl.model.HttpRequest;
import akka.http.javadsl.model.headers.RawRequestURI;
import java.util.ArrayList;
import java.util.List;

/**
 * What a request addresses, exactly as the client wrote it: the path's segments and the query, none of it decoded, so that
 * {@code /maps/m/a%2Fb} has three segments and not four.
 *
 * @param segments what stands between the slashes of the path, at least one, percent-encoded
 * @param query what follows the first {@code ?}; empty for nothing
 */
record RequestTarget(List<String> segments, String query) {

    RequestTarget {
        segments = List.copyOf(segments);
    }

    /** The target of a request; the server hands it over in a header of its own. */
    static RequestTarget of(HttpRequest request) {
        return parse(request.getHeader(RawRequestURI.class)
                .map(RawRequestURI::uri)
                .orElseGet(() -> request.getUri().toString()));
    }

    /** Takes a target apart: {@code /path?query}, or the same behind scheme and host. */
    static RequestTarget parse(String raw) {
        String target = withoutFragment(withoutOrigin(raw));
        int mark = target.indexOf('?');
        String path = mark < 0 ? target : target.substring(0, mark);
        return new RequestTarget(
                split(path.startsWith("/") ? path.substring(1) : path), mark < 0 ? "" : target.substring(mark + 1));
    }

    /** The path as it came. */
    String path() {
        return "/" + String.join("/", segments);
    }

    /** Path and query as they came. */
    String raw() {
        return query.isEmpty() ? path() : path() + "?" + query;
    }

    private static String withoutOrigin(String raw) {
        int scheme = raw.indexOf("://");
        if (raw.startsWith("/") || scheme < 0) {
            return raw;
        }
        int path = raw.indexOf('/', scheme + 3);
        return path < 0 ? "/" : raw.substring(path);
    }

    private static String withoutFragment(String target) {
        int fragment = target.indexOf('#');
        return fragment < 0 ? target : target.substring(0, fragment);
    }

    private static List<String> split(String path) {
        List<String> segments = new ArrayList<>();
        int from = 0;
        for (int slash = path.indexOf('/'); slash >= 0; slash = path.indexOf('/', from)) {
            segments.add(path.substring(from, slash));
            from = slash + 1;
        }
        segments.add(path.substring(from));
        return segments;
    }
}
