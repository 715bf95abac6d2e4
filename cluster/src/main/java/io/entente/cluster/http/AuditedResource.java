package io.entente.cluster.http;

import akka.http.javadsl.model.HttpMethod;
import akka.http.javadsl.model.HttpRequest;
import akka.http.javadsl.model.HttpResponse;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;

/**
 * A resource of operators' whose requests are written down with their bodies and outcomes. It answers whatever goes wrong itself: what comes out of
 * it is what the caller gets. What is refused before it is asked is {@link Routes}'s to note.
 */
final class AuditedResource implements Resource {

    /** How much of a body is read to be written down, in bytes: no resource of operators' takes more. */
    private static final int MOST_BYTES = 16 << 10;

    private final Resource resource;
    private final RequestBody bodies;
    private final Guard guard;

    AuditedResource(Resource resource, RequestBody bodies, Guard guard) {
        this.resource = resource;
        this.bodies = bodies;
        this.guard = guard;
    }

    @Override
    public List<HttpMethod> methods() {
        return resource.methods();
    }

    @Override
    public String remedy(HttpMethod refused) {
        return resource.remedy(refused);
    }

    @Override
    public CompletionStage<HttpResponse> handle(Exchange exchange) {
        return bodies.whole(exchange.request(), MOST_BYTES)
                .handle((whole, failure) -> failure == null
                        ? answered(new Exchange(whole, exchange.target()))
                        : noted(exchange.request(), Failures.answer(failure)))
                .thenCompose(Function.identity());
    }

    private CompletionStage<HttpResponse> answered(Exchange exchange) {
        CompletionStage<HttpResponse> answer;
        try {
            answer = resource.handle(exchange);
        } catch (RuntimeException refused) {
            answer = CompletableFuture.failedFuture(refused);
        }
        return answer.handle((given, failure) -> failure == null
                        ? CompletableFuture.completedFuture(given)
                        : bodies.drain(exchange.request()).thenApply(drained -> Failures.answer(failure)))
                .thenCompose(Function.identity())
                .thenCompose(given -> noted(exchange.request(), given));
    }

    private CompletionStage<HttpResponse> noted(HttpRequest request, HttpResponse answer) {
        guard.note(request, answer);
        return CompletableFuture.completedFuture(answer);
    }
}
