package io.entente.cluster.http;

import akka.http.javadsl.model.HttpMethods;
import akka.http.javadsl.model.HttpRequest;
import io.entente.core.event.WriteCondition;
import io.entente.core.record.RecordKey;
import java.util.List;
import java.util.Optional;

/**
 * Reads from a write's headers what it replaces and when it is to be refused: {@code Entente-Context}, {@code If-Match} or
 * {@code If-None-Match}, one of them at most.
 */
final class Conditions {

    /** The headers that are conditions. */
    static final List<String> NAMES = List.of(Headers.CONTEXT, Headers.IF_MATCH, Headers.IF_NONE_MATCH);

    private final Tokens tokens;

    Conditions(Tokens tokens) {
        this.tokens = tokens;
    }

    /** The condition of a write to that record. */
    WriteCondition of(HttpRequest request, RecordKey key) {
        List<String> given = NAMES.stream()
                .filter(name -> !Headers.all(request, name).isEmpty())
                .toList();
        if (given.size() > 1) {
            throw Problem.of(
                            ProblemKind.CONFLICTING_CONDITIONS,
                            "The headers " + String.join(" and ", given)
                                    + " exclude each other: send one, which is If-Match to fail when the key has changed, and "
                                    + "Entente-Context to make a sibling then")
                    .asException();
        }
        return given.isEmpty() ? WriteCondition.none() : read(given.get(0), request, key);
    }

    private WriteCondition read(String name, HttpRequest request, RecordKey key) {
        String value = Headers.single(request, name).orElseThrow();
        return switch (name) {
            case Headers.CONTEXT -> WriteCondition.seen(tokens.context(name, key, value));
            case Headers.IF_MATCH -> WriteCondition.ifCurrent(tokens.context(name, key, unquoted(value)));
            default -> ifAbsent(request, value);
        };
    }

    private static WriteCondition ifAbsent(HttpRequest request, String value) {
        if (!value.equals("*")) {
            throw malformed(Headers.IF_NONE_MATCH, value, "write * to create the key only where it has no value");
        }
        if (request.method().equals(HttpMethods.DELETE)) {
            throw malformed(
                    Headers.IF_NONE_MATCH, value, "a deletion of what must not be there makes no sense; leave it out");
        }
        return WriteCondition.ifAbsent();
    }

    private static String unquoted(String tag) {
        return tagged(tag)
                .orElseThrow(
                        () -> malformed(
                                Headers.IF_MATCH,
                                tag,
                                "write the ETag of an answer as it was, one context in double quotes; lists, * and weak tags are not offered"));
    }

    private static Optional<String> tagged(String tag) {
        boolean quoted = tag.length() >= 2 && tag.startsWith("\"") && tag.endsWith("\"");
        String inner = quoted ? tag.substring(1, tag.length() - 1) : "";
        return quoted && !inner.contains("\"") ? Optional.of(inner) : Optional.empty();
    }

    private static ProblemException malformed(String name, String value, String remedy) {
        return Problem.of(
                        ProblemKind.MALFORMED_HEADER,
                        "The header " + name + " can't be " + Quote.of(value) + ": " + remedy)
                .asException();
    }
}
