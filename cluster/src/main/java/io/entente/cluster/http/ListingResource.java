package io.entente.cluster.http;

import akka.http.javadsl.model.HttpMethod;
import akka.http.javadsl.model.HttpMethods;
import akka.http.javadsl.model.HttpResponse;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.entente.cluster.map.Maps;
import io.entente.cluster.map.Page;
import io.entente.cluster.map.PageRequest;
import io.entente.cluster.map.StoredMap;
import io.entente.cluster.map.StoredMap.StoredEntry;
import io.entente.cluster.settings.DataLimits;
import io.entente.core.record.RecordKey;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * {@code /maps/{map}}: the map's entries in key order, page by page; or, for who accepts events alone, its changes as they come. A page ends at the number of entries asked for, or before its
 * versions would exceed {@link io.entente.cluster.routing.Router.ListRequest#PAGE_BYTES}, or when its resolver has taken
 * {@linkplain io.entente.cluster.map.PageTime too long}.
 */
final class ListingResource implements Resource {

    private static final List<String> PARAMETERS = List.of("prefix", "after", "limit");
    private static final int DEFAULT_LIMIT = 100;
    private static final int MAX_LIMIT = 1_000;

    private final Maps maps;
    private final DataLimits limits;
    private final EntryJson json;
    private final ChangeStream changes;

    ListingResource(Backend backend, OpenStreams streams) {
        this.maps = backend.maps();
        this.limits = backend.limits();
        this.json = new EntryJson(new Tokens(limits));
        this.changes = new ChangeStream(json, streams);
    }

    @Override
    public List<HttpMethod> methods() {
        return List.of(HttpMethods.GET, HttpMethods.HEAD);
    }

    @Override
    public String remedy(HttpMethod refused) {
        return "a value is written to /maps/{map}/{key}";
    }

    @Override
    public CompletionStage<HttpResponse> handle(Exchange exchange) {
        String map = RecordAddress.map(exchange.target(), limits);
        if (EventStreams.isWanted(exchange) && maps.canBeFollowed()) {
            return CompletableFuture.completedFuture(changes.open(exchange, maps.followed(map)));
        }
        EventStreams.refuse(exchange);
        QueryParameters query = exchange.query(PARAMETERS);
        PageRequest request = new PageRequest(
                query.text("prefix").orElse(""),
                query.text("after"),
                query.number("limit", DEFAULT_LIMIT, 1, MAX_LIMIT));
        StoredMap stored = maps.stored(map);
        exchange.answerWithin(QueryParameters.DEFAULT_TIMEOUT.plus(stored.pageTime()));
        return stored.entries(request).thenApply(page -> Json.response(200, body(map, page)));
    }

    private ObjectNode body(String map, Page<StoredEntry> page) {
        ObjectNode body = Json.object();
        ArrayNode entries = body.putArray("entries");
        page.entries()
                .forEach(entry -> json.put(entries.addObject(), new RecordKey(map, entry.key()), entry.reading()));
        page.next().ifPresentOrElse(key -> body.put("next", key), () -> body.putNull("next"));
        return body;
    }
}
