package io.entente.cluster.http;

import akka.http.javadsl.model.HttpMethod;
import akka.http.javadsl.model.HttpMethods;
import akka.http.javadsl.model.HttpResponse;
import io.entente.cluster.membership.NodePort;
import java.util.List;
import java.util.concurrent.CompletionStage;

/** {@code /admin/links}: cuts links and mends them, where fault injection is switched on. */
final class AdminResource implements Resource {

    private static final int LIMIT_BYTES = 4 << 10;
    private static final List<String> MEMBERS = List.of("from", "to", "state");
    private static final String FORM = "{\"from\": \"eu\", \"to\": \"us\", \"state\": \"cut\"}, or \"up\"";

    private final NodePort node;
    private final RequestBody bodies;

    AdminResource(NodePort node, RequestBody bodies) {
        this.node = node;
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
        return bodies.read(exchange.request(), LIMIT_BYTES, "write " + FORM).thenApply(body -> {
            setLink(AdminBody.read(body, MEMBERS, FORM));
            return HttpResponse.create().withStatus(204);
        });
    }

    private void setLink(AdminBody body) {
        String from = body.text("from");
        String to = body.text("to");
        String state = body.text("state");
        if (!state.equals("cut") && !state.equals("up")) {
            throw AdminBody.problem("\"state\" can't be " + Quote.of(state) + ": write \"cut\" or \"up\"");
        }
        try {
            node.link(from, to, state.equals("cut"));
        } catch (IllegalStateException off) {
            throw Problem.of(ProblemKind.FAULT_INJECTION_OFF, reason(off, "fault injection is off"))
                    .asException();
        } catch (IllegalArgumentException unknown) {
            throw AdminBody.problem(reason(unknown, "there is no link from " + Quote.of(from) + " to " + Quote.of(to)));
        }
    }

    private static String reason(RuntimeException failure, String otherwise) {
        String message = failure.getMessage();
        return message == null ? otherwise : message;
    }
}
