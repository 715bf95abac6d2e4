package io.entente.cluster.http;

import akka.http.javadsl.model.HttpMethod;
import akka.http.javadsl.model.HttpMethods;
import akka.http.javadsl.model.HttpResponse;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.entente.cluster.map.Maps;
import io.entente.cluster.map.Page;
import io.entente.cluster.map.PageRequest;
import io.entente.cluster.map.Resolved;
import io.entente.cluster.map.StoredMap;
import io.entente.cluster.map.StoredMap.StoredEntry;
import io.entente.cluster.settings.DataLimits;
import io.entente.core.record.RecordKey;
import java.util.List;
import java.util.concurrent.CompletionStage;

/**
 * {@code /maps/{map}}: the map's entries in key order, page by page. A page ends at the number of entries asked for, or before its
 * versions would exceed {@link io.entente.cluster.routing.Router.ListRequest#PAGE_BYTES}, or when its resolver has taken
 * {@linkplain io.entente.cluster.map.PageTime too long}.
 */
final class ListingResource implements Resource {

    private static final List<String> PARAMETERS = List.of("prefix", "after", "limit");
    private static final int DEFAULT_LIMIT = 100;
    private static final int MAX_LIMIT = 1_000;

    private final Maps maps;
    private final DataLimits limits;
    private final Tokens tokens;

    ListingResource(Backend backend) {
        this.maps = backend.maps();
        this.limits = backend.limits();
        this.tokens = new Tokens(limits);
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
        EventStreams.refuse(exchange);
        QueryParameters query = exchange.query(PARAMETERS);
        PageRequest request = new PageRequest(
                query.text("prefix").orElse(""),
                query.text("after"),
                query.number("limit", DEFAULT_LIMIT, 1, MAX_LIMIT));
        StoredMap stored = maps.stored(map);
        exchange.answerWithin(QueryParameters.DEFAULT_TIMEOUT.plus(stored.pageTime()));
        return stored.entries(request).thenApply(page -> Json.response(200, json(map, page)));
    }

    private ObjectNode json(String map, Page<StoredEntry> page) {
        ObjectNode body = Json.object();
        ArrayNode entries = body.putArray("entries");
        page.entries().forEach(entry -> put(entries.addObject(), map, entry));
        page.next().ifPresentOrElse(key -> body.put("next", key), () -> body.putNull("next"));
        return body;
    }

    private void put(ObjectNode target, String map, StoredEntry entry) {
        Resolved resolved = entry.reading().resolved();
        target.put("key", entry.key());
        if (resolved.content() instanceof Resolved.Value value) {
            ValueJson.put(target, value.value());
        } else {
            SiblingsJson.put(target, resolved.versions());
        }
        tokens.text(new RecordKey(map, entry.key()), entry.reading().context())
                .ifPresent(context -> target.put("context", context));
        resolved.unresolved().ifPresent(reason -> target.put("unresolved", reason));
    }
}
