package io.entente.cluster.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import java.net.URI;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;

/** Compares answers with the description of the surface: whatever a test gets has to stand there, in that form. */
final class DescribedAnswers {

    private static final List<String> HEADERS =
            List.of("etag", "location", "retry-after", "allow", "preference-applied");

    private final JsonNode description = OpenApi.description();
    private final SchemaCheck schemas = new SchemaCheck(description);

    /** Throws unless an answer is one that its operation is described to give. */
    void check(HttpResponse<byte[]> answer) {
        String method = answer.request().method().toLowerCase(Locale.ROOT);
        Optional<JsonNode> operation = path(answer.request().uri()).map(path -> path.path(method));
        String what = method + " " + answer.request().uri() + " answered " + answer.statusCode();
        if (operation.isEmpty() || operation.get().isMissingNode()) {
            assertThat(answer.statusCode())
                    .as(what + ", which is not described")
                    .isGreaterThanOrEqualTo(400);
            return;
        }
        JsonNode response = operation.get().path("responses").path(Integer.toString(answer.statusCode()));
        if (answer.statusCode() == 404 && response.isMissingNode()) {
            return;
        }
        assertThat(response.isMissingNode())
                .as(what + ", which is not described")
                .isFalse();
        checkHeaders(answer, response, what);
        if (answer.body().length > 0) {
            checkBody(answer, response, what);
        }
    }

    private static void checkHeaders(HttpResponse<byte[]> answer, JsonNode response, String what) {
        Map<String, JsonNode> described = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        response.path("headers").properties().forEach(header -> described.put(header.getKey(), header.getValue()));
        for (String name : answer.headers().map().keySet()) {
            String lower = name.toLowerCase(Locale.ROOT);
            if (lower.startsWith("entente-") || HEADERS.contains(lower)) {
                assertThat(described).as(what).containsKey(name);
            }
        }
    }

    private void checkBody(HttpResponse<byte[]> answer, JsonNode response, String what) {
        String type = answer.headers()
                .firstValue("Content-Type")
                .map(value -> value.split(";", 2)[0].strip())
                .orElse("");
        JsonNode content = response.path("content");
        JsonNode form = content.has(type) ? content.path(type) : content.path("*/*");
        assertThat(form.isMissingNode())
                .as(what + " as " + type + ", which is not described")
                .isFalse();
        if (content.has(type) && type.endsWith("json")) {
            assertThat(schemas.flaws(form.path("schema"), json(answer)))
                    .as(what)
                    .isEmpty();
        }
    }

    /** What is described of a path: one without variables first. */
    private Optional<JsonNode> path(URI uri) {
        List<String> asked = List.of(uri.getRawPath().split("/", -1));
        List<Map.Entry<String, JsonNode>> matching = new ArrayList<>();
        description.path("paths").properties().forEach(path -> {
            if (matches(List.of(path.getKey().split("/", -1)), asked)) {
                matching.add(path);
            }
        });
        return Stream.concat(matching.stream().filter(path -> !path.getKey().contains("{")), matching.stream())
                .map(Map.Entry::getValue)
                .findFirst();
    }

    private static boolean matches(List<String> template, List<String> path) {
        boolean matches = template.size() == path.size();
        for (int i = 0; matches && i < path.size(); i++) {
            matches = template.get(i).startsWith("{") || template.get(i).equals(path.get(i));
        }
        return matches;
    }

    private static JsonNode json(HttpResponse<byte[]> answer) {
        try {
            return Json.tree(answer.body());
        } catch (JsonProcessingException e) {
            throw new AssertionError("no JSON", e);
        }
    }
}
