package io.entente.core.simulation;

import io.entente.core.journal.JournalLimits;
import io.entente.core.message.NodeId;
import io.entente.core.replica.Limits;
import io.entente.core.replica.ReplicaSettings;
import io.entente.core.replica.Retention;
import io.entente.core.replica.Timing;
import io.entente.core.topology.Topology;
import io.entente.core.topology.TopologyPlan;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * The conditions of one history, all drawn from its seed.
 *
 * @param seed the seed
 * @param nodes the nodes, mostly each in a data center of its own; the first one founds the cluster
 * @param membersNamed whether configuration names the members, so that deletions can be purged
 * @param limits the replicas' bounds, mostly tiny, so that every path is taken
 * @param timing the replicas' intervals
 * @param tickNanos how often a replica is told the time
 * @param weather what the network does to messages
 * @param trouble what else goes wrong
 * @param load what clients do
 * @param topology how the data centers are linked
 */
record Scenario(
        long seed,
        List<NodeId> nodes,
        boolean membersNamed,
        Limits limits,
        Timing timing,
        long tickNanos,
        Weather weather,
        Trouble trouble,
        Load load,
        TopologyPlan topology) {

    /** Journals' bounds are drawn apart, so that they leave the rest of a seed's history as it was. */
    private static final long JOURNAL_SALT = 0x6a6f_7572_6e61_6c00L;

    private static final List<NodeId> ALL = List.of(
            new NodeId("eu", "eu-1"),
            new NodeId("us", "us-1"),
            new NodeId("ap", "ap-1"),
            new NodeId("sa", "sa-1"),
            new NodeId("af", "af-1"));

    /** Nothing is ever too old or too much, and what all have is kept as well. */
    private static final Retention KEEPING_ALL =
            new Retention(Duration.ofDays(10_000), Long.MAX_VALUE, Duration.ofDays(10_000));

    /** With less, a snapshot takes longer over a slow link than the log goes on reaching back to it. */
    private static final long LEAST_CREDIT_BYTES = 4_000;

    /** The same: a record has some kilobytes, and parts that overtake each other are asked for again. */
    private static final int LEAST_MESSAGE_BYTES = 300;

    /** Where there are more nodes in one data center, the others stand in. */
    private static final int HOMES = 3;

    /** Where clients ask for quorums they ask often: the history is long enough all the same. */
    /** Beside losses little goes wrong: a merge has to go on for as long as the other node is away. */
    private static final long LOSING_NANOS = 30_000_000_000L;

    private static final int LOSING_EVERY_MILLIS = 20_000;

    /** Voters change step by step, and what comes of it shows after that. */
    private static final long LONGER_NANOS = 2_500_000_000L;

    private static final long MOST_LEADERLESS_NANOS = 6_000_000_000L;

    /**
     * What the network does.
     *
     * @param loss the probability that a message is lost
     * @param duplication the probability that it arrives twice
     * @param staleness the probability that it arrives very late
     * @param corruption the probability that a bit of an entry in it is flipped
     * @param delayMillis the usual delay at most
     */
    record Weather(double loss, double duplication, double staleness, double corruption, int delayMillis) {

        /** How long a message lives at most. */
        long packetLifeNanos() {
            return staleness > 0 ? Network.PACKET_LIFE_NANOS : delayMillis * 1_000_000L;
        }

        Weather calm() {
            return new Weather(0, 0, 0, 0, Math.min(delayMillis, 30));
        }
    }

    /**
     * What goes wrong beside the network's weather.
     *
     * @param nanos how long faults and clients go on
     * @param everyMillis the time between two faults at most
     * @param dataLoss the probability that a node that crashes loses data
     * @param lateStart the probability that a node is first started late
     * @param gone whether one node, if the others can do without it, never comes back
     */
    record Trouble(long nanos, int everyMillis, double dataLoss, double lateStart, boolean gone) {}

    /**
     * What clients do.
     *
     * @param keys how many keys there are; few, so that writes conflict
     * @param sessions how many clients there are
     * @param everyMillis the time between two requests of a client at most
     * @param deletions the share of deletions among the writes
     */
    record Load(int keys, int sessions, int everyMillis, double deletions) {}

    static Scenario of(long seed, Chance chance) {
        int nodes = chance.oneOf(List.of(2, 3, 3, 3, 4, 4, 5));
        long heartbeat = chance.between(80, 250);
        Timing timing = new Timing(
                Duration.ofMillis(heartbeat),
                Duration.ofMillis(heartbeat * chance.between(3, 6)),
                Duration.ofMillis(chance.between(100, 600)),
                Duration.ofMillis(chance.between(200, 800)),
                Duration.ofMillis(chance.between(0, 2_000)));
        return new Scenario(
                seed,
                ALL.subList(0, nodes),
                chance.of(0.75),
                limits(chance, journal(new Chance(seed ^ JOURNAL_SALT))),
                timing,
                chance.millis(20, 80),
                weather(chance),
                trouble(chance),
                new Load(
                        chance.between(1, 4),
                        chance.between(1, 4),
                        chance.magnitude(30, 500),
                        chance.of(0.4) ? 0.6 : 0.3),
                TopologyPlan.allToAll());
    }

    /** The first so many nodes there can be, each in a data center of its own. */
    static List<NodeId> nodes(int count) {
        return ALL.subList(0, count);
    }

    /** A scenario in which nothing goes wrong of itself: the network may only be slow. */
    static Scenario calm(long seed, Chance chance, List<NodeId> nodes, TopologyPlan plan) {
        Scenario any = of(seed, chance);
        return new Scenario(
                seed,
                nodes,
                any.membersNamed,
                any.limits,
                any.timing,
                any.tickNanos,
                any.weather.calm(),
                new Trouble(0, 1, 0, 0, false),
                new Load(3, 2, 60, 0.3),
                plan);
    }

    /** The same scenario with one to three data centers of one to three nodes each, one of them at least of several. */
    Scenario withSeveralNodes(Chance chance) {
        List<NodeId> several = new ArrayList<>();
        int dataCenters = chance.oneOf(List.of(1, 2, 2, 2, 3));
        for (int i = 0; i < dataCenters; i++) {
            String name = ALL.get(i).dataCenter();
            int count = i == 0 ? chance.between(2, 3) : chance.between(1, dataCenters == 2 ? 3 : 2);
            for (int n = 1; n <= count; n++) {
                several.add(new NodeId(name, name + "-" + n));
            }
        }
        TopologyPlan plan = chance.of(0.7) ? TopologyPlan.allToAll() : new TopologyPlan.Tree();
        return new Scenario(seed, several, membersNamed, limits, timing, tickNanos, weather, trouble, load, plan);
    }

    /** The same scenario with logs that are truncated, now and then far behind what others lack. */
    Scenario truncating(Chance chance) {
        Retention retention = new Retention(
                Duration.ofMillis(chance.of(0.5) ? chance.magnitude(50, 20_000) : 10_000_000_000L),
                chance.of(0.5) ? chance.magnitude(100, 50_000) : Long.MAX_VALUE,
                Duration.ofMillis(chance.magnitude(20, 3_000)));
        return truncating(chance, retention);
    }

    private Scenario truncating(Chance chance, Retention retention) {
        Limits truncating = new Limits(
                Math.max(LEAST_CREDIT_BYTES, limits.creditBytes()),
                Math.max(LEAST_MESSAGE_BYTES, limits.messageBytes()),
                limits.tailBytes(),
                limits.earlyBytes(),
                limits.cacheBytes(),
                limits.waitingRequests(),
                limits.siblings(),
                limits.purgesPerTick(),
                limits.journal(),
                chance.between(1, 3),
                retention);
        return new Scenario(seed, nodes, membersNamed, truncating, timing, tickNanos, weather, trouble, load, topology);
    }

    /** The same with short logs, two named members, more keys, and disks that lose data as a rule when their nodes crash. */
    Scenario losing(Chance chance) {
        Retention shortly = new Retention(
                Duration.ofDays(100), chance.magnitude(100, 3_000), Duration.ofMillis(chance.magnitude(20, 200)));
        Scenario base = truncating(chance, shortly);
        Trouble losses = new Trouble(
                LOSING_NANOS,
                LOSING_EVERY_MILLIS,
                Math.max(0.6, trouble.dataLoss()),
                trouble.lateStart(),
                trouble.gone());
        return new Scenario(
                seed,
                Scenario.nodes(2),
                true,
                base.limits,
                timing,
                tickNanos,
                weather,
                losses,
                new Load(chance.between(20, 40), load.sessions(), load.everyMillis(), load.deletions()),
                TopologyPlan.allToAll());
    }

    /**
     * The same scenario with three to five copies in one to three data centers, and calmer clients beside those that ask for quorums. Where
     * members are not named, who lost data catches up with one peer only, which no quorum can rest on: so then nobody does.
     */
    Scenario leaderless(Chance chance) {
        List<NodeId> spread =
                chance.of(0.5) ? Scenario.nodes(chance.oneOf(List.of(3, 3, 4, 5))) : withSeveralNodes(chance).nodes;
        Trouble sure = new Trouble(
                Math.min(trouble.nanos(), MOST_LEADERLESS_NANOS),
                Math.min(trouble.everyMillis(), 1_000),
                membersNamed ? trouble.dataLoss() : 0,
                trouble.lateStart(),
                trouble.gone());
        Load calm = new Load(load.keys(), 1, 500, load.deletions());
        return new Scenario(
                seed, spread, membersNamed, limits, timing, tickNanos, weather, sure, calm, TopologyPlan.allToAll());
    }

    /** The same with one or two nodes that stand in for the three homes of a data center, and at times another home elsewhere. */
    Scenario sloppy(Chance chance) {
        List<NodeId> more = new ArrayList<>();
        for (int n = 1; n <= HOMES + chance.between(1, 2); n++) {
            more.add(new NodeId("eu", "eu-" + n));
        }
        if (chance.of(0.3)) {
            more.add(ALL.get(1));
        }
        Scenario strict = leaderless(chance);
        return new Scenario(
                seed,
                more,
                membersNamed,
                limits,
                timing,
                tickNanos,
                weather,
                strict.trouble,
                strict.load,
                TopologyPlan.allToAll());
    }

    /** Whether a node is no home of the partition. */
    boolean standsIn(NodeId node) {
        List<NodeId> there = nodes.stream()
                .filter(other -> other.dataCenter().equals(node.dataCenter()))
                .toList();
        return there.indexOf(node) >= HOMES;
    }

    /**
     * The same scenario with three to five copies that are all members, so that they elect leaders, and calmer clients beside those of the
     * leader. All come back in the end.
     */
    Scenario led(Chance chance) {
        List<NodeId> spread =
                chance.of(0.7) ? Scenario.nodes(chance.oneOf(List.of(3, 3, 3, 5))) : withSeveralNodes(chance).nodes;
        Trouble all = new Trouble(
                chance.millis(2_500, 5_500),
                chance.between(1_500, 8_000),
                trouble.dataLoss(),
                trouble.lateStart() / 4,
                false);
        Load calm = new Load(load.keys(), 1, 1_000, load.deletions());
        long heartbeat = chance.between(60, 150);
        Timing quick = new Timing(
                Duration.ofMillis(heartbeat),
                Duration.ofMillis(heartbeat * chance.between(2, 4)),
                timing.reroute(),
                timing.stall(),
                timing.maxClockDrift());
        return new Scenario(
                seed, spread, true, limits, quick, chance.millis(30, 60), weather, all, calm, TopologyPlan.allToAll());
    }

    /** The same with more copies, so that not all of them need to vote. */
    Scenario voting(Chance chance) {
        Scenario led = led(chance);
        List<NodeId> spread = Scenario.nodes(chance.oneOf(List.of(3, 4, 5, 5, 5)));
        Weather often = chance.of(0.6) ? weather.calm() : weather;
        Trouble longer = new Trouble(
                led.trouble.nanos + LONGER_NANOS,
                led.trouble.everyMillis,
                led.trouble.dataLoss,
                led.trouble.lateStart,
                false);
        return new Scenario(seed, spread, true, limits, led.timing, led.tickNanos, often, longer, led.load, topology);
    }

    /** Whether a data center has more than one node, so that one leads and others follow. */
    boolean hasFollowers() {
        return nodes.stream().map(NodeId::dataCenter).distinct().count() < nodes.size();
    }

    /** The same scenario on other links. */
    Scenario on(TopologyPlan plan) {
        return new Scenario(seed, nodes, membersNamed, limits, timing, tickNanos, weather, trouble, load, plan);
    }

    /** The links of all nodes. */
    Topology links() {
        Set<String> dataCenters = new TreeSet<>();
        nodes.forEach(node -> dataCenters.add(node.dataCenter()));
        return topology.over(dataCenters);
    }

    private static Trouble trouble(Chance chance) {
        return new Trouble(
                chance.millis(3_000, 12_000),
                chance.magnitude(100, 4_000),
                chance.oneOf(List.of(0.0, 0.3, 0.6)),
                chance.of(0.3) ? 0.5 : 0.1,
                chance.of(0.15));
    }

    private static Limits limits(Chance chance, JournalLimits journal) {
        return new Limits(
                chance.magnitude(50, 20_000),
                chance.magnitude(40, 4_000),
                chance.magnitude(1, 20_000),
                chance.magnitude(1, 20_000),
                chance.magnitude(1, 10_000),
                chance.magnitude(2, 50),
                chance.between(2, 8),
                chance.magnitude(1, 50),
                journal,
                1,
                KEEPING_ALL);
    }

    private static JournalLimits journal(Chance chance) {
        return new JournalLimits(
                chance.magnitude(1, 60),
                chance.magnitude(100, 20_000),
                chance.between(1, 10),
                chance.magnitude(1, 100));
    }

    private static Weather weather(Chance chance) {
        return new Weather(
                chance.of(0.4) ? 0.2 * chance.magnitude(1, 100) / 100 : 0,
                chance.of(0.5) ? 0.15 : 0.01,
                chance.of(0.5) ? 0.05 : 0,
                chance.of(0.3) ? 0.05 : 0,
                chance.magnitude(2, 150));
    }

    /** The settings of the replica at that node. */
    ReplicaSettings settingsOf(NodeId node) {
        Set<String> members = new TreeSet<>();
        if (membersNamed) {
            nodes.forEach(each -> members.add(each.node()));
        }
        return new ReplicaSettings(node, 0, members, topology, timing, limits);
    }
}
