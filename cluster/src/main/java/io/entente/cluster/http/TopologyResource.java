package io.entente.cluster.http;

import akka.http.javadsl.model.HttpMethod;
import akka.http.javadsl.model.HttpMethods;
import akka.http.javadsl.model.HttpResponse;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.entente.cluster.membership.AgreedTopology;
import io.entente.cluster.membership.NodePort;
import io.entente.core.topology.PlanText;
import io.entente.core.topology.TopologyPlan;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;

/** {@code /admin/topology}: links the data centers of the whole cluster in another way. */
final class TopologyResource implements Resource {

    /** Room for all edges there may be, with the longest names. */
    private static final int LIMIT_BYTES = 64 << 10;

    private static final String NAME = "topology";
    private static final String HUB = "hub";
    private static final String EDGES = "edges";
    private static final String FORM =
            "{\"topology\": \"ring\"}, or \"all-to-all\", \"tree\", \"star\" with \"hub\": \"eu\", or {\"edges\": [\"eu->us\", \"us->eu\"]}";

    private final NodePort node;
    private final RequestBody bodies;

    TopologyResource(NodePort node, RequestBody bodies) {
        this.node = node;
        this.bodies = bodies;
    }

    @Override
    public List<HttpMethod> methods() {
        return List.of(HttpMethods.POST);
    }

    @Override
    public String remedy(HttpMethod refused) {
        return "the topology in force is at /cluster";
    }

    @Override
    public CompletionStage<HttpResponse> handle(Exchange exchange) {
        exchange.query(List.of());
        return bodies.object(exchange.request(), LIMIT_BYTES, List.of(NAME, HUB, EDGES), FORM)
                .thenCompose(body -> change(plan(body)))
                .thenApply(changed -> Json.response(200, json(changed)));
    }

    /** The topology as {@code /cluster} shows it. */
    static ObjectNode json(AgreedTopology topology) {
        ObjectNode json = Json.object();
        json.put("name", PlanText.nameOf(topology.plan()));
        if (topology.plan() instanceof TopologyPlan.Star star) {
            json.put(HUB, star.hub());
        } else if (topology.plan() instanceof TopologyPlan.Edges spelled) {
            ArrayNode edges = json.putArray(EDGES);
            spelled.edges().forEach(edge -> edges.add(edge.toString()));
        }
        json.put("change", topology.change());
        json.put("node", topology.node());
        return json;
    }

    private static TopologyPlan plan(AdminBody body) {
        Optional<String> hub = body.optionalText(HUB);
        List<String> edges = body.texts(EDGES);
        String name =
                edges.isEmpty() ? body.text(NAME) : body.optionalText(NAME).orElse(EDGES);
        if (hub.isPresent() && !name.equals("star")) {
            throw body.malformed("\"hub\" has a meaning for the topology star alone");
        }
        if (!edges.isEmpty() && !name.equals(EDGES)) {
            throw body.malformed("edges spell the topology out, and can't be given beside \"" + name + "\"");
        }
        try {
            return PlanText.plan(name, hub.map(List::of).orElse(edges));
        } catch (IllegalArgumentException unfit) {
            throw AdminBody.problem(String.valueOf(unfit.getMessage()));
        }
    }

    private CompletionStage<AgreedTopology> change(TopologyPlan plan) {
        try {
            return node.topology(plan);
        } catch (IllegalArgumentException unfit) {
            throw AdminBody.problem(String.valueOf(unfit.getMessage()));
        } catch (IllegalStateException early) {
            throw Problem.of(ProblemKind.NOT_READY, String.valueOf(early.getMessage()))
                    .with("outcome", TextNode.valueOf("not-applied"))
                    .retryAfter(1)
                    .asException();
        }
    }
}
