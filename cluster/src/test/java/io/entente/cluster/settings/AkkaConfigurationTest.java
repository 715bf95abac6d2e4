package io.entente.cluster.settings;

import static org.assertj.core.api.Assertions.assertThat;

import akka.actor.ActorSystem;
import akka.cluster.Cluster;
import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** What Akka is told, and by whom. */
class AkkaConfigurationTest {

    @Test
    void ententesSettingsBeatTheApplicationWhichBeatsEntentesWishes() {
        Config akka = EntenteSettings.from(ConfigFactory.parseString("""
                entente { dc = eu, host = h, port = 7, bind = b, limits.value = 8 MiB }
                akka.remote.artery.canonical.port = 9
                akka.cluster.gossip-interval = 3 s
                """)).akkaConfig();
        assertThat(akka.getInt("akka.remote.artery.canonical.port")).isEqualTo(7);
        assertThat(akka.getString("akka.remote.artery.canonical.hostname")).isEqualTo("h");
        assertThat(akka.getString("akka.remote.artery.bind.hostname")).isEqualTo("b");
        assertThat(akka.getString("akka.cluster.multi-data-center.self-data-center"))
                .isEqualTo("eu");
        assertThat(akka.getBytes("akka.remote.artery.advanced.maximum-frame-size"))
                .as("large values travel in pieces, so frames stay small whatever the limit")
                .isEqualTo(256 << 10);
        assertThat(akka.getDuration("akka.cluster.gossip-interval")).isEqualTo(Duration.ofSeconds(3));
        assertThat(akka.getBoolean("akka.actor.allow-java-serialization")).isFalse();
        assertThat(akka.getString("akka.remote.artery.advanced.compression.actor-refs.max"))
                .isEqualTo("off");
        assertThat(akka.getDuration("akka.remote.artery.bind.bind-timeout")).isEqualTo(Duration.ofSeconds(30));
        assertThat(akka.getStringList("akka.cluster.seed-nodes")).isEmpty();
    }

    @Test
    void aStopEndsWithinTenSecondsWhateverPhaseRunsOutOfTime() {
        Config shutdown =
                EntenteSettings.from(ConfigFactory.empty()).akkaConfig().getConfig("akka.coordinated-shutdown");
        Duration byDefault = shutdown.getDuration("default-phase-timeout");
        Duration cluster = shutdown.getConfig("phases").root().keySet().stream()
                .filter(phase -> phase.startsWith("cluster-"))
                .map(phase -> shutdown.hasPath("phases." + phase + ".timeout")
                        ? shutdown.getDuration("phases." + phase + ".timeout")
                        : byDefault)
                .reduce(Duration.ZERO, Duration::plus);
        assertThat(cluster).isLessThanOrEqualTo(Duration.ofSeconds(6));
    }

    @Test
    void anActorSystemStartsWithIt() throws Exception {
        Config config = EntenteSettings.from(ConfigFactory.parseString("akka.loglevel = WARNING"))
                .withDataCenter("eu")
                .withPort(0)
                .akkaConfig();
        ActorSystem system = ActorSystem.create("entente", config);
        try {
            assertThat(Cluster.get(system).selfDataCenter()).isEqualTo("eu");
            assertThat(system.settings().config().getStringList("akka.loggers"))
                    .isEqualTo(List.of("akka.event.slf4j.Slf4jLogger"));
        } finally {
            system.terminate();
            system.getWhenTerminated().toCompletableFuture().get(30, TimeUnit.SECONDS);
        }
    }
}
