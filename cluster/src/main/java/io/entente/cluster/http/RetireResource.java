package io.entente.cluster.http;

import akka.http.javadsl.model.HttpMethod;
import akka.http.javadsl.model.HttpMethods;
import akka.http.javadsl.model.HttpResponse;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.entente.cluster.membership.ClusterView;
import io.entente.cluster.membership.NodePort;
import io.entente.cluster.retirement.Retiring;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;

/** {@code /admin/retire}: lets go of a node that is not to come back as it was. */
final class RetireResource implements Resource {

    private static final int LIMIT_BYTES = 4 << 10;
    private static final String NODE = "node";
    private static final String FORM = "{\"node\": \"eu-1\"}";

    private final Retiring retiring;
    private final NodePort node;
    private final RequestBody bodies;

    RetireResource(Retiring retiring, NodePort node, RequestBody bodies) {
        this.retiring = retiring;
        this.node = node;
        this.bodies = bodies;
    }

    @Override
    public List<HttpMethod> methods() {
        return List.of(HttpMethods.POST);
    }

    @Override
    public String remedy(HttpMethod refused) {
        return "who is retired, or being retired, is at /cluster";
    }

    @Override
    public CompletionStage<HttpResponse> handle(Exchange exchange) {
        exchange.query(List.of());
        return bodies.object(exchange.request(), LIMIT_BYTES, List.of(NODE), FORM)
                .thenCompose(body -> {
                    String name = body.text(NODE);
                    return retire(name)
                            .thenCompose(begun -> node.view())
                            .thenApply(view -> Json.response(200, json(name, view)));
                });
    }

    private CompletionStage<Void> retire(String name) {
        try {
            return told(retiring.retire(name));
        } catch (IllegalArgumentException unknown) {
            throw AdminBody.problem(sentence(unknown));
        } catch (IllegalStateException early) {
            throw notReady(early);
        }
    }

    /** The same answer, with the problem that the node is not ready yet in the place of an {@link IllegalStateException}. */
    static <T> CompletionStage<T> told(CompletionStage<T> answer) {
        return answer.exceptionally(failure -> {
            Throwable cause = Failures.cause(failure);
            if (cause instanceof IllegalStateException early) {
                throw notReady(early);
            }
            throw new CompletionException(cause);
        });
    }

    private static ProblemException notReady(IllegalStateException early) {
        return Problem.of(ProblemKind.NOT_READY, sentence(early))
                .with("outcome", TextNode.valueOf("not-applied"))
                .retryAfter(1)
                .asException();
    }

    private static String sentence(RuntimeException failure) {
        String message = String.valueOf(failure.getMessage());
        return message.substring(0, 1).toUpperCase(java.util.Locale.ROOT) + message.substring(1);
    }

    private static ObjectNode json(String name, ClusterView view) {
        SortedSet<String> waitsFor = view.retiring().getOrDefault(name, new TreeSet<>());
        ObjectNode body = Json.object().put("node", name);
        body.put("state", view.retiring().containsKey(name) ? "retiring" : "retired");
        waitsFor.forEach(body.putArray("waitsFor")::add);
        return body;
    }
}
