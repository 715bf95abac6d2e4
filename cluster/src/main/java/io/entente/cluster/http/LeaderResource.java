package io.entente.cluster.http;

import akka.http.javadsl.model.HttpMethod;
import akka.http.javadsl.model.HttpMethods;
import akka.http.javadsl.model.HttpResponse;
import io.entente.cluster.mode.Governance;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletionStage;

/** {@code /admin/leader}: another node becomes the single leader. */
final class LeaderResource implements Resource {

    private static final int LIMIT_BYTES = 4 << 10;
    private static final String NODE = "node";
    private static final String FORM = "{\"node\": \"eu-1\"}";

    private final Governance governance;
    private final RequestBody bodies;

    LeaderResource(Governance governance, RequestBody bodies) {
        this.governance = governance;
        this.bodies = bodies;
    }

    @Override
    public List<HttpMethod> methods() {
        return List.of(HttpMethods.POST);
    }

    @Override
    public String remedy(HttpMethod refused) {
        return "who leads what is at /cluster";
    }

    @Override
    public CompletionStage<HttpResponse> handle(Exchange exchange) {
        Duration timeout = Epochs.timeout(exchange);
        return bodies.object(exchange.request(), LIMIT_BYTES, List.of(NODE), FORM)
                .thenCompose(body -> {
                    String node = body.text(NODE);
                    return Epochs.answer(() -> governance.leader(node, timeout));
                });
    }
}
