package io.entente.cluster.http;

import akka.http.javadsl.model.HttpMethod;
import akka.http.javadsl.model.HttpMethods;
import akka.http.javadsl.model.HttpResponse;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.entente.cluster.conflict.ConflictFilter;
import io.entente.cluster.conflict.ConflictPage;
import io.entente.cluster.conflict.ConflictQuery;
import io.entente.cluster.conflict.ConflictQuery.State;
import io.entente.cluster.conflict.Conflicts;
import io.entente.cluster.map.PageTime;
import io.entente.cluster.resolve.TextConflicts;
import io.entente.cluster.settings.DataLimits;
import io.entente.cluster.settings.MapSettings;
import io.entente.cluster.settings.ResolverNames;
import io.entente.cluster.settings.ResolverSettings;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;

/**
 * {@code /conflicts}: the conflicts this node has seen, oldest first, page by page; or, for who accepts events alone, each as it is
 * seen.
 */
final class ConflictsResource implements Resource {

    private static final String MAP = "map";
    private static final String KEY = "key";
    private static final String AFTER = "after";
    private static final String SINCE = "since";
    private static final String LIMIT = "limit";
    private static final String OPEN = "open";
    private static final String UNRESOLVED = "unresolved";
    private static final String RESOLVER = "resolver";
    private static final String PRIORITY = "priority";
    private static final List<String> PARAMETERS =
            List.of(MAP, KEY, AFTER, SINCE, LIMIT, OPEN, UNRESOLVED, RESOLVER, PRIORITY);
    private static final List<String> STREAM_PARAMETERS = List.of(MAP, KEY, AFTER, SINCE);
    private static final int DEFAULT_LIMIT = 100;

    private final Conflicts conflicts;
    private final DataLimits limits;
    private final ConflictJson json;
    private final ConflictStream stream;
    private final Duration pageTime;

    ConflictsResource(Backend backend, OpenStreams streams) {
        this.conflicts = backend.conflicts();
        this.limits = backend.limits();
        this.pageTime = QueryParameters.DEFAULT_TIMEOUT.plus(
                PageTime.most(backend.maps().catalog().callTime()));
        this.json = new ConflictJson(new Tokens(limits));
        this.stream = new ConflictStream(conflicts, json, streams);
    }

    @Override
    public List<HttpMethod> methods() {
        return List.of(HttpMethods.GET, HttpMethods.HEAD);
    }

    @Override
    public String remedy(HttpMethod refused) {
        return "an outcome is overruled by a PUT to /maps/{map}/{key} with the conflict's context as Entente-Context";
    }

    @Override
    public CompletionStage<HttpResponse> handle(Exchange exchange) {
        if (EventStreams.isWanted(exchange)) {
            QueryParameters query = exchange.query(STREAM_PARAMETERS);
            return stream.open(exchange.request(), filter(query), after(query));
        }
        QueryParameters query = exchange.query(PARAMETERS);
        ConflictQuery asked = new ConflictQuery(
                filter(query),
                after(query),
                query.number(LIMIT, DEFAULT_LIMIT, 1, ConflictQuery.MOST),
                state(query),
                whatIf(query));
        exchange.answerWithin(pageTime);
        return list(asked).thenApply(page -> Json.response(200, body(page)));
    }

    /** The position after which to begin: named, or by the time of this node's clock. */
    private Optional<String> after(QueryParameters query) {
        Optional<String> after = query.text(AFTER);
        Optional<String> since = query.text(SINCE);
        if (after.isPresent() && since.isPresent()) {
            throw malformed(SINCE, since.get(), "it has no meaning beside " + AFTER);
        }
        return after.or(() -> since.map(this::positionAt));
    }

    private String positionAt(String time) {
        try {
            return conflicts.positionAt(Instant.parse(time));
        } catch (DateTimeParseException malformed) {
            throw malformed(SINCE, time, "write a time such as 2026-11-21T09:30:00Z");
        }
    }

    private CompletionStage<ConflictPage> list(ConflictQuery query) {
        try {
            return conflicts.list(query);
        } catch (IllegalArgumentException foreign) {
            throw malformed(AFTER, query.after().orElse(""), String.valueOf(foreign.getMessage()));
        }
    }

    private ObjectNode body(ConflictPage page) {
        ObjectNode body = Json.object();
        ArrayNode all = body.putArray("conflicts");
        page.conflicts().forEach(conflict -> json.put(all.addObject(), conflict));
        if (page.more()) {
            body.put("next", page.position());
        } else {
            body.putNull("next");
        }
        body.put("position", page.position());
        return body;
    }

    private ConflictFilter filter(QueryParameters query) {
        Optional<String> map = query.text(MAP);
        map.ifPresent(name -> RecordAddress.requireMap(name, limits));
        Optional<String> key = query.text(KEY);
        key.ifPresent(name -> RecordAddress.requireKey(name, limits));
        return new ConflictFilter(map, key);
    }

    private static State state(QueryParameters query) {
        if (query.flag(UNRESOLVED)) {
            return State.UNRESOLVED;
        }
        return query.flag(OPEN) ? State.OPEN : State.ANY;
    }

    /** A resolver that comes with Entente: a class named by a stranger is not to be loaded. */
    private static Optional<MapSettings> whatIf(QueryParameters query) {
        Optional<String> resolver = query.text(RESOLVER);
        Optional<String> priority = query.text(PRIORITY);
        if (priority.isPresent() && !resolver.equals(Optional.of(ResolverNames.DATA_CENTER_PRIORITY))) {
            throw malformed(
                    PRIORITY,
                    priority.get(),
                    "it has a meaning beside resolver=" + ResolverNames.DATA_CENTER_PRIORITY + " alone");
        }
        return resolver.map(name -> settings(name, priority));
    }

    private static MapSettings settings(String resolver, Optional<String> priority) {
        if (!ResolverNames.ALL.contains(resolver)) {
            throw malformed(RESOLVER, resolver, "use one of " + String.join(", ", ResolverNames.ALL));
        }
        List<String> dataCenters = priority.map(names -> names.split(","))
                .map(names -> Arrays.stream(names).map(String::strip).toList())
                .orElse(List.of());
        try {
            return new MapSettings(
                    new ResolverSettings(resolver, dataCenters, TextConflicts.BOTH, Collections.emptySortedMap()));
        } catch (IllegalArgumentException unfit) {
            throw malformed(RESOLVER, resolver, String.valueOf(unfit.getMessage()));
        }
    }

    static ProblemException malformed(String name, String value, String remedy) {
        return Problem.of(
                        ProblemKind.MALFORMED_PARAMETER,
                        "The query parameter " + name + " can't be " + Quote.of(value) + ": " + remedy + ".")
                .asException();
    }
}
