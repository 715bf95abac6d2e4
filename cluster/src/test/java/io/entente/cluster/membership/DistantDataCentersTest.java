package io.entente.cluster.membership;

import static org.assertj.core.api.Assertions.assertThat;

import akka.actor.testkit.typed.javadsl.ActorTestKit;
import akka.actor.typed.ActorRefResolver;
import com.typesafe.config.ConfigFactory;
import io.entente.cluster.clock.ClockReport;
import io.entente.cluster.clock.Skew;
import io.entente.cluster.replica.AddressBook;
import io.entente.cluster.replica.Partitions;
import io.entente.cluster.settings.EntenteSettings;
import io.entente.core.message.NodeId;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** Which data center comes next, by how long its nodes take to answer. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class DistantDataCentersTest {

    private static final NodeId SELF = new NodeId("eu", "eu-1");
    private static final NodeId US_1 = new NodeId("us", "us-1");
    private static final NodeId US_2 = new NodeId("us", "us-2");
    private static final NodeId AP_1 = new NodeId("ap", "ap-1");

    private final ActorTestKit kit = ActorTestKit.create(ConfigFactory.parseString("akka.loglevel = OFF"));
    private final AddressBook addresses = new AddressBook(ActorRefResolver.get(kit.system()));
    private Optional<ClockReport> clocks = Optional.empty();
    private final DistantDataCenters distant = new DistantDataCenters(
            new HeardDataCenter(
                    SELF,
                    SELF.dataCenter(),
                    addresses,
                    new PartitionPlan(EntenteSettings.from(ConfigFactory.load()).replication()),
                    () -> 0),
            () -> clocks);

    @AfterAll
    void shutDown() {
        kit.shutdownTestKit();
    }

    @Test
    void theNameDecidesUntilOneIsKnownToBeNearer() {
        List.of(US_1, US_2, AP_1).forEach(node -> addresses.know(node, Partitions.all(8)));
        assertThat(names()).containsExactly("us", "ap");
        clocks = Optional.of(report(Map.of(US_1, 200L, US_2, 180L, AP_1, 90L)));
        assertThat(names()).containsExactly("ap", "us");
        clocks = Optional.of(report(Map.of(US_1, 200L, US_2, 20L, AP_1, 90L)));
        assertThat(names()).as("by the nearest node of each").containsExactly("us", "ap");
    }

    private List<String> names() {
        return distant.get().stream().map(HeardDataCenter::dataCenter).toList();
    }

    private static ClockReport report(Map<NodeId, Long> roundTripMillis) {
        TreeMap<NodeId, Skew> skews = new TreeMap<>();
        roundTripMillis.forEach((node, millis) -> skews.put(node, new Skew(0, millis)));
        return new ClockReport(SELF, 1_000, 0, ClockReport.Verdict.RIGHT, skews);
    }
}
