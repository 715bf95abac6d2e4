package io.entente.cluster.http;

import akka.http.javadsl.model.HttpMethod;
import akka.http.javadsl.model.HttpMethods;
import akka.http.javadsl.model.HttpResponse;
import com.fasterxml.jackson.databind.node.TextNode;
import io.entente.cluster.membership.NodePort;
import io.entente.core.message.NodeId;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.stream.Collectors;

/**
 * {@code /admin/links}: cuts links and mends them, where fault injection is switched on; at this node, or at all nodes of the two data
 * centers.
 */
final class AdminResource implements Resource {

    private static final int LIMIT_BYTES = 4 << 10;
    private static final String EVERYWHERE = "everywhere";
    private static final List<String> MEMBERS = List.of("from", "to", "state", EVERYWHERE);
    private static final String FORM =
            "{\"from\": \"eu\", \"to\": \"us\", \"state\": \"cut\"}, or \"up\", and \"everywhere\": true for all nodes";

    private final NodePort node;
    private final Elsewhere elsewhere;
    private final String dataCenter;
    private final RequestBody bodies;

    AdminResource(Backend backend, RequestBody bodies) {
        this.node = backend.node();
        this.elsewhere = backend.elsewhere();
        this.dataCenter = backend.dataCenter();
        this.bodies = bodies;
    }

    @Override
    public List<HttpMethod> methods() {
        return List.of(HttpMethods.POST);
    }

    @Override
    public String remedy(HttpMethod refused) {
        return "the state of the links is at /cluster";
    }

    @Override
    public CompletionStage<HttpResponse> handle(Exchange exchange) {
        exchange.query(List.of());
        return bodies.object(exchange.request(), LIMIT_BYTES, MEMBERS, FORM)
                .thenCompose(this::set)
                .thenApply(done -> HttpResponse.create().withStatus(204));
    }

    private CompletionStage<Void> set(AdminBody body) {
        Change change = Change.of(body);
        if (!body.flag(EVERYWHERE)) {
            setHere(change);
            return CompletableFuture.completedFuture(null);
        }
        List<NodeId> others = elsewhere.nodes().stream()
                .filter(other -> change.concerns(other.dataCenter()))
                .toList();
        if (change.concerns(dataCenter) || others.isEmpty()) {
            setHere(change);
        }
        return setAt(others, change);
    }

    private void setHere(Change change) {
        try {
            node.link(change.from, change.to, change.cut);
        } catch (IllegalStateException off) {
            throw Problem.of(ProblemKind.FAULT_INJECTION_OFF, reason(off, "fault injection is off"))
                    .asException();
        } catch (IllegalArgumentException unknown) {
            throw AdminBody.problem(
                    reason(unknown, "there is no link from " + Quote.of(change.from) + " to " + Quote.of(change.to)));
        }
    }

    /** All are asked at once; those that did not do it are named. */
    private CompletionStage<Void> setAt(List<NodeId> others, Change change) {
        Map<NodeId, CompletableFuture<String>> asked = new TreeMap<>();
        for (NodeId other : others) {
            asked.put(
                    other,
                    elsewhere
                            .link(other, change.from, change.to, change.cut)
                            .handle((done, failure) ->
                                    failure == null ? "" : reason(Failures.cause(failure), "it failed"))
                            .toCompletableFuture());
        }
        return CompletableFuture.allOf(asked.values().toArray(CompletableFuture[]::new))
                .thenAccept(all -> {
                    asked.values().removeIf(answer -> answer.join().isEmpty());
                    if (!asked.isEmpty()) {
                        throw partly(asked).asException();
                    }
                });
    }

    private static Problem partly(Map<NodeId, CompletableFuture<String>> failed) {
        return Problem.of(
                        ProblemKind.PARTLY_DONE,
                        "The link is as asked for at all nodes but "
                                + failed.entrySet().stream()
                                        .map(node -> node.getKey().node() + " ("
                                                + node.getValue().join() + ")")
                                        .collect(Collectors.joining(", "))
                                + ": ask again when they are up")
                .with("outcome", TextNode.valueOf("unknown"));
    }

    private static String reason(Throwable failure, String otherwise) {
        String message = failure.getMessage();
        return message == null ? otherwise : message;
    }

    /** What to do with which direction. */
    private record Change(String from, String to, boolean cut) {

        private static Change of(AdminBody body) {
            String state = body.text("state");
            if (!state.equals("cut") && !state.equals("up")) {
                throw AdminBody.problem("\"state\" can't be " + Quote.of(state) + ": write \"cut\" or \"up\"");
            }
            return new Change(body.text("from"), body.text("to"), state.equals("cut"));
        }

        private boolean concerns(String dataCenter) {
            return dataCenter.equals(from) || dataCenter.equals(to);
        }
    }
}
