package io.entente.cluster.client;

import io.entente.core.bytes.Bytes;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;

/**
 * A request, wherever it is sent.
 *
 * @param method {@code GET}, {@code PUT}, {@code POST} or {@code DELETE}
 * @param target path and query, encoded
 * @param headers headers beside those that are added on the way
 * @param body what is sent; empty for nothing
 * @param timeout how long a node may take
 */
record Call(String method, String target, Map<String, String> headers, Bytes body, Duration timeout) {

    Call {
        headers = Map.copyOf(headers);
        Objects.requireNonNull(timeout, "timeout");
    }

    static Call of(String method, String target, Duration timeout) {
        return new Call(method, target, Map.of(), Bytes.empty(), timeout);
    }

    Call header(String name, String value) {
        Map<String, String> more = new LinkedHashMap<>(headers);
        more.put(name, value);
        return new Call(method, target, more, body, timeout);
    }

    Call body(String contentType, Bytes content) {
        return new Call(method, target, header("Content-Type", contentType).headers(), content, timeout);
    }

    /** Whether it may change something, so that it must not take effect twice. */
    boolean isWrite() {
        return !method.equals("GET");
    }
}
