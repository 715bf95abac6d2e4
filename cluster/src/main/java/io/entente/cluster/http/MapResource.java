package io.entente.cluster.http;

import akka.http.javadsl.model.HttpMethod;
import akka.http.javadsl.model.HttpMethods;
import akka.http.javadsl.model.HttpResponse;
import akka.http.javadsl.model.headers.RawHeader;
import io.entente.cluster.settings.DataLimits;
import io.entente.core.record.RecordKey;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;

/** {@code /maps/{map}/{key}}: one record. Reading and writing are in {@link RecordReads} and {@link RecordWrites}. */
final class MapResource implements Resource {

    private final RecordReads reads;
    private final RecordWrites writes;
    private final DataLimits limits;
    private final RequestBody bodies;
    private final AnsweredWrites answered;

    MapResource(Backend backend, RequestBody bodies, AnsweredWrites answered) {
        Tokens tokens = new Tokens(backend.limits());
        this.limits = backend.limits();
        this.bodies = bodies;
        this.answered = answered;
        this.reads = new RecordReads(backend.maps(), tokens);
        this.writes = new RecordWrites(backend, tokens, bodies);
    }

    @Override
    public List<HttpMethod> methods() {
        return List.of(HttpMethods.GET, HttpMethods.HEAD, HttpMethods.PUT, HttpMethods.POST, HttpMethods.DELETE);
    }

    @Override
    public String remedy(HttpMethod refused) {
        return "a value is replaced as a whole, by PUT, or changed by an operation, by POST, as the map's type has it";
    }

    @Override
    public CompletionStage<HttpResponse> handle(Exchange exchange) {
        RecordKey key = RecordAddress.record(exchange.target(), limits);
        if (exchange.isSafe()) {
            return reads.read(exchange, key);
        }
        // What is sent again may have been applied here: whoever leads now, this node's memory answers it.
        boolean isRepeated = RequestName.of(exchange.request())
                .filter(RequestName::isRepeated)
                .isPresent();
        Optional<String> elsewhere = isRepeated ? Optional.empty() : writes.redirection(exchange, key);
        return elsewhere.isPresent()
                ? redirected(exchange, elsewhere.get())
                : answered.once(exchange, () -> write(exchange, key), () -> bodies.drain(exchange.request()));
    }

    private CompletionStage<HttpResponse> write(Exchange exchange, RecordKey key) {
        if (exchange.method().equals(HttpMethods.PUT)) {
            return writes.put(exchange, key);
        }
        return exchange.method().equals(HttpMethods.POST) ? writes.post(exchange, key) : writes.delete(exchange, key);
    }

    /** The body isn't wanted here: the client sends it again. */
    private CompletionStage<HttpResponse> redirected(Exchange exchange, String url) {
        return bodies.drain(exchange.request())
                .thenApply(
                        drained -> HttpResponse.create().withStatus(307).addHeader(RawHeader.create("Location", url)));
    }
}
