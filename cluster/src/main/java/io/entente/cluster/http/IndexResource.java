package io.entente.cluster.http;

import akka.http.javadsl.model.ContentTypes;
import akka.http.javadsl.model.HttpEntities;
import akka.http.javadsl.model.HttpMethod;
import akka.http.javadsl.model.HttpMethods;
import akka.http.javadsl.model.HttpResponse;
import akka.http.javadsl.model.headers.RawHeader;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** {@code /}: the dashboard for browsers; where things are, in plain text, for whoever doesn't ask for HTML. */
final class IndexResource implements Resource {

    private static final String HTML = "text/html";

    private static final String PAGE = """
            This is a node of Entente, multi-leader replication for the JVM.

              /maps/{map}/{key}   GET, PUT, DELETE a value; keys are percent-encoded, / as %2F
              /maps/{map}         the map's entries in key order: ?prefix= &after= &limit=; with Accept: text/event-stream its changes
              /conflicts          the conflicts this node has seen: ?map= &key= &after= &limit= &open= &unresolved= &resolver=
              /conflicts/test     a Java test of one of them: ?map= &key= &id=
              /at/{dataCenter}/…  /maps of another data center, asked by this node
              /cluster            the cluster as this node sees it; with Accept: text/event-stream as all nodes do, each second
              /openapi.json       all of this for programs, in the form of OpenAPI 3.1
              /verify             whether all copies hold the same, as the last verification found
              /health/live        whether this node lives
              /health/ready       whether it is ready to serve
              /metrics            figures for Prometheus
              /admin/links        POST {"from": "eu", "to": "us", "state": "cut"} or "up", with fault injection on
              /admin/verify       POST: compares this node's copies with all others, and repairs what differs
              /admin/leader       POST {"node": "eu-1"}: that node becomes the single leader
              /admin/mode         POST {"mode": "single-leader"}, or multi-leader, or leaderless
              /admin/voters       POST {"voters": ["eu-1", "us-1", "ap-1"]}: these nodes decide on leader and mode
              /admin/topology     POST {"topology": "ring"}: links the data centers in another way
              /admin/retire       POST {"node": "eu-1"}: lets go of a node that is not to come back as it was
              /admin/salvage      GET: the writes that only this node had when it was retired; POST {}: makes them anew

            Try: curl -X PUT http://{host}/maps/users/alice -H 'Content-Type: application/json' -d '{"name":"Alice"}'
                 curl -i http://{host}/maps/users/alice
            """;

    private final Resource dashboard;

    /** With the page that browsers get. */
    IndexResource(Resource dashboard) {
        this.dashboard = dashboard;
    }

    @Override
    public List<HttpMethod> methods() {
        return List.of(HttpMethods.GET, HttpMethods.HEAD);
    }

    @Override
    public CompletionStage<HttpResponse> handle(Exchange exchange) {
        return isForBrowsers(exchange) ? dashboard.handle(exchange) : text(exchange);
    }

    private static boolean isForBrowsers(Exchange exchange) {
        return Headers.all(exchange.request(), "Accept").stream()
                .anyMatch(accepted -> accepted.toLowerCase(Locale.ROOT).contains(HTML));
    }

    private static CompletionStage<HttpResponse> text(Exchange exchange) {
        String host = Headers.first(exchange.request(), "Host").orElse("localhost");
        return CompletableFuture.completedFuture(HttpResponse.create()
                .withEntity(HttpEntities.create(ContentTypes.TEXT_PLAIN_UTF8, PAGE.replace("{host}", host)))
                .addHeader(RawHeader.create("Vary", "Accept")));
    }
}
