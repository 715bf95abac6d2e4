package io.entente.cluster.http;

import akka.http.javadsl.model.ContentType;
import akka.http.javadsl.model.ContentTypes;
import akka.http.javadsl.model.HttpEntities;
import akka.http.javadsl.model.HttpHeader;
import akka.http.javadsl.model.HttpResponse;
import akka.http.javadsl.model.headers.RawHeader;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * A refusal in the form of RFC 9457: {@code type}, {@code title}, {@code status}, {@code code}, {@code detail}, and members of
 * its own. Immutable.
 *
 * @param kind what kind of refusal
 * @param detail a full sentence that names the value and the remedy
 * @param members what else there is to say, by name
 * @param headers headers of the answer beside those all answers have
 */
record Problem(ProblemKind kind, String detail, Map<String, JsonNode> members, List<HttpHeader> headers) {

    private static final ContentType PROBLEM_JSON = ContentTypes.parse("application/problem+json");
    private static final String TYPE_PREFIX = "urn:entente:problem:";

    Problem {
        Objects.requireNonNull(kind, "kind");
        Objects.requireNonNull(detail, "detail");
        members = java.util.Collections.unmodifiableMap(new LinkedHashMap<>(members));
        headers = List.copyOf(headers);
    }

    /** A problem without members; the detail is made a sentence where it lacks the capital or the full stop. */
    static Problem of(ProblemKind kind, String detail) {
        return new Problem(kind, sentence(detail), Map.of(), List.of());
    }

    private static String sentence(String text) {
        String capital = text.isEmpty() ? text : Character.toUpperCase(text.charAt(0)) + text.substring(1);
        return capital.endsWith(".") ? capital : capital + ".";
    }

    /** The same with one more member. */
    Problem with(String name, JsonNode value) {
        Map<String, JsonNode> more = new LinkedHashMap<>(members);
        more.put(name, value);
        return new Problem(kind, detail, more, headers);
    }

    /** The same with one more header. */
    Problem header(String name, String value) {
        return headers(List.of(RawHeader.create(name, value)));
    }

    /** The same with more headers. */
    Problem headers(List<HttpHeader> added) {
        List<HttpHeader> more = new ArrayList<>(headers);
        more.addAll(added);
        return new Problem(kind, detail, members, more);
    }

    /** The same, saying after how many seconds to try again. */
    Problem retryAfter(int seconds) {
        return header("Retry-After", Integer.toString(seconds));
    }

    /** To throw where a request is taken apart. */
    ProblemException asException() {
        return new ProblemException(this);
    }

    /** The answer that says it, as a resource gives it. */
    HttpResponse toResponse() {
        ObjectNode body = Json.object();
        body.put("type", TYPE_PREFIX + kind.code());
        body.put("title", kind.title());
        body.put("status", kind.status());
        body.put("code", kind.code());
        body.put("detail", detail);
        members.forEach(body::set);
        return HttpResponse.create()
                .withStatus(kind.status())
                .withEntity(HttpEntities.create(PROBLEM_JSON, Json.bytes(body)))
                .addHeaders(headers);
    }

    /** The answer that says it where no resource is asked, and none of its headers is added on the way. */
    HttpResponse toFinalResponse() {
        return Headers.secured(toResponse());
    }
}
