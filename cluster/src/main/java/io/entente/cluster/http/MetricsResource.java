package io.entente.cluster.http;

import akka.http.javadsl.model.ContentType;
import akka.http.javadsl.model.ContentTypes;
import akka.http.javadsl.model.HttpEntities;
import akka.http.javadsl.model.HttpMethod;
import akka.http.javadsl.model.HttpMethods;
import akka.http.javadsl.model.HttpResponse;
import io.entente.cluster.membership.NodePort;
import io.entente.cluster.metrics.NodeMetrics;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CompletionStage;

/** {@code /metrics}: the node's figures in Prometheus' text format, version 0.0.4. */
final class MetricsResource implements Resource {

    private static final ContentType TEXT = ContentTypes.parse("text/plain; version=0.0.4; charset=utf-8");

    private final NodePort node;
    private final NodeMetrics metrics;

    MetricsResource(NodePort node, NodeMetrics metrics) {
        this.node = node;
        this.metrics = metrics;
    }

    @Override
    public List<HttpMethod> methods() {
        return List.of(HttpMethods.GET, HttpMethods.HEAD);
    }

    @Override
    public CompletionStage<HttpResponse> handle(Exchange exchange) {
        exchange.query(List.of());
        return node.view()
                .thenApply(view -> HttpResponse.create()
                        .withEntity(
                                HttpEntities.create(TEXT, metrics.scrape(view).getBytes(StandardCharsets.UTF_8))));
    }
}
