package io.entente.cluster.http;

import akka.http.javadsl.model.HttpMethod;
import akka.http.javadsl.model.HttpMethods;
import akka.http.javadsl.model.HttpResponse;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.entente.cluster.membership.NodePort;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * {@code /cluster}: the cluster as this node sees it; for who accepts events alone, again and again as this node and all others see
 * it.
 */
final class ClusterResource implements Resource {

    private final NodePort node;
    private final ClusterStream stream;

    ClusterResource(NodePort node, ClusterStream stream) {
        this.node = node;
        this.stream = stream;
    }

    @Override
    public List<HttpMethod> methods() {
        return List.of(HttpMethods.GET, HttpMethods.HEAD);
    }

    @Override
    public CompletionStage<HttpResponse> handle(Exchange exchange) {
        exchange.query(List.of());
        if (EventStreams.isWanted(exchange)) {
            return CompletableFuture.completedFuture(stream.open());
        }
        return node.view().thenApply(view -> {
            ObjectNode body = ClusterJson.json(view, node.faultInjection());
            List<String> remarks = node.remarks();
            if (!remarks.isEmpty()) {
                remarks.forEach(body.putArray("remarks")::add);
            }
            return Json.response(200, body);
        });
    }
}
