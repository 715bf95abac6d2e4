package io.entente.cluster.http;

import akka.http.javadsl.model.HttpEntities;
import akka.http.javadsl.model.HttpHeader;
import akka.http.javadsl.model.HttpResponse;
import akka.http.javadsl.model.ResponseEntity;
import akka.http.javadsl.model.headers.RawHeader;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.entente.cluster.map.Maps;
import io.entente.cluster.map.ReadOptions;
import io.entente.cluster.map.Reading;
import io.entente.cluster.map.Resolved;
import io.entente.cluster.map.SessionToken;
import io.entente.cluster.map.StoredMap;
import io.entente.cluster.map.StoredValue;
import io.entente.conflict.merge.MergeableType;
import io.entente.core.record.RecordKey;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionStage;

/** {@code GET} of a record: its resolved value, or its siblings. */
final class RecordReads {

    private static final String SIBLINGS = "siblings";
    private static final List<String> PARAMETERS =
            List.of(SIBLINGS, QueryParameters.READ, QueryParameters.COPIES, QueryParameters.TIMEOUT);
    private static final int FOUND = 200;
    private static final int TO_CHOOSE_FROM = 300;

    private final Maps maps;
    private final Tokens tokens;

    RecordReads(Maps maps, Tokens tokens) {
        this.maps = maps;
        this.tokens = tokens;
    }

    CompletionStage<HttpResponse> read(Exchange exchange, RecordKey key) {
        EventStreams.refuse(exchange);
        QueryParameters query = exchange.query(PARAMETERS);
        SessionToken session = tokens.session(exchange.request());
        boolean asSiblings = query.flag(SIBLINGS);
        ReadOptions usual = maps.stored(key.map()).reading();
        ReadOptions options =
                new ReadOptions(query.readConcern(usual.concern()), session, query.timeout(), query.copies());
        exchange.answerWithin(query.timeout(), lateAnswer(key));
        requireSiblings(key, asSiblings);
        return maps.stored(key.map())
                .read(key.key(), options)
                .thenApply(reading -> body(key, reading.resolved(), asSiblings)
                        .addHeaders(headers(key, reading, after(reading, session, options))));
    }

    /** A read that didn't wait for its session may have seen less. */
    private static SessionToken after(Reading reading, SessionToken session, ReadOptions options) {
        return options.concern().waitsForSession() ? session.then(reading.session()) : session.merge(reading.session());
    }

    private void requireSiblings(RecordKey key, boolean asSiblings) {
        maps.stored(key.map())
                .type()
                .filter(type -> asSiblings && type != MergeableType.MULTI_VALUE_REGISTER)
                .ifPresent(type -> {
                    throw Problem.of(
                                    ProblemKind.MALFORMED_PARAMETER,
                                    "The query parameter " + SIBLINGS + " has no meaning for the map " + key.map()
                                            + " of type " + type.label()
                                            + ", whose values merge by themselves: leave it out")
                            .asException();
                });
    }

    private static Problem lateAnswer(RecordKey key) {
        return Problem.of(
                        ProblemKind.NO_ANSWER,
                        "The node did not read " + Quote.of(key.toString()) + " in time: try again in a moment")
                .retryAfter(1);
    }

    private List<HttpHeader> headers(RecordKey key, Reading reading, SessionToken session) {
        List<HttpHeader> headers = new ArrayList<>();
        StoredMap map = maps.stored(key.map());
        boolean mergeable = map.type().isPresent();
        if (!mergeable) {
            headers.addAll(tokens.headers(key, reading.context()));
        }
        headers.addAll(tokens.headers(session));
        int siblings = reading.resolved().versions().size();
        if (!mergeable || siblings > 0) {
            headers.add(RawHeader.create(Headers.SIBLINGS, Integer.toString(siblings)));
        }
        map.home(key.key()).ifPresent(home -> headers.add(RawHeader.create(Headers.HOME, home)));
        if (reading.resolved().unresolved().isPresent()) {
            headers.add(RawHeader.create(Headers.UNRESOLVED, "true"));
        }
        return headers;
    }

    private static HttpResponse body(RecordKey key, Resolved resolved, boolean asSiblings) {
        if (resolved.content() instanceof Resolved.Siblings) {
            return siblings(TO_CHOOSE_FROM, resolved);
        }
        if (asSiblings) {
            return siblings(FOUND, resolved);
        }
        return resolved.content() instanceof Resolved.Value value ? value(value.value()) : absent(key);
    }

    private static HttpResponse siblings(int status, Resolved resolved) {
        ObjectNode body = Json.object();
        SiblingsJson.put(body, resolved.versions());
        resolved.ancestor().ifPresent(ancestor -> SiblingsJson.putAncestor(body, ancestor));
        resolved.unresolved().ifPresent(reason -> body.put("unresolved", reason));
        return Json.response(status, body);
    }

    private static HttpResponse value(StoredValue value) {
        return HttpResponse.create().withEntity(entity(value)).addHeaders(ValueType.guards(value.contentType()));
    }

    /** A value as the body of an answer. */
    static ResponseEntity entity(StoredValue value) {
        return HttpEntities.create(
                ValueType.toSend(value.contentType()), value.content().unsafeArray());
    }

    private static HttpResponse absent(RecordKey key) {
        return Problem.of(
                        ProblemKind.ABSENT,
                        "The key " + Quote.of(key.key()) + " of the map " + key.map()
                                + " has no value: it was never written, or it was deleted")
                .toResponse();
    }
}
