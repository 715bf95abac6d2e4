package io.entente.cluster.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;

/** An answer of the server, with the assertions that many tests make. */
record Answer(HttpResponse<byte[]> response) {

    int status() {
        return response.statusCode();
    }

    String text() {
        return new String(response.body(), StandardCharsets.UTF_8);
    }

    JsonNode json() {
        try {
            return Json.tree(response.body());
        } catch (JsonProcessingException e) {
            throw new AssertionError("no JSON: " + text(), e);
        }
    }

    /** A header that must be there. */
    String header(String name) {
        return response.headers()
                .firstValue(name)
                .orElseThrow(() -> new AssertionError("no " + name + " in " + response.headers()));
    }

    boolean has(String name) {
        return response.headers().firstValue(name).isPresent();
    }

    Answer hasStatus(int status) {
        assertThat(status())
                .as("status of %s: %s", response.request().uri(), text())
                .isEqualTo(status);
        return this;
    }

    /** Asserts the form of RFC 9457, and that status and code agree in header and body. */
    Answer isProblem(int status, String code) {
        hasStatus(status);
        assertThat(header("Content-Type")).isEqualTo("application/problem+json");
        JsonNode problem = json();
        assertThat(problem.path("status").intValue()).isEqualTo(status);
        assertThat(problem.path("code").textValue()).isEqualTo(code);
        assertThat(problem.path("type").textValue()).isEqualTo("urn:entente:problem:" + code);
        assertThat(problem.path("title").textValue()).endsWith(".");
        assertThat(detail()).matches("(?s)\\P{Ll}.*[^.]\\.");
        return this;
    }

    String detail() {
        return String.valueOf(json().path("detail").textValue());
    }
}
