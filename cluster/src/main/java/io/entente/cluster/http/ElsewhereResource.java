package io.entente.cluster.http;

import akka.http.javadsl.model.HttpMethod;
import akka.http.javadsl.model.HttpResponse;
import io.entente.cluster.map.Maps;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;

/**
 * {@code /at/{dataCenter}/…}: the same as without the first two segments, at another data center. This node asks one there, so a page of
 * this node's needs nothing of other origins, and other nodes need not be reached by browsers at all.
 */
final class ElsewhereResource implements Resource {

    /** The segments that say where. */
    static final int PREFIX = 2;

    private static final int NAME = 1;

    private final Backend backend;
    private final List<HttpMethod> methods;
    private final Function<Backend, Resource> resource;

    /**
     * @param backend what this node stands on
     * @param methods the methods that the resource takes
     * @param resource makes the resource over what another data center has
     */
    ElsewhereResource(Backend backend, List<HttpMethod> methods, Function<Backend, Resource> resource) {
        this.backend = backend;
        this.methods = List.copyOf(methods);
        this.resource = resource;
    }

    @Override
    public List<HttpMethod> methods() {
        return methods;
    }

    @Override
    public CompletionStage<HttpResponse> handle(Exchange exchange) {
        List<String> segments = exchange.target().segments();
        Maps maps = mapsOf(segments.get(NAME));
        RequestTarget rest = new RequestTarget(
                segments.subList(PREFIX, segments.size()), exchange.target().query());
        return resource.apply(backend.over(maps)).handle(new Exchange(exchange.request(), rest));
    }

    private Maps mapsOf(String dataCenter) {
        if (dataCenter.equals(backend.dataCenter())) {
            return backend.maps();
        }
        return backend.elsewhere()
                .maps(dataCenter)
                .orElseThrow(() -> Problem.of(
                                ProblemKind.NO_SUCH_PATH,
                                "There is no data center " + Quote.of(dataCenter)
                                        + " in this cluster: see /cluster for those there are")
                        .asException());
    }
}
