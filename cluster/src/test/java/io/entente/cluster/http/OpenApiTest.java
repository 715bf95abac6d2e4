package io.entente.cluster.http;

import static org.assertj.core.api.Assertions.assertThat;

import akka.http.javadsl.model.HttpMethod;
import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * The description of the surface says what there is, all of it and nothing else. That answers are as described is held by every test that sends
 * a request ({@link DescribedAnswers}).
 */
class OpenApiTest {

    private static final Set<String> METHODS = Set.of("get", "head", "put", "post", "delete");

    private static HttpNode node;

    private final JsonNode description = OpenApi.description();

    @BeforeAll
    static void start() {
        node = new HttpNode();
    }

    @AfterAll
    static void stop() {
        node.close();
    }

    @Test
    void everyPathAndMethodIsDescribedAndNoOther() {
        Map<String, Set<String>> there = new TreeMap<>();
        node.routes()
                .table()
                .forEach((path, methods) -> there.computeIfAbsent(
                                path.startsWith("/dashboard/") ? "/dashboard/{file}" : path, any -> new TreeSet<>())
                        .addAll(words(methods)));
        Map<String, Set<String>> described = new TreeMap<>();
        description.path("paths").properties().forEach(path -> described.put(path.getKey(), methods(path.getValue())));
        assertThat(described).isEqualTo(there);
    }

    @Test
    void everyKindOfProblemIsDescribedSomewhere() {
        Set<ProblemKind> kinds = EnumSet.copyOf(OpenApi.OF_ANY_OPERATION);
        kinds.addAll(OpenApi.OF_NO_OPERATION);
        List<String> named = new ArrayList<>();
        OpenApi.read().findValues("x-problems").forEach(all -> all.forEach(code -> named.add(code.textValue())));
        for (ProblemKind kind : ProblemKind.values()) {
            if (named.contains(kind.code())) {
                kinds.add(kind);
            }
        }
        assertThat(kinds).containsExactlyInAnyOrder(ProblemKind.values());
    }

    @Test
    void referencesLeadSomewhereAndOperationsHaveNamesOfTheirOwn() {
        for (JsonNode reference : description.findValues("$ref")) {
            assertThat(description.at(reference.textValue().substring(1)).isMissingNode())
                    .as(reference.textValue())
                    .isFalse();
        }
        List<String> names = description.path("paths").findValuesAsText("operationId");
        assertThat(names).doesNotHaveDuplicates();
    }

    @Test
    void variablesOfPathsAreParameters() {
        description.path("paths").properties().forEach(path -> {
            Set<String> named = new HashSet<>();
            path.getValue()
                    .path("parameters")
                    .forEach(parameter -> named.add("{"
                            + (parameter.has("$ref")
                                            ? description.at(parameter
                                                    .path("$ref")
                                                    .textValue()
                                                    .substring(1))
                                            : parameter)
                                    .path("name")
                                    .textValue()
                            + "}"));
            Set<String> variables = new HashSet<>(List.of(path.getKey().split("/")));
            variables.removeIf(segment -> !segment.startsWith("{"));
            assertThat(named).as(path.getKey()).isEqualTo(variables);
        });
    }

    @Test
    void nothingOfTheFormOfTheFileIsLeft() {
        assertThat(description.toString()).doesNotContain("\"x-");
    }

    @Test
    void theDescriptionIsServed() {
        Answer served = node.get("/openapi.json").hasStatus(200);
        assertThat(served.json()).isEqualTo(description);
        assertThat(served.json().path("openapi").textValue()).startsWith("3.1.");
    }

    private static Set<String> words(List<HttpMethod> methods) {
        Set<String> words = new TreeSet<>();
        methods.forEach(method -> words.add(method.name().toLowerCase(Locale.ROOT)));
        return words;
    }

    private static Set<String> methods(JsonNode path) {
        Set<String> methods = new TreeSet<>();
        path.fieldNames().forEachRemaining(name -> {
            if (METHODS.contains(name)) {
                methods.add(name);
            }
        });
        return methods;
    }
}
