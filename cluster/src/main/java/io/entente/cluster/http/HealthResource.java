package io.entente.cluster.http;

import akka.http.javadsl.model.HttpMethod;
import akka.http.javadsl.model.HttpMethods;
import akka.http.javadsl.model.HttpRequest;
import akka.http.javadsl.model.HttpResponse;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.entente.cluster.health.HealthReason;
import io.entente.cluster.membership.NodePort;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Predicate;
import java.util.function.Supplier;

/**
 * {@code /health/live} and {@code /health/ready}: {@code 200}, or {@code 503} with reasons. The body has the same form either way,
 * for a probe's log is where operators meet it: sentences for people, and codes for alarms, which don't change with the wording.
 */
final class HealthResource implements Resource {

    private final String quality;
    private final Supplier<List<String>> reasonsAgainst;
    private final Supplier<List<String>> remarks;
    private final Supplier<SortedSet<HealthReason>> kinds;
    private final Predicate<HttpRequest> isKnown;

    /**
     * @param quality what the node is when nothing speaks against it, one word
     * @param reasonsAgainst one sentence each; asked at every request, from any thread
     * @param remarks what to look at all the same; likewise
     * @param kinds of which kinds both are; likewise
     * @param isKnown whether who asks is known; strangers are told the status alone, which is all a probe needs
     */
    private HealthResource(
            String quality,
            Supplier<List<String>> reasonsAgainst,
            Supplier<List<String>> remarks,
            Supplier<SortedSet<HealthReason>> kinds,
            Predicate<HttpRequest> isKnown) {
        this.quality = quality;
        this.reasonsAgainst = reasonsAgainst;
        this.remarks = remarks;
        this.kinds = kinds;
        this.isKnown = isKnown;
    }

    /** Whether the node is alive. */
    static HealthResource live(NodePort node, Predicate<HttpRequest> isKnown) {
        return new HealthResource(
                "live",
                node::failures,
                List::of,
                () -> {
                    SortedSet<HealthReason> failures = new TreeSet<>(node.reasons());
                    failures.removeIf(reason -> reason.weight() != HealthReason.Weight.NOT_LIVE);
                    return failures;
                },
                isKnown);
    }

    /** Whether the node is ready. */
    static HealthResource ready(NodePort node, Predicate<HttpRequest> isKnown) {
        return new HealthResource("ready", node::obstacles, node::remarks, node::reasons, isKnown);
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
        if (isKnown.test(exchange.request())) {
            explain(body, reasons);
        }
        return CompletableFuture.completedFuture(Json.response(reasons.isEmpty() ? 200 : 503, body));
    }

    private void explain(ObjectNode body, List<String> reasons) {
        reasons.forEach(body.putArray("reasons")::add);
        List<String> noted = remarks.get();
        if (!noted.isEmpty()) {
            noted.forEach(body.putArray("remarks")::add);
        }
        SortedSet<HealthReason> now = kinds.get();
        if (!now.isEmpty()) {
            ArrayNode codes = body.putArray("codes");
            now.forEach(kind -> codes.add(kind.code()));
        }
    }
}
