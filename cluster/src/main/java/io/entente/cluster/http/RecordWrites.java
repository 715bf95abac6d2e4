package io.entente.cluster.http;

import akka.http.javadsl.model.HttpHeader;
import akka.http.javadsl.model.HttpResponse;
import akka.http.javadsl.model.headers.RawHeader;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.entente.cluster.map.Deadline;
import io.entente.cluster.map.Maps;
import io.entente.cluster.map.SessionToken;
import io.entente.cluster.map.StoredMap;
import io.entente.cluster.map.StoredValue;
import io.entente.cluster.map.WriteConcernTimeoutException;
import io.entente.cluster.map.WriteOptions;
import io.entente.cluster.map.Written;
import io.entente.core.bytes.Bytes;
import io.entente.core.record.RecordKey;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.function.BiFunction;
import java.util.function.Function;

/**
 * {@code PUT} and {@code DELETE} of a record, and {@code POST} of an operation. Everything but the body is checked before the body is
 * read.
 */
final class RecordWrites {

    private static final List<String> PARAMETERS =
            List.of(QueryParameters.WRITE, QueryParameters.COPIES, QueryParameters.TIMEOUT, QueryParameters.ROUTING);

    private static final String VALUE_TOO_LARGE =
            "divide the value over several keys, or raise entente.limits.value on all nodes";

    private final Maps maps;
    private final Tokens tokens;
    private final Conditions conditions;
    private final RecordOperations operations;
    private final RequestBody bodies;
    private final Elsewhere elsewhere;
    private final int valueBytes;

    /**
     * @param backend the maps and their limits
     * @param tokens contexts and sessions
     * @param bodies reads values
     */
    RecordWrites(Backend backend, Tokens tokens, RequestBody bodies) {
        this.maps = backend.maps();
        this.tokens = tokens;
        this.conditions = new Conditions(tokens);
        this.operations = new RecordOperations(backend.maps());
        this.bodies = bodies;
        this.elsewhere = backend.elsewhere();
        this.valueBytes = backend.limits().valueBytes();
    }

    /** Where the client is to send this write itself; empty when this node sees to it. */
    Optional<String> redirection(Exchange exchange, RecordKey key) {
        return exchange.query(PARAMETERS).redirects()
                ? elsewhere.leaderOf(key).map(url -> url + exchange.target().raw())
                : Optional.empty();
    }

    CompletionStage<HttpResponse> put(Exchange exchange, RecordKey key) {
        operations.requireRegister(key);
        WriteOptions terms = terms(exchange, key);
        ValueType.requireReadable(exchange.request());
        return bodies.read(exchange.request(), valueBytes, VALUE_TOO_LARGE)
                .thenApply(body -> ValueType.valueOf(exchange.request(), body))
                .thenCompose(value -> write(key, terms, (map, options) -> map.put(key.key(), value, options)));
    }

    CompletionStage<HttpResponse> post(Exchange exchange, RecordKey key) {
        operations.requireMergeable(key);
        operations.requireNoCondition(exchange.request(), key);
        WriteOptions terms = terms(exchange, key);
        ValueType.requireReadable(exchange.request());
        return bodies.read(exchange.request(), valueBytes, VALUE_TOO_LARGE)
                .thenApply(body -> new StoredValue(StoredValue.JSON, Bytes.wrap(body)))
                .thenCompose(operation -> operate(exchange, key, terms, operation));
    }

    /** Its time begins when the operation is there, and is one for operating and for reading what came of it. */
    private CompletionStage<HttpResponse> operate(
            Exchange exchange, RecordKey key, WriteOptions terms, StoredValue operation) {
        Deadline deadline = Deadline.in(terms.timeout());
        return maps.stored(key.map())
                .update(key.key(), operation, terms)
                .handle((written, failure) -> failure == null
                        ? operations
                                .answer(exchange.request(), key, written.session(), deadline.left())
                                .thenApply(done -> done.addHeaders(headers(key, written, terms.session())))
                        : CompletableFuture.completedStage(answerToFailure(key, failure, terms.session())))
                .thenCompose(Function.identity());
    }

    CompletionStage<HttpResponse> delete(Exchange exchange, RecordKey key) {
        operations.requireNoCondition(exchange.request(), key);
        return write(key, terms(exchange, key), (map, options) -> map.delete(key.key(), options));
    }

    private WriteOptions terms(Exchange exchange, RecordKey key) {
        QueryParameters query = exchange.query(PARAMETERS);
        SessionToken session = tokens.session(exchange.request());
        WriteOptions usual = maps.stored(key.map()).writing();
        WriteOptions options = new WriteOptions(
                query.writeConcern(usual.concern()),
                conditions.of(exchange.request(), key),
                query.timeout(),
                session,
                query.copies());
        exchange.answerWithin(options.timeout(), lateAnswer(key));
        return options;
    }

    private static Problem lateAnswer(RecordKey key) {
        return Problem.of(
                        ProblemKind.NO_ANSWER,
                        "The node did not say in time what became of the write to " + Quote.of(key.toString())
                                + "; it may have been applied: read the key before you write again")
                .with("outcome", TextNode.valueOf("unknown"))
                .retryAfter(1);
    }

    private CompletionStage<HttpResponse> write(
            RecordKey key, WriteOptions terms, BiFunction<StoredMap, WriteOptions, CompletionStage<Written>> write) {
        return write.apply(maps.stored(key.map()), terms)
                .handle((written, failure) -> failure == null
                        ? HttpResponse.create().withStatus(204).addHeaders(headers(key, written, terms.session()))
                        : answerToFailure(key, failure, terms.session()));
    }

    private HttpResponse answerToFailure(RecordKey key, Throwable failure, SessionToken session) {
        Throwable cause = Failures.cause(failure);
        if (cause instanceof WriteConcernTimeoutException late) {
            return concernTimedOut(late).toResponse().addHeaders(headers(key, late.written(), session));
        }
        throw new CompletionException(cause);
    }

    private List<HttpHeader> headers(RecordKey key, Written written, SessionToken session) {
        List<HttpHeader> headers = new ArrayList<>();
        StoredMap map = maps.stored(key.map());
        if (map.type().isEmpty()) {
            headers.addAll(tokens.headers(key, written.context()));
        }
        headers.addAll(tokens.headers(session.then(written.session())));
        headers.add(RawHeader.create(Headers.DOT, written.dot().toString()));
        map.home(key.key()).ifPresent(home -> headers.add(home(home, written)));
        return headers;
    }

    /** A key's home, and whether its write had to be taken elsewhere. */
    private static HttpHeader home(String home, Written written) {
        boolean isThere = written.dot().origin().dataCenter().equals(home);
        return RawHeader.create(Headers.HOME, isThere ? home : home + "; unreachable");
    }

    private static Problem concernTimedOut(WriteConcernTimeoutException late) {
        ArrayNode names = Json.object().arrayNode();
        late.acknowledgedBy().forEach(holder -> names.add(holder.node()));
        ArrayNode holders = Json.object().arrayNode();
        late.acknowledgedBy().forEach(holder -> holders.add(holder.toString()));
        String dot = late.written().dot().toString();
        return Problem.of(
                        ProblemKind.WRITE_CONCERN_TIMEOUT,
                        "The write " + dot + " is durable at this node and will reach the others, but "
                                + shortfall(late))
                .with("dot", TextNode.valueOf(dot))
                .with("acknowledgedBy", names)
                .with("holders", holders)
                .with("over", TextNode.valueOf(late.isEpochOver() ? "epoch" : "time"))
                .with("outcome", TextNode.valueOf("applied"));
    }

    private static String shortfall(WriteConcernTimeoutException late) {
        return late.isEpochOver()
                ? "only " + late.acknowledgedBy()
                        + " said that they hold it before the leader or the mode changed, and nobody"
                        + " will say so of the others: don't write again; read the key to see what became of it"
                : "in time only " + late.acknowledgedBy()
                        + " said that they hold it: don't write again; ask for less with write=, or wait longer with"
                        + " timeout=";
    }
}
