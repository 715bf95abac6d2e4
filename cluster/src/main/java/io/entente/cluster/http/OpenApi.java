package io.entente.cluster.http;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.EnumSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The description of this surface in the form of OpenAPI 3.1: {@code openapi.json}, completed with what code knows. In that file an operation
 * names the problems that only it answers with ({@code x-problems}) and the headers of all its answers ({@code x-headers}), a {@code GET} stands for its
 * {@code HEAD} too, and a path that is the same as another one says so ({@code x-same-as}).
 */
final class OpenApi {

    private static final List<String> METHODS = List.of("get", "put", "post", "delete");
    private static final String FILE = "openapi.json";
    private static final String PROBLEMS = "x-problems";
    private static final String HEADERS = "x-headers";
    private static final String HAS_HEAD = "x-head";
    private static final String SAME_AS = "x-same-as";
    private static final String PARAMETERS = "parameters";
    private static final String RESPONSES = "responses";
    private static final String DESCRIPTION = "description";
    private static final String OPERATION_ID = "operationId";

    /** What any operation may answer: what is found out before a resource is asked, and what nobody foresaw. */
    static final Set<ProblemKind> OF_ANY_OPERATION = EnumSet.of(
            ProblemKind.MALFORMED_REQUEST,
            ProblemKind.MALFORMED_TARGET,
            ProblemKind.MALFORMED_PARAMETER,
            ProblemKind.UNKNOWN_PARAMETER,
            ProblemKind.TARGET_TOO_LONG,
            ProblemKind.UNAUTHENTICATED,
            ProblemKind.FORBIDDEN,
            ProblemKind.MISDIRECTED,
            ProblemKind.UNEXPECTED_BODY,
            ProblemKind.HEADERS_TOO_LARGE,
            ProblemKind.INTERNAL_ERROR,
            ProblemKind.NOT_READY,
            ProblemKind.NO_ANSWER,
            ProblemKind.UNSUPPORTED_VERSION);

    /** What is answered where there is no operation, and so stands at none. */
    static final Set<ProblemKind> OF_NO_OPERATION =
            EnumSet.of(ProblemKind.NO_SUCH_PATH, ProblemKind.UNSUPPORTED_METHOD);

    private OpenApi() {}

    /** The whole description. */
    static ObjectNode description() {
        ObjectNode description = read();
        String version = OpenApi.class.getPackage().getImplementationVersion();
        ((ObjectNode) description.path("info")).put("version", version == null ? "development" : version);
        ArrayNode codes = ((ObjectNode) description.at("/components/schemas/Problem/properties/code")).putArray("enum");
        for (ProblemKind kind : ProblemKind.values()) {
            codes.add(kind.code());
        }
        ObjectNode paths = (ObjectNode) description.path("paths");
        paths.properties().forEach(path -> complete((ObjectNode) path.getValue()));
        paths.properties().stream()
                .filter(path -> path.getValue().has(SAME_AS))
                .toList()
                .forEach(path -> paths.set(path.getKey(), elsewhere((ObjectNode)
                        paths.path(path.getValue().path(SAME_AS).textValue()))));
        return description;
    }

    /** The file, as it stands in the class path. */
    static ObjectNode read() {
        try (InputStream in = OpenApi.class.getResourceAsStream(FILE)) {
            if (in == null) {
                throw new IllegalStateException("the file " + FILE + " is missing from this build");
            }
            return (ObjectNode) Json.tree(in.readAllBytes());
        } catch (JsonProcessingException malformed) {
            throw new IllegalStateException("the file " + FILE + " is no JSON", malformed);
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    private static void complete(ObjectNode path) {
        for (String method : METHODS) {
            if (path.path(method) instanceof ObjectNode operation) {
                completeOperation(operation);
            }
        }
        if (path.path("get") instanceof ObjectNode get) {
            JsonNode hasHead = get.remove(HAS_HEAD);
            if (hasHead == null) {
                path.set("head", head(get));
            }
        }
    }

    private static void completeOperation(ObjectNode operation) {
        Set<String> headers = texts(operation.remove(HEADERS));
        ObjectNode responses = (ObjectNode) operation.path(RESPONSES);
        problems(texts(operation.remove(PROBLEMS))).forEach((status, kinds) -> addProblem(responses, status, kinds));
        responses.properties().forEach(response -> {
            ObjectNode one = (ObjectNode) response.getValue();
            Set<String> all = new LinkedHashSet<>(headers);
            all.addAll(texts(one.remove(HEADERS)));
            int status = Integer.parseInt(response.getKey());
            if (status == ProblemKind.OVERLOADED.status() || status == ProblemKind.NOT_READY.status()) {
                all.add("Retry-After");
            }
            if (status == ProblemKind.METHOD_NOT_ALLOWED.status()) {
                all.add("Allow");
            }
            all.forEach(name ->
                    one.withObjectProperty("headers").putObject(name).put("$ref", "#/components/headers/" + name));
        });
    }

    /** The problems of an operation, by their status. */
    private static Map<Integer, Set<ProblemKind>> problems(Set<String> own) {
        Map<Integer, Set<ProblemKind>> byStatus = new TreeMap<>();
        Set<String> unknown = new LinkedHashSet<>(own);
        for (ProblemKind kind : ProblemKind.values()) {
            boolean named = unknown.remove(kind.code());
            if (named || OF_ANY_OPERATION.contains(kind)) {
                byStatus.computeIfAbsent(kind.status(), status -> EnumSet.noneOf(ProblemKind.class))
                        .add(kind);
            }
        }
        if (!unknown.isEmpty()) {
            throw new IllegalStateException("the file " + FILE + " names problems that there aren't: " + unknown);
        }
        return byStatus;
    }

    private static void addProblem(ObjectNode responses, int status, Set<ProblemKind> kinds) {
        String what = kinds.stream()
                .map(kind -> "`" + kind.code() + "`: " + kind.title())
                .collect(Collectors.joining(" "));
        ObjectNode response = responses.withObjectProperty(Integer.toString(status));
        String before = response.path(DESCRIPTION).asText();
        response.put(DESCRIPTION, before.isEmpty() ? what : before + " Or " + what);
        response.withObjectProperty("content")
                .putObject("application/problem+json")
                .putObject("schema")
                .put("$ref", "#/components/schemas/Problem");
    }

    /** Answers as a {@code GET} does, without bodies. */
    private static ObjectNode head(ObjectNode get) {
        ObjectNode head = get.deepCopy();
        head.put(OPERATION_ID, get.path(OPERATION_ID).asText() + "Head");
        head.path(RESPONSES).forEach(response -> ((ObjectNode) response).remove("content"));
        return head;
    }

    /** The same of another data center; nobody is told of changes there. */
    private static ObjectNode elsewhere(ObjectNode path) {
        ObjectNode there = path.deepCopy();
        there.withArrayProperty(PARAMETERS).insertObject(0).put("$ref", "#/components/parameters/dataCenter");
        there.properties().forEach(member -> {
            if (member.getValue() instanceof ObjectNode operation) {
                operation.put(OPERATION_ID, operation.path(OPERATION_ID).asText() + "Elsewhere");
                operation.path(RESPONSES).forEach(response -> {
                    if (response.path("content") instanceof ObjectNode content) {
                        content.remove("text/event-stream");
                    }
                });
                addProblem((ObjectNode) operation.path(RESPONSES), 404, EnumSet.of(ProblemKind.NO_SUCH_PATH));
            }
        });
        return there;
    }

    private static Set<String> texts(@Nullable JsonNode array) {
        Set<String> texts = new LinkedHashSet<>();
        (array == null ? JsonNodeFactory.instance.arrayNode() : array).forEach(text -> texts.add(text.textValue()));
        return texts;
    }
}
