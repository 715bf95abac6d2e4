package io.entente.cluster.http;

import akka.http.javadsl.model.HttpMethod;
import akka.http.javadsl.model.HttpMethods;
import akka.http.javadsl.model.HttpResponse;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;

/**
 * {@code /health/live} and {@code /health/ready}: {@code 200}, or {@code 503} with reasons. The body has the same form either way,
 * for a probe's log is where operators meet it.
 */
final class HealthResource implements Resource {

    private final String quality;
    private final Supplier<List<String>> reasonsAgainst;
    private final Supplier<List<String>> remarks;

    /**
     * @param quality what the node is when nothing speaks against it, one word
     * @param reasonsAgainst one sentence each; asked at every request, from any thread
     * @param remarks what to look at all the same; likewise
     */
    HealthResource(String quality, Supplier<List<String>> reasonsAgainst, Supplier<List<String>> remarks) {
        this.quality = quality;
        this.reasonsAgainst = reasonsAgainst;
        this.remarks = remarks;
    }

    @Override
    public List<HttpMethod> methods() {
        return List.of(HttpMethods.GET, HttpMethods.HEAD);
    }

    @Override
    public CompletionStage<HttpResponse> handle(Exchange exchange) {
        exchange.query(List.of());
        List<String> reasons = reasonsAgainst.get();
        ObjectNode body = Json.object();
        body.put("status", reasons.isEmpty() ? quality : "not-" + quality);
        reasons.forEach(body.putArray("reasons")::add);
        List<String> noted = remarks.get();
        if (!noted.isEmpty()) {
            noted.forEach(body.putArray("remarks")::add);
        }
        return CompletableFuture.completedFuture(Json.response(reasons.isEmpty() ? 200 : 503, body));
    }
}
