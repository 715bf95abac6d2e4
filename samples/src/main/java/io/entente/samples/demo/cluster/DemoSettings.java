package io.entente.samples.demo.cluster;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import io.entente.cluster.settings.Address;
import io.entente.cluster.settings.EntenteSettings;
import io.entente.core.message.ReplicationMode;
import io.entente.samples.demo.story.Stories;
import io.entente.samples.terminal.FailureException;
import io.entente.samples.terminal.MisuseException;
import io.entente.samples.terminal.ModeOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What a demo is started with.
 *
 * @param base the settings that all nodes share
 * @param latency the one-way delay of Entente's messages between data centers
 * @param firstHttpPort the first node's HTTP port; the next nodes take the next ones
 * @param nodesPerDataCenter how many nodes each data center has, 1 to {@value #MOST_NODES}
 */
public record DemoSettings(EntenteSettings base, Duration latency, int firstHttpPort, int nodesPerDataCenter) {

    /** The most nodes of a data center: all run in this process. */
    public static final int MOST_NODES = 5;

    private static final int HIGHEST_PORT = 65_535;

    /** A map for each of a few mergeable types, so that they can be tried without a configuration. */
    private static final Config MERGEABLE_MAPS = ConfigFactory.parseString("""
            entente.maps {
              counters.type = counter
              flags.type = flag
              sets.type = add-wins-set
              registers.type = multi-value-register
              documents.type = map
            }
            """);

    /**
     * The settings from a configuration and the options of the command line: the name of another mode, if any; port 0 stands for free ones.
     *
     * @throws MisuseException when the nodes' ports don't fit below 65,536
     * @throws FailureException when one of them is taken
     */
    public static DemoSettings of(
            Config application, Optional<String> mode, Duration latency, int firstHttpPort, int nodesPerDataCenter) {
        int count = DemoCluster.DATA_CENTERS.size() * nodesPerDataCenter;
        int first = firstHttpPort == 0 ? Ports.freeInARow(count) : firstHttpPort;
        int last = first + count - 1;
        if (last > HIGHEST_PORT) {
            throw new MisuseException("--http-port " + first
                    + " leaves no ports for the other nodes, which take the next ones: give at most "
                    + (HIGHEST_PORT - count + 1));
        }
        for (int port = first; port <= last; port++) {
            if (!Ports.isFree(port)) {
                throw new FailureException(
                        "port " + port + " for HTTP is in use: choose others with --http-port, 0 for free ones");
            }
        }
        return new DemoSettings(base(application, mode, nodesPerDataCenter), latency, first, nodesPerDataCenter);
    }

    /** With the maps that stories are about, where these can be played: maps have homes and numbers of copies that don't fit other demos. */
    private static EntenteSettings base(Config application, Optional<String> mode, int nodesPerDataCenter) {
        EntenteSettings plain = EntenteSettings.load(application.withFallback(MERGEABLE_MAPS));
        ReplicationMode initial = mode.map(
                        name -> ModeOption.of(name, plain.replication().mode()))
                .orElse(plain.replication().mode().initial());
        EntenteSettings all = isForStories(initial, nodesPerDataCenter)
                ? EntenteSettings.load(Stories.withMaps(application).withFallback(MERGEABLE_MAPS))
                : plain;
        return mode.isPresent() ? all.withMode(initial) : all;
    }

    private static boolean isForStories(ReplicationMode initial, int nodesPerDataCenter) {
        return nodesPerDataCenter == 1 && initial.equals(ReplicationMode.multiLeader());
    }

    /** Whether the maps that stories are about are among those configured. */
    boolean hasStoriesMaps() {
        return isForStories(base.replication().mode().initial(), nodesPerDataCenter);
    }

    /** Who the nodes are, data center by data center. */
    List<DemoNode.Identity> nodes() {
        List<DemoNode.Identity> nodes = new ArrayList<>();
        for (String dataCenter : DemoCluster.DATA_CENTERS) {
            for (int number = 1; number <= nodesPerDataCenter; number++) {
                nodes.add(new DemoNode.Identity(dataCenter + "-" + number, dataCenter, firstHttpPort + nodes.size()));
            }
        }
        return nodes;
    }

    /** The settings of one node, with the contacts by which it finds the cluster. */
    EntenteSettings of(DemoNode.Identity node, DemoPorts ports, List<String> contacts, DemoDirectory directory) {
        List<Address> seeds = new ArrayList<>();
        contacts.forEach(contact -> seeds.add(new Address(Ports.HOST, ports.of(contact))));
        return base.withName(node.name())
                .withDataCenter(node.dataCenter())
                .withHost(Ports.HOST)
                .withPort(ports.of(node.name()))
                .withSeeds(seeds)
                .withFoundingWait(Duration.ZERO)
                .withHttpPort(node.httpPort())
                .withData(directory.node(node.name()))
                .withMembers(nodes().stream()
                        .map(member -> member.dataCenter() + "/" + member.name())
                        .toList())
                .withFaultInjection(true)
                .withLatency(latency);
    }
}
