package io.entente.cluster.http;

import akka.actor.ClassicActorSystemProvider;
import akka.http.javadsl.model.HttpMethod;
import akka.http.javadsl.model.HttpRequest;
import akka.http.javadsl.model.HttpResponse;
import io.entente.cluster.membership.NodePort;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * From a request to the resource that answers it. Thread-safe; never blocks, never throws, and its answers never fail: whatever
 * goes wrong becomes a problem.
 *
 * <p>Paths are compared as they came, undecoded; only a map's name and a key are decoded, by their resources.
 */
final class Routes {

    private static final String MAPS = "maps";
    private static final String AT = "at";
    private static final String CONFLICTS = "conflicts";

    /** How long a body may take to arrive. */
    private static final Duration BODY_ARRIVAL = Duration.ofSeconds(30);

    private final Map<String, Resource> fixed;
    private final Map<Integer, Resource> underMaps;
    private final Guard guard;
    private final RequestBody bodies;
    private final Intake intake;

    /**
     * @param fixed the resources at fixed paths, by path without the first slash
     * @param underMaps what answers at {@code /maps/…} and {@code /at/{dataCenter}/maps/…}, by the number of segments
     * @param guard who gets in
     * @param bodies reads off what nobody wanted
     * @param intake how much may be under way at once
     */
    Routes(
            Map<String, Resource> fixed,
            Map<Integer, Resource> underMaps,
            Guard guard,
            RequestBody bodies,
            Intake intake) {
        this.fixed = Map.copyOf(fixed);
        this.underMaps = Map.copyOf(underMaps);
        this.guard = guard;
        this.bodies = bodies;
        this.intake = intake;
    }

    /** All resources of a node. */
    static Routes over(Backend backend, Guard guard, ClassicActorSystemProvider system, Intake intake) {
        RequestBody bodies = new RequestBody(system, BODY_ARRIVAL, intake);
        Map<String, Resource> fixed = new HashMap<>(DashboardResource.all());
        fixed.put("", new IndexResource(DashboardResource.page()));
        fixed.put("openapi.json", new OpenApiResource());
        fixed.put(CONFLICTS, new ConflictsResource(backend, intake.streams()));
        fixed.put(CONFLICTS + "/test", new ConflictTestResource(backend));
        fixed.putAll(forOperators(backend, bodies, intake.streams()));
        fixed.putAll(forProbes(backend.node(), guard));
        Resource map = new ListingResource(backend, intake.streams());
        AnsweredWrites answered = new AnsweredWrites(System::nanoTime);
        Resource entry = new MapResource(backend, bodies, answered);
        Map<Integer, Resource> underMaps = Map.of(
                2,
                map,
                3,
                entry,
                ElsewhereResource.PREFIX + 2,
                new ElsewhereResource(backend, map.methods(), there -> new ListingResource(there, intake.streams())),
                ElsewhereResource.PREFIX + 3,
                new ElsewhereResource(backend, entry.methods(), there -> new MapResource(there, bodies, answered)));
        fixed.replaceAll((path, resource) ->
                RouteRoles.isOfOperators(path) ? new AuditedResource(resource, bodies, guard) : resource);
        return new Routes(fixed, underMaps, guard, bodies, intake);
    }

    private static Map<String, Resource> forOperators(Backend backend, RequestBody bodies, OpenStreams streams) {
        NodePort node = backend.node();
        return Map.ofEntries(
                Map.entry("cluster", new ClusterResource(node, new ClusterStream(node, backend.elsewhere(), streams))),
                Map.entry("metrics", new MetricsResource(node, backend.metrics())),
                Map.entry("verify", VerificationResource.show(backend.verifier(), bodies)),
                Map.entry("admin/verify", VerificationResource.begin(backend.verifier(), bodies)),
                Map.entry("admin/links", new AdminResource(backend, bodies)),
                Map.entry(
                        "admin/retire", new RetireResource(backend.retirement().retiring(), node, bodies)),
                Map.entry(
                        "admin/salvage",
                        new SalvageResource(backend.retirement().lostWrites(), bodies)),
                Map.entry("admin/leader", new LeaderResource(backend.governance(), bodies)),
                Map.entry("admin/voters", new VotersResource(backend.governance(), bodies)),
                Map.entry("admin/mode", new ModeResource(backend.governance(), bodies)),
                Map.entry("admin/topology", new TopologyResource(node, bodies)),
                Map.entry("admin/backup", new BackupResource(backend.backups(), bodies)));
    }

    /** What there is, for whoever compares it with a description: the methods of each path, its variable segments in braces. */
    Map<String, List<HttpMethod>> table() {
        Map<String, List<HttpMethod>> table = new TreeMap<>();
        fixed.forEach((path, resource) -> table.put("/" + path, resource.methods()));
        List<String> segments = List.of("", "/" + MAPS, "/{map}", "/{key}");
        underMaps.forEach((size, resource) -> {
            boolean isElsewhere = size > 3;
            int own = isElsewhere ? size - ElsewhereResource.PREFIX : size;
            table.put(
                    (isElsewhere ? "/" + AT + "/{dataCenter}" : "") + String.join("", segments.subList(0, own + 1)),
                    resource.methods());
        });
        return table;
    }

    private static Map<String, Resource> forProbes(NodePort node, Guard guard) {
        return Map.of(
                "health/live", HealthResource.live(node, guard::isKnown),
                "health/ready", HealthResource.ready(node, guard::isKnown));
    }

    /** The answer to a request. */
    CompletionStage<HttpResponse> answer(HttpRequest request) {
        return attempt(request)
                .handle((response, failure) -> failure == null
                        ? CompletableFuture.completedFuture(response)
                        : bodies.drain(request).thenApply(drained -> refused(request, failure)))
                .thenCompose(Function.identity())
                .thenApply(Headers::secured);
    }

    private HttpResponse refused(HttpRequest request, Throwable failure) {
        HttpResponse answer = Failures.answer(failure);
        if (RouteRoles.isOfOperators(RequestTarget.of(request))) {
            guard.note(request, answer);
        }
        return answer;
    }

    private CompletionStage<HttpResponse> attempt(HttpRequest request) {
        try {
            guard.requireName(request);
            Exchange exchange = new Exchange(request, RequestTarget.of(request));
            guard.requireRole(exchange);
            exchange.answerWithin(QueryParameters.DEFAULT_TIMEOUT, noAnswer(exchange));
            Resource resource = resourceFor(exchange);
            // What operators ask is answered however much clients ask.
            return isOfClients(exchange) ? intake.request(() -> resource.handle(exchange)) : resource.handle(exchange);
        } catch (RuntimeException refused) {
            return CompletableFuture.failedFuture(refused);
        }
    }

    private static boolean isOfClients(Exchange exchange) {
        String first = exchange.target().segments().get(0);
        return first.equals(MAPS) || first.equals(AT) || first.equals(CONFLICTS);
    }

    private static Problem noAnswer(Exchange exchange) {
        return Problem.of(
                        ProblemKind.NO_ANSWER,
                        "The node did not answer " + exchange.method().name() + " "
                                + Quote.of(exchange.target().path())
                                + " in time: try again in a moment, and look into the node's log if it goes on")
                .retryAfter(1);
    }

    private Resource resourceFor(Exchange exchange) {
        Resource resource = at(exchange.target().segments())
                .orElseThrow(() -> nothingAt(exchange.target()).asException());
        if (!resource.methods().contains(exchange.method())) {
            throw notAllowed(resource, exchange).asException();
        }
        if (!exchange.isSafe()) {
            guard.requireOrigin(exchange.request());
        }
        return resource;
    }

    private Optional<Resource> at(List<String> segments) {
        int size = segments.size();
        boolean elsewhere = segments.get(0).equals(AT)
                && size > ElsewhereResource.PREFIX
                && segments.get(ElsewhereResource.PREFIX).equals(MAPS);
        if (elsewhere) {
            return size == ElsewhereResource.PREFIX + 1 ? Optional.empty() : Optional.ofNullable(underMaps.get(size));
        }
        if (segments.get(0).equals(MAPS)) {
            return size > 3 ? Optional.empty() : Optional.ofNullable(underMaps.get(size));
        }
        return Optional.ofNullable(fixed.get(String.join("/", segments)));
    }

    private static Problem nothingAt(RequestTarget target) {
        boolean underMaps = target.segments().get(0).equals(MAPS);
        String remedy = underMaps && target.segments().size() > 3
                ? "a map's entry is at /maps/{map}/{key}, with every / in the key written as %2F"
                : "see / for what there is";
        return Problem.of(ProblemKind.NO_SUCH_PATH, "There is nothing at " + Quote.of(target.path()) + ": " + remedy);
    }

    private static Problem notAllowed(Resource resource, Exchange exchange) {
        String allowed = resource.methods().stream().map(HttpMethod::name).collect(Collectors.joining(", "));
        String remedy = resource.remedy(exchange.method());
        return Problem.of(
                        ProblemKind.METHOD_NOT_ALLOWED,
                        "The path " + Quote.of(exchange.target().path()) + " does not take "
                                + exchange.method().name() + ": use " + allowed
                                + (remedy.isEmpty() ? "" : "; " + remedy))
                .header("Allow", allowed);
    }
}
