package io.entente.cluster.http;

import akka.http.javadsl.model.HttpMethod;
import akka.http.javadsl.model.HttpMethods;
import akka.http.javadsl.model.HttpResponse;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import io.entente.cluster.membership.NodePort;
import java.util.Iterator;
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
            setLink(object(body));
            return HttpResponse.create().withStatus(204);
        });
    }

    private void setLink(JsonNode body) {
        String from = text(body, "from");
        String to = text(body, "to");
        String state = text(body, "state");
        if (!state.equals("cut") && !state.equals("up")) {
            throw malformed("\"state\" can't be " + Quote.of(state) + ": write \"cut\" or \"up\"");
        }
        try {
            node.link(from, to, state.equals("cut"));
        } catch (IllegalStateException off) {
            throw Problem.of(ProblemKind.FAULT_INJECTION_OFF, reason(off, "fault injection is off"))
                    .asException();
        } catch (IllegalArgumentException unknown) {
            throw malformed(reason(unknown, "there is no link from " + Quote.of(from) + " to " + Quote.of(to)));
        }
    }

    private static String reason(RuntimeException failure, String otherwise) {
        String message = failure.getMessage();
        return message == null ? otherwise : message;
    }

    private static JsonNode object(byte[] body) {
        JsonNode tree = tree(body);
        if (!tree.isObject()) {
            throw malformed("the body is no JSON object: write " + FORM);
        }
        for (Iterator<String> names = tree.fieldNames(); names.hasNext(); ) {
            String name = names.next();
            if (!MEMBERS.contains(name)) {
                throw malformed("the member " + Quote.of(name) + " is unknown: write " + FORM);
            }
        }
        return tree;
    }

    private static JsonNode tree(byte[] body) {
        Json.flaw(body).ifPresent(flaw -> {
            throw malformed("the body is not JSON, " + flaw + ": write " + FORM);
        });
        try {
            return Json.tree(body);
        } catch (JsonProcessingException e) {
            throw malformed("the body is not JSON, " + e.getOriginalMessage() + ": write " + FORM);
        }
    }

    private static String text(JsonNode body, String member) {
        JsonNode value = body.get(member);
        if (value == null || !value.isTextual()) {
            throw malformed("the text \"" + member + "\" is missing in the body: write " + FORM);
        }
        return value.textValue();
    }

    private static ProblemException malformed(String detail) {
        return Problem.of(ProblemKind.MALFORMED_BODY, detail).asException();
    }
}
