package io.entente.cluster.client;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import io.entente.core.bytes.Bytes;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpHeaders;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.Set;

/**
 * What a node answered.
 *
 * @param node which
 * @param status the HTTP status
 * @param headers its headers
 * @param body its body
 */
record Answer(URI node, int status, HttpHeaders headers, Bytes body) {

    /** What keeps a node from serving anybody, or this key, now, and may be otherwise elsewhere or in a moment. */
    private static final Set<String> PASSING = Set.of(
            "not-ready",
            "no-leader",
            "not-reached",
            "overloaded",
            "store-failed",
            "clock-off",
            "disk-full",
            "no-quorum",
            "home-unreachable");

    private static final Set<String> OF_THE_NODE = Set.of("not-ready", "store-failed", "clock-off", "disk-full");

    private static final ObjectMapper JSON = new ObjectMapper();

    static Answer of(URI node, HttpResponse<byte[]> response) {
        return of(node, response, response.body());
    }

    static Answer of(URI node, HttpResponse<?> response, byte[] body) {
        return new Answer(node, response.statusCode(), response.headers(), Bytes.wrap(body));
    }

    Optional<String> header(String name) {
        return headers.firstValue(name);
    }

    boolean isRedirect() {
        return status == 307 || status == 308;
    }

    /** Whether it is a refusal that another node, or the same one in a moment, may not repeat; nothing was written then. */
    boolean isPassing() {
        return PASSING.contains(code());
    }

    /** Whether the node gave up waiting for itself; what became of the request it will know later. */
    boolean isLate() {
        return code().equals("no-answer");
    }

    /** Whether the node refuses everybody like that. */
    boolean isOfTheNode() {
        return OF_THE_NODE.contains(code());
    }

    /** What kind of problem it is; empty where it is none. */
    String code() {
        return status < 400 ? "" : json().path("code").asText();
    }

    /** The body as JSON; nothing where it is none. */
    JsonNode json() {
        return json(body.unsafeArray());
    }

    /** A text as JSON; nothing where it is none. */
    static JsonNode json(String text) {
        return json(text.getBytes(StandardCharsets.UTF_8));
    }

    private static JsonNode json(byte[] text) {
        try {
            return JSON.readTree(text);
        } catch (JsonProcessingException noJson) {
            return MissingNode.getInstance();
        } catch (IOException unreadable) {
            throw new IllegalStateException("bytes in memory can't be read", unreadable);
        }
    }
}
