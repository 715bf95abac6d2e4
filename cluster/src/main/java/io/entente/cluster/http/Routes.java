package io.entente.cluster.http;

import akka.actor.ClassicActorSystemProvider;
import akka.http.javadsl.model.HttpMethod;
import akka.http.javadsl.model.HttpRequest;
import akka.http.javadsl.model.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
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
    private static final String CONFLICTS = "conflicts";

    /** How long a body may take to arrive. */
    private static final Duration BODY_ARRIVAL = Duration.ofSeconds(30);

    private final Map<String, Resource> fixed;
    private final Resource map;
    private final Resource entry;
    private final RequestBody bodies;
    private final Intake intake;

    /**
     * @param fixed the resources at fixed paths, by path without the first slash
     * @param map what answers at {@code /maps/{map}}
     * @param entry what answers at {@code /maps/{map}/{key}}
     * @param bodies reads off what nobody wanted
     * @param intake how much may be under way at once
     */
    Routes(Map<String, Resource> fixed, Resource map, Resource entry, RequestBody bodies, Intake intake) {
        this.fixed = Map.copyOf(fixed);
        this.map = map;
        this.entry = entry;
        this.bodies = bodies;
        this.intake = intake;
    }

    /** All resources of a node. */
    static Routes over(Backend backend, ClassicActorSystemProvider system, Intake intake) {
        RequestBody bodies = new RequestBody(system, BODY_ARRIVAL, intake);
        Map<String, Resource> fixed = Map.of(
                "",
                new IndexResource(),
                CONFLICTS,
                new ConflictsResource(backend, intake.streams()),
                "cluster",
                new ClusterResource(backend.node()),
                "health/live",
                new HealthResource("live", backend.node()::failures, List::of),
                "health/ready",
                new HealthResource("ready", backend.node()::obstacles, backend.node()::remarks),
                "admin/links",
                new AdminResource(backend.node(), bodies),
                "admin/topology",
                new TopologyResource(backend.node(), bodies),
                "admin/backup",
                new BackupResource(backend.backups(), bodies));
        return new Routes(fixed, new ListingResource(backend), new MapResource(backend, bodies), bodies, intake);
    }

    /** The answer to a request. */
    CompletionStage<HttpResponse> answer(HttpRequest request) {
        return attempt(request)
                .handle((response, failure) -> failure == null
                        ? CompletableFuture.completedFuture(response)
                        : bodies.drain(request).thenApply(drained -> Failures.answer(failure)))
                .thenCompose(Function.identity())
                .thenApply(Headers::secured);
    }

    private CompletionStage<HttpResponse> attempt(HttpRequest request) {
        try {
            Exchange exchange = new Exchange(request, RequestTarget.of(request));
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
        return first.equals(MAPS) || first.equals(CONFLICTS);
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
            SameOrigin.objection(exchange.request()).ifPresent(objection -> {
                throw objection.asException();
            });
        }
        return resource;
    }

    private Optional<Resource> at(List<String> segments) {
        if (segments.get(0).equals(MAPS)) {
            return switch (segments.size()) {
                case 2 -> Optional.of(map);
                case 3 -> Optional.of(entry);
                default -> Optional.empty();
            };
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
