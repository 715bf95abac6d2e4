package io.entente.cluster.http;

import akka.http.javadsl.model.HttpMethod;
import akka.http.javadsl.model.HttpMethods;
import akka.http.javadsl.model.HttpResponse;
import io.entente.cluster.mode.Governance;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletionStage;

/** {@code /admin/voters}: other nodes decide who leads, and in which mode. */
final class VotersResource implements Resource {

    private static final int LIMIT_BYTES = 64 << 10;
    private static final String VOTERS = "voters";
    private static final String FORM = "{\"voters\": [\"eu-1\", \"us-1\", \"ap-1\"]}";

    private final Governance governance;
    private final RequestBody bodies;

    VotersResource(Governance governance, RequestBody bodies) {
        this.governance = governance;
        this.bodies = bodies;
    }

    @Override
    public List<HttpMethod> methods() {
        return List.of(HttpMethods.POST);
    }

    @Override
    public String remedy(HttpMethod refused) {
        return "who votes is at /cluster";
    }

    @Override
    public CompletionStage<HttpResponse> handle(Exchange exchange) {
        Duration timeout = Epochs.timeout(exchange);
        return bodies.object(exchange.request(), LIMIT_BYTES, List.of(VOTERS), FORM)
                .thenCompose(body -> {
                    Set<String> voters = new TreeSet<>(body.texts(VOTERS));
                    if (voters.isEmpty()) {
                        throw body.malformed("nobody is named as a voter");
                    }
                    return Epochs.answer(() -> governance.voters(voters, timeout));
                });
    }
}
