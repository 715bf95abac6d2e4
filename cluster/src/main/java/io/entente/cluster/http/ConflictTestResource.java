package io.entente.cluster.http;

import akka.http.javadsl.model.ContentTypes;
import akka.http.javadsl.model.HttpEntities;
import akka.http.javadsl.model.HttpMethod;
import akka.http.javadsl.model.HttpMethods;
import akka.http.javadsl.model.HttpResponse;
import io.entente.cluster.conflict.ConflictFilter;
import io.entente.cluster.conflict.ConflictQuery;
import io.entente.cluster.conflict.Conflicts;
import io.entente.cluster.conflict.SeenConflict;
import io.entente.cluster.settings.DataLimits;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.stream.Stream;

/** {@code /conflicts/test}: one conflict as the source of a JUnit test that reproduces it. */
final class ConflictTestResource implements Resource {

    private static final List<String> PARAMETERS = List.of("map", "key", "id");

    private final Conflicts conflicts;
    private final DataLimits limits;

    ConflictTestResource(Backend backend) {
        this.conflicts = backend.conflicts();
        this.limits = backend.limits();
    }

    @Override
    public List<HttpMethod> methods() {
        return List.of(HttpMethods.GET, HttpMethods.HEAD);
    }

    @Override
    public CompletionStage<HttpResponse> handle(Exchange exchange) {
        QueryParameters query = exchange.query(PARAMETERS);
        String map = required(query, "map");
        String key = required(query, "key");
        String id = required(query, "id");
        RecordAddress.requireMap(map, limits);
        RecordAddress.requireKey(key, limits);
        // No more are kept of one key than a page has room for.
        return conflicts
                .list(ConflictQuery.of(ConflictFilter.key(map, key)).limit(ConflictQuery.MOST))
                .thenApply(page -> page.conflicts().stream()
                        .filter(conflict -> conflict.id().toString().equals(id))
                        .findFirst()
                        .orElseThrow(() -> none(
                                "The journal of this node has no conflict " + Quote.of(id) + " of that key (any more)"
                                        + ": ask a node that has seen it, or take an id from /conflicts")))
                .thenApply(ConflictTestResource::answer);
    }

    private static HttpResponse answer(SeenConflict conflict) {
        boolean complete = Stream.concat(conflict.siblings().stream(), conflict.ancestor().stream())
                .noneMatch(SeenConflict.SeenVersion::isOmitted);
        if (!complete) {
            throw none(
                    "The journal does not have all values of the conflict " + conflict.id()
                            + ", which were too large for it: raise entente.conflicts.values to keep larger ones of conflicts to come");
        }
        if (conflict.isCrossed()) {
            throw none("Lines of versions crossed before the conflict " + conflict.id()
                    + ", and its resolver sees several ancestors merged into one, which needs all that these descend from: no test"
                    + " can be made of it");
        }
        return HttpResponse.create()
                .withEntity(HttpEntities.create(ContentTypes.TEXT_PLAIN_UTF8, new ConflictAsTest(conflict).source()));
    }

    private static String required(QueryParameters query, String name) {
        return query.text(name)
                .orElseThrow(() -> Problem.of(
                                ProblemKind.MALFORMED_PARAMETER,
                                "The query parameter " + name + " is missing: give map, key and id of a conflict")
                        .asException());
    }

    private static ProblemException none(String detail) {
        return Problem.of(ProblemKind.NO_SUCH_CONFLICT, detail).asException();
    }
}
