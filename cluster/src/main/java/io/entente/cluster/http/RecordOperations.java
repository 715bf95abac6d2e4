package io.entente.cluster.http;

import akka.http.javadsl.model.HttpRequest;
import akka.http.javadsl.model.HttpResponse;
import akka.http.javadsl.model.headers.RawHeader;
import io.entente.cluster.map.Maps;
import io.entente.cluster.map.ReadOptions;
import io.entente.cluster.map.Reading;
import io.entente.cluster.map.Resolved;
import io.entente.cluster.map.SessionToken;
import io.entente.cluster.map.StoredMap;
import io.entente.cluster.map.StoredValue;
import io.entente.conflict.merge.MergeableType;
import io.entente.core.record.RecordKey;
import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * {@code POST} of an operation on a mergeable value, and what is answered to one: the new value, unless the client does without it or it
 * is large, so that an operation never costs what the whole value does.
 */
final class RecordOperations {

    private static final String PREFER = "Prefer";
    private static final String APPLIED = "Preference-Applied";
    private static final String MINIMAL = "return=minimal";
    private static final String REPRESENTATION = "return=representation";

    private final Maps maps;

    RecordOperations(Maps maps) {
        this.maps = maps;
    }

    /** Throws a problem where the map holds registers. */
    void requireMergeable(RecordKey key) {
        if (maps.stored(key.map()).type().isEmpty()) {
            throw notAllowed(
                    "The map " + key.map()
                            + " holds registers, which POST has no operations for: PUT the value, or give the map a type"
                            + " such as entente.maps." + key.map() + ".type = counter",
                    "GET, HEAD, PUT, DELETE");
        }
    }

    /** Throws a problem where the map's values merge by themselves. */
    void requireRegister(RecordKey key) {
        maps.stored(key.map()).type().ifPresent(type -> {
            throw notAllowed(
                    "The map " + key.map() + " is of type " + type.label()
                            + ", whose values are not put but changed by operations: POST one",
                    "GET, HEAD, POST, DELETE");
        });
    }

    /** Throws a problem for a condition: what merges with whatever is there has none. */
    void requireNoCondition(HttpRequest request, RecordKey key) {
        Optional<MergeableType> type = maps.stored(key.map()).type();
        for (String name : Conditions.NAMES) {
            if (type.isPresent() && !Headers.all(request, name).isEmpty()) {
                throw Problem.of(
                                ProblemKind.MALFORMED_HEADER,
                                "The header " + name + " has no meaning for the map " + key.map() + " of type "
                                        + type.get().label()
                                        + ", whose values merge with whatever is there: leave it out")
                        .asException();
            }
        }
    }

    /** The answer to an operation that is done, without the headers that every write's answer has. */
    CompletionStage<HttpResponse> answer(HttpRequest request, RecordKey key, SessionToken seen, Duration timeLeft) {
        HttpResponse minimal = HttpResponse.create().withStatus(204);
        if (prefers(request, MINIMAL)) {
            return CompletableFuture.completedStage(minimal.addHeader(RawHeader.create(APPLIED, MINIMAL)));
        }
        StoredMap map = maps.stored(key.map());
        ReadOptions afterwards = ReadOptions.session(seen).timeout(timeLeft);
        CompletionStage<Optional<Reading>> reading = prefers(request, REPRESENTATION)
                ? map.read(key.key(), afterwards).thenApply(Optional::of)
                : map.readBriefly(key.key(), afterwards);
        // The operation is done: that its outcome can't be shown must not look as if it had failed.
        return reading.exceptionally(unread -> Optional.empty())
                .thenApply(found -> found.map(value -> HttpResponse.create()
                                .withEntity(RecordReads.entity(
                                        valueOf(value, map.type().orElseThrow()))))
                        .orElseGet(() -> minimal.addHeader(RawHeader.create(APPLIED, MINIMAL))));
    }

    /** Somebody else may have deleted the value meanwhile; it is then as if it had been emptied. */
    private static StoredValue valueOf(Reading reading, MergeableType type) {
        if (reading.resolved().content() instanceof Resolved.Value value) {
            return value.value();
        }
        return StoredValue.json(
                switch (type) {
                    case COUNTER -> "0";
                    case FLAG, DISABLE_WINS_FLAG -> "false";
                    case ADD_WINS_SET, REMOVE_WINS_SET, MULTI_VALUE_REGISTER -> "[]";
                    case MAP -> "{}";
                    case REGISTER -> "null";
                });
    }

    private static boolean prefers(HttpRequest request, String preference) {
        return Headers.all(request, PREFER).stream()
                .flatMap(value -> Arrays.stream(value.split("[,;]")))
                .anyMatch(each -> each.strip().equalsIgnoreCase(preference));
    }

    private static ProblemException notAllowed(String detail, String allowed) {
        return Problem.of(ProblemKind.METHOD_NOT_ALLOWED, detail)
                .header("Allow", allowed)
                .asException();
    }
}
