package io.entente.samples.spring;

import io.entente.cluster.Entente;
import java.util.List;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.stereotype.Component;

/** The node among what {@code /actuator/health} shows: down while it is not ready, with the reasons. */
@Component
class NodeHealthIndicator implements HealthIndicator {

    private final Entente entente;

    NodeHealthIndicator(Entente entente) {
        this.entente = entente;
    }

    @Override
    public Health health() {
        List<String> obstacles = entente.node().obstacles();
        Health.Builder health =
                obstacles.isEmpty() ? Health.up() : Health.down().withDetail("reasons", obstacles);
        return health.withDetail("remarks", entente.node().remarks()).build();
    }
}
