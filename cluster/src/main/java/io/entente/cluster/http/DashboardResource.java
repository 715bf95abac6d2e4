package io.entente.cluster.http;

import akka.http.javadsl.model.ContentType;
import akka.http.javadsl.model.ContentTypes;
import akka.http.javadsl.model.HttpEntities;
import akka.http.javadsl.model.HttpHeader;
import akka.http.javadsl.model.HttpMethod;
import akka.http.javadsl.model.HttpMethods;
import akka.http.javadsl.model.HttpResponse;
import akka.http.javadsl.model.headers.RawHeader;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.zip.CRC32C;

/**
 * One file of the dashboard, read once from the class path. A browser keeps it and asks each time whether it has changed ({@code ETag});
 * so a page never runs with files of two versions of Entente for longer than a reload.
 *
 * <p>The page may load and connect to nothing but this node, run no script that is not one of these files, and write no text where
 * the browser would take it for HTML: values that strangers stored are shown on it.
 */
final class DashboardResource implements Resource {

    /** Where the files are served, but for the page itself. */
    private static final String PATH = "dashboard";

    private static final String PAGE = "index.html";

    private static final Map<String, String> TYPES = Map.of(
            "html", "text/html; charset=utf-8",
            "css", "text/css; charset=utf-8",
            "js", "text/javascript; charset=utf-8",
            "svg", "image/svg+xml");

    private static final List<String> FILES = List.of(
            PAGE,
            "style.css",
            "icon.svg",
            "app.js",
            "charts.js",
            "cluster.js",
            "conflicts.js",
            "dom.js",
            "keys.js",
            "live.js",
            "map.js");

    private static final List<HttpHeader> GUARDS = List.of(
            RawHeader.create(
                    "Content-Security-Policy",
                    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self';"
                            + " base-uri 'none'; form-action 'none'; frame-ancestors 'none';"
                            + " require-trusted-types-for 'script'; trusted-types 'none'"),
            RawHeader.create("Referrer-Policy", "no-referrer"),
            RawHeader.create("Vary", "Accept"),
            RawHeader.create("Cross-Origin-Opener-Policy", "same-origin"));

    private final byte[] content;
    private final ContentType type;
    private final String tag;

    private DashboardResource(String file) {
        this.content = read(file);
        this.type = ContentTypes.parse(TYPES.get(file.substring(file.lastIndexOf('.') + 1)));
        CRC32C checksum = new CRC32C();
        checksum.update(content);
        this.tag = '"' + Long.toHexString(checksum.getValue()) + "-" + Integer.toHexString(content.length) + '"';
    }

    /** All files, by path without the first slash; the page is at {@code dashboard/index.html} too. */
    static Map<String, Resource> all() {
        Map<String, Resource> files = new LinkedHashMap<>();
        FILES.forEach(file -> files.put(PATH + "/" + file, new DashboardResource(file)));
        return files;
    }

    /** The page itself. */
    static Resource page() {
        return new DashboardResource(PAGE);
    }

    private static byte[] read(String file) {
        try (InputStream in = DashboardResource.class.getResourceAsStream("dashboard/" + file)) {
            if (in == null) {
                throw new IllegalStateException("the dashboard's file " + file + " is missing from this build");
            }
            return in.readAllBytes();
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    @Override
    public List<HttpMethod> methods() {
        return List.of(HttpMethods.GET, HttpMethods.HEAD);
    }

    @Override
    public CompletionStage<HttpResponse> handle(Exchange exchange) {
        return CompletableFuture.completedFuture(answer(exchange));
    }

    private HttpResponse answer(Exchange exchange) {
        List<HttpHeader> headers = new ArrayList<>(GUARDS);
        headers.add(RawHeader.create(Headers.ETAG, tag));
        headers.add(RawHeader.create(Headers.CACHE_CONTROL, "no-cache"));
        HttpResponse response = HttpResponse.create().addHeaders(headers);
        return Headers.first(exchange.request(), "If-None-Match")
                        .filter(tag::equals)
                        .isPresent()
                ? response.withStatus(304)
                : response.withEntity(HttpEntities.create(type, content));
    }
}
