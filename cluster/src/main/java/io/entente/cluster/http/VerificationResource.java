package io.entente.cluster.http;

import akka.http.javadsl.model.HttpMethod;
import akka.http.javadsl.model.HttpMethods;
import akka.http.javadsl.model.HttpResponse;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.entente.cluster.verify.VerificationResult;
import io.entente.cluster.verify.Verifier;
import io.entente.core.codec.PartKeys;
import io.entente.core.message.RowState;
import io.entente.core.repair.Difference;
import io.entente.core.repair.VerificationReport;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** {@code /admin/verify} compares this node's replicas with all other copies; {@code /verify} shows what was found last. */
final class VerificationResource implements Resource {

    private static final Duration USUAL = Duration.ofSeconds(60);
    private static final int LIMIT_BYTES = 4 << 10;
    private static final String FORM = "nothing, or {}";

    private final Verifier verifier;
    private final HttpMethod method;
    private final RequestBody bodies;

    private VerificationResource(Verifier verifier, HttpMethod method, RequestBody bodies) {
        this.verifier = verifier;
        this.method = method;
        this.bodies = bodies;
    }

    /** What compares. */
    static VerificationResource begin(Verifier verifier, RequestBody bodies) {
        return new VerificationResource(verifier, HttpMethods.POST, bodies);
    }

    /** What shows. */
    static VerificationResource show(Verifier verifier, RequestBody bodies) {
        return new VerificationResource(verifier, HttpMethods.GET, bodies);
    }

    @Override
    public List<HttpMethod> methods() {
        return method.equals(HttpMethods.GET) ? List.of(HttpMethods.GET, HttpMethods.HEAD) : List.of(method);
    }

    @Override
    public String remedy(HttpMethod refused) {
        return method.equals(HttpMethods.GET)
                ? "a verification begins with POST /admin/verify"
                : "what the last one found is at /verify";
    }

    @Override
    public CompletionStage<HttpResponse> handle(Exchange exchange) {
        if (method.equals(HttpMethods.GET)) {
            exchange.query(List.of());
            return CompletableFuture.completedFuture(Json.response(200, json(verifier.last())));
        }
        QueryParameters query = exchange.query(List.of(QueryParameters.TIMEOUT));
        Duration timeout = query.text(QueryParameters.TIMEOUT).isPresent() ? query.timeout() : USUAL;
        exchange.answerWithin(
                timeout,
                Problem.of(
                                ProblemKind.NO_ANSWER,
                                "The verification did not end in time: it goes on, and GET /verify shows what it finds")
                        .retryAfter(1));
        return bodies.read(exchange.request(), LIMIT_BYTES, "write " + FORM)
                .thenCompose(body -> {
                    if (body.length > 0) {
                        AdminBody.read(body, List.of(), FORM);
                    }
                    return verifier.verify(timeout);
                })
                .thenApply(result -> Json.response(200, json(result)));
    }

    private static ObjectNode json(VerificationResult result) {
        ObjectNode body = Json.object();
        body.put("verdict", ClusterJson.word(result.verdict()));
        body.put("node", result.node());
        body.put("rows", result.rows());
        body.put("movedOn", result.movedOn());
        body.put("differences", result.differences());
        body.put("unrepaired", result.unrepaired());
        body.put("digest", result.digest().toString());
        ArrayNode partitions = body.putArray("partitions");
        result.partitions().forEach((partition, report) -> put(partitions.addObject(), partition, report));
        ObjectNode failed = body.putObject("failed");
        result.failed().forEach((partition, why) -> failed.put(Integer.toString(partition), why));
        result.notHeld().forEach(body.putArray("notVerified")::add);
        return body;
    }

    private static void put(ObjectNode target, int partition, VerificationReport report) {
        target.put("partition", partition);
        ClusterJson.put(target.putObject("vector"), report.at());
        target.put("rows", report.rows());
        target.put("digest", report.digest().toString());
        ArrayNode compared = target.putArray("compared");
        report.compared().forEach(node -> compared.add(node.node()));
        ObjectNode notCompared = target.putObject("notCompared");
        report.notCompared().forEach((node, why) -> notCompared.put(node.node(), why));
        target.put("movedOn", report.movedOn());
        target.put("differences", report.differences());
        ArrayNode named = target.putArray("named");
        report.named().forEach(difference -> put(named.addObject(), difference));
    }

    private static void put(ObjectNode target, Difference difference) {
        target.put("map", difference.key().map());
        target.put("key", difference.key().key());
        target.put("part", PartKeys.isPart(difference.row()));
        ObjectNode held = target.putObject("held");
        difference.held().forEach((node, state) -> held.put(node.node(), text(state)));
        target.put("outcome", ClusterJson.word(difference.outcome()));
    }

    private static String text(RowState state) {
        return state.kind() == RowState.Kind.LIVE ? state.digest().toString() : ClusterJson.word(state.kind());
    }
}
