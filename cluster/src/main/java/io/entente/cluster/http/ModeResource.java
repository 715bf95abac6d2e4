package io.entente.cluster.http;

import akka.http.javadsl.model.HttpMethod;
import akka.http.javadsl.model.HttpMethods;
import akka.http.javadsl.model.HttpResponse;
import io.entente.cluster.mode.Governance;
import io.entente.cluster.settings.ModeText;
import io.entente.core.message.ReplicationMode;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletionStage;

/** {@code /admin/mode}: all partitions are written to under another mode. */
final class ModeResource implements Resource {

    private static final int LIMIT_BYTES = 4 << 10;
    private static final String MODE = "mode";
    private static final String ACKNOWLEDGEMENT = "acknowledgement";
    private static final String FAILOVER = "failover";
    private static final List<String> MEMBERS = List.of(MODE, ACKNOWLEDGEMENT, FAILOVER);
    private static final String FORM =
            "{\"mode\": \"multi-leader\"}, or \"leaderless\", or \"single-leader\" with, as it"
                    + " pleases, \"acknowledgement\": \"semi-sync 2\" and \"failover\": \"manual\"";

    private final Governance governance;
    private final RequestBody bodies;

    ModeResource(Governance governance, RequestBody bodies) {
        this.governance = governance;
        this.bodies = bodies;
    }

    @Override
    public List<HttpMethod> methods() {
        return List.of(HttpMethods.POST);
    }

    @Override
    public String remedy(HttpMethod refused) {
        return "the mode in force is at /cluster";
    }

    @Override
    public CompletionStage<HttpResponse> handle(Exchange exchange) {
        Duration timeout = Epochs.timeout(exchange);
        return bodies.object(exchange.request(), LIMIT_BYTES, MEMBERS, FORM).thenCompose(body -> {
            ReplicationMode mode = mode(body);
            return Epochs.answer(() -> governance.mode(mode, timeout));
        });
    }

    private ReplicationMode mode(AdminBody body) {
        try {
            return ModeText.mode(
                    body.text(MODE),
                    body.optionalText(ACKNOWLEDGEMENT),
                    body.optionalText(FAILOVER),
                    governance.modes());
        } catch (IllegalArgumentException unfit) {
            throw AdminBody.problem(String.valueOf(unfit.getMessage()));
        }
    }
}
