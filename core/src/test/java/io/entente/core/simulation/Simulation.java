package io.entente.core.simulation;

import static io.entente.core.simulation.Violation.unless;

import io.entente.conflict.version.VersionVector;
import io.entente.core.message.NodeId;
import io.entente.core.record.RecordKey;
import io.entente.core.replica.Salvage;
import io.entente.core.topology.TopologyPlan;
import java.time.Duration;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;

/**
 * One history: a whole cluster in one thread, under one seed.
 *
 * <p>First clients work while faults strike; then faults end, but for links cut for good, and everybody has to come to have
 * everything; then each node has to accept one more write and bring it everywhere, and where members are named every deletion
 * must leave nothing.
 */
final class Simulation {

    private static final long TIME_TO_HEAL_NANOS = 120_000_000_000L;
    private static final long LOOK_EVERY_NANOS = 100_000_000L;

    /** Of so many histories with leaders, or with quorums, one is brought to rest. */
    private static final int A_REST_IN = 10;

    /** After all faults so many may come to lead, one after the other: one that leads, and one that was standing already. */
    private static final int MOST_LAST_LEADERS = 2;

    /** Sources that nothing is wanted of any more have been told so by then. */
    private static final long TIME_TO_STOP_NANOS = 500_000_000L;

    private final World world;
    private final Chance chance;
    private final Faults faults;
    private final Optional<Relinking> relinking;
    private final Optional<Operating> operating;
    private final Optional<Verifying> verifying;
    private final Optional<QuorumClients> quorumClients;
    private final Optional<Retiring> retiring;
    private final Optional<LossAmidMerge> losses;
    private final Optional<LeaderClients> leaderClients;
    private final Optional<VoterChanges> voterChanges;

    /** Whether all that this history is for has been judged when its faults end. */
    private final boolean isJudgedAmidFaults;

    private List<SimulatedNode> expected = List.of();
    private Set<Network.Link> cutForGood = Set.of();

    private Simulation(
            long seed,
            UnaryOperator<Scenario> change,
            Extra extra,
            Surgery surgery,
            Optional<Consumer<String>> listener) {
        chance = new Chance(seed);
        Scenario scenario = change.apply(Scenario.of(seed, chance.split()));
        world = new World(scenario, chance.split(), surgery, listener);
        boolean quorums = extra == Extra.QUORUMS || extra == Extra.SLOPPY;
        boolean voting = extra == Extra.VOTERS;
        boolean led = extra == Extra.LEADERS || voting;
        isJudgedAmidFaults = led || extra == Extra.QUORUMS;
        faults = new Faults(world, chance.split(), quorums || led || scenario.hasFollowers());
        if (led) {
            faults.waitNoLongerThanMessagesLive();
            faults.letOneLoseAtATime();
        }
        leaderClients = led ? Optional.of(new LeaderClients(world, faults, chance.split())) : Optional.empty();
        voterChanges = voting ? Optional.of(new VoterChanges(world, faults, chance.split())) : Optional.empty();
        relinking = extra == Extra.RELINKING ? Optional.of(new Relinking(world, chance.split())) : Optional.empty();
        operating = extra.operates ? Optional.of(new Operating(world, chance.split())) : Optional.empty();
        verifying = extra.verifies ? Optional.of(verifying(extra)) : Optional.empty();
        quorumClients = quorums
                ? Optional.of(new QuorumClients(world, chance.split(), extra == Extra.SLOPPY))
                : Optional.empty();
        retiring =
                extra == Extra.RETIRING ? Optional.of(new Retiring(world, faults, chance.split())) : Optional.empty();
        losses = extra == Extra.LOSING
                ? Optional.of(new LossAmidMerge(world, faults, chance.split()))
                : Optional.empty();
    }

    /** What there is in a history beside the usual. */
    enum Extra {
        NONE(false, false),
        RELINKING(false, false),
        OPERATING(true, false),
        RETIRING(true, false),
        VERIFYING(true, true),
        ROTTING(true, true),
        QUORUMS(false, false),
        SLOPPY(false, false),
        LOSING(true, false),
        LEADERS(false, false),
        VOTERS(false, false);

        private final boolean operates;
        private final boolean verifies;

        Extra(boolean operates, boolean verifies) {
            this.operates = operates;
            this.verifies = verifies;
        }
    }

    private Verifying verifying(Extra extra) {
        if (extra == Extra.ROTTING && world.nodes().size() > 2) {
            world.rots(Rot.somewhere(world, chance.split()));
        }
        Verifying comparing = new Verifying(world, chance.split(), world.rot());
        world.onVerified(comparing::answered);
        return comparing;
    }

    /** What a history was like. */
    record Outcome(long traceHash, long events, int writes, long healNanos, Tally tally) {}

    /** Runs the history of a seed; throws an {@link AssertionError} that names the seed when a law is broken. */
    static Outcome run(long seed) {
        return named("seed " + seed + " (replay it with -Dseed=" + seed + ")", () -> run(seed, Surgery.NONE));
    }

    private static Outcome named(String name, Supplier<Outcome> history) {
        try {
            return history.get();
        } catch (RuntimeException broken) {
            throw new AssertionError(name + ": " + broken, broken);
        }
    }

    /** Runs the history of a seed on other links than all-to-all. */
    static Outcome run(long seed, TopologyPlan plan) {
        return named(
                "seed " + seed + " on " + plan,
                () -> new Simulation(seed, any -> any.on(plan), Extra.NONE, Surgery.NONE, Optional.empty()).run());
    }

    /** Runs the history of a seed in data centers of several nodes. */
    static Outcome runSeveral(long seed) {
        return named(
                "seed " + seed + " with several nodes a data center (replay it with -Dseed=" + seed + ")",
                () -> runSeveral(seed, Surgery.NONE));
    }

    /** Runs the history of a seed in data centers of several nodes, operated on. */
    static Outcome runSeveral(long seed, Surgery surgery) {
        return new Simulation(seed, severalNodes(seed), Extra.NONE, surgery, Optional.empty()).run();
    }

    /** Runs the history of a seed in data centers of several nodes, and tells everything that happens. */
    static Outcome tellSeveral(long seed, Consumer<String> listener) {
        return new Simulation(seed, severalNodes(seed), Extra.NONE, Surgery.NONE, Optional.of(listener)).run();
    }

    private static UnaryOperator<Scenario> severalNodes(long seed) {
        return any -> any.withSeveralNodes(new Chance(~seed));
    }

    /** Runs the history of a seed on operated nodes; throws a {@link Violation} when a law is broken. */
    static Outcome run(long seed, Surgery surgery) {
        return new Simulation(seed, UnaryOperator.identity(), Extra.NONE, surgery, Optional.empty()).run();
    }

    /** Runs the history of a seed and tells everything that happens. */
    static Outcome tell(long seed, Surgery surgery, Consumer<String> listener) {
        return new Simulation(seed, UnaryOperator.identity(), Extra.NONE, surgery, Optional.of(listener)).run();
    }

    /** Runs the history of a seed while the data centers are linked anew again and again. */
    static Outcome runRelinked(long seed, Surgery surgery) {
        return named(
                "seed " + seed + " (replay it with -Dseed=" + seed + ")",
                () -> new Simulation(seed, UnaryOperator.identity(), Extra.RELINKING, surgery, Optional.empty()).run());
    }

    /** Runs the same history and tells everything that happens. */
    static Outcome tellRelinked(long seed, Consumer<String> listener) {
        return new Simulation(seed, UnaryOperator.identity(), Extra.RELINKING, Surgery.NONE, Optional.of(listener))
                .run();
    }

    /** Runs the history of a seed in which clients also operate on mergeable values. */
    static Outcome runOperated(long seed, Surgery surgery) {
        return new Simulation(seed, UnaryOperator.identity(), Extra.OPERATING, surgery, Optional.empty()).run();
    }

    /** Runs the history of a seed in which logs are truncated, so that who was away joins a snapshot; clients operate on values, too. */
    static Outcome runTruncated(long seed) {
        return named(
                "seed " + seed + " with truncated logs (replay it with -Dseed=" + seed + ")",
                () -> runTruncated(seed, Surgery.NONE, Optional.empty()));
    }

    /** Runs the same history on operated nodes, or tells everything that happens. */
    static Outcome runTruncated(long seed, Surgery surgery, Optional<Consumer<String>> listener) {
        UnaryOperator<Scenario> truncating = any -> any.truncating(new Chance(seed * 31));
        return new Simulation(seed, truncating, Extra.OPERATING, surgery, listener).run();
    }

    /** Runs the history of a seed with truncated logs in which disks lose what another node is merging. */
    static Outcome runLosing(long seed) {
        return named(
                "seed " + seed + " with losses amid merges (replay it with -Dlosing.seed=" + seed + ")",
                () -> runLosing(seed, Surgery.NONE, Optional.empty()));
    }

    /** Runs the same history on operated nodes, or tells everything that happens. */
    static Outcome runLosing(long seed, Surgery surgery, Optional<Consumer<String>> listener) {
        UnaryOperator<Scenario> losing = any -> any.losing(new Chance(seed * 43));
        return new Simulation(seed, losing, Extra.LOSING, surgery, listener).run();
    }

    /** Runs the history of a seed in which replicas compare their records; with disks that change rows, or with truncated logs. */
    static Outcome runVerified(long seed, boolean rotting, Surgery surgery, Optional<Consumer<String>> listener) {
        UnaryOperator<Scenario> change = any -> rotting || seed % 2 == 0 ? any : any.truncating(new Chance(seed * 31));
        return new Simulation(seed, change, rotting ? Extra.ROTTING : Extra.VERIFYING, surgery, listener).run();
    }

    /** Runs the history of a seed in which clients ask for quorums at any node, and nodes pause. */
    static Outcome runQuorums(long seed) {
        return named(
                "seed " + seed + " with quorums (replay it with -Dseed=" + seed + ")",
                () -> runQuorums(seed, Surgery.NONE, Optional.empty()));
    }

    /** Runs the same history on operated nodes, or tells everything that happens. */
    static Outcome runQuorums(long seed, Surgery surgery, Optional<Consumer<String>> listener) {
        UnaryOperator<Scenario> leaderless = any -> any.leaderless(new Chance(seed * 37));
        return new Simulation(seed, leaderless, Extra.QUORUMS, surgery, listener).run();
    }

    /** Runs the history of a seed in which nodes stand in for homes that can't be heard. */
    static Outcome runSloppy(long seed) {
        return named(
                "seed " + seed + " with sloppy quorums (replay it with -Dsloppy.seed=" + seed + ")",
                () -> runSloppy(seed, Surgery.NONE, Optional.empty()));
    }

    /** Runs the same history on operated nodes, or tells everything that happens. */
    static Outcome runSloppy(long seed, Surgery surgery, Optional<Consumer<String>> listener) {
        UnaryOperator<Scenario> sloppy = any -> any.sloppy(new Chance(seed * 41));
        return new Simulation(seed, sloppy, Extra.SLOPPY, surgery, listener).run();
    }

    /** Runs the history of a seed in which nodes are retired, of which some come back, and logs are truncated. */
    static Outcome runRetiring(long seed) {
        return named(
                "seed " + seed + " with retired nodes (replay it with -Dseed=" + seed + ")",
                () -> runRetiring(seed, Surgery.NONE, Optional.empty()));
    }

    /** Runs the same history on operated nodes, or tells everything that happens. */
    static Outcome runRetiring(long seed, Surgery surgery, Optional<Consumer<String>> listener) {
        UnaryOperator<Scenario> change = any -> seed % 2 == 0 ? any : any.truncating(new Chance(seed * 31));
        return new Simulation(seed, change, Extra.RETIRING, surgery, listener).run();
    }

    /** Runs the history of a seed in which a leader is to lead, by whichever mode and election, and nodes pause. */
    static Outcome runLed(long seed) {
        return named(
                "seed " + seed + " with leaders (replay it with -Dseed=" + seed + ")",
                () -> runLed(seed, Surgery.NONE, Optional.empty()));
    }

    /** Runs the same history on operated nodes, or tells everything that happens. */
    static Outcome runLed(long seed, Surgery surgery, Optional<Consumer<String>> listener) {
        UnaryOperator<Scenario> led = any -> any.led(new Chance(seed * 41));
        return new Simulation(seed, led, Extra.LEADERS, surgery, listener).run();
    }

    /** Runs the history of a seed in which a leader is to lead while those change who elect it. */
    static Outcome runVoting(long seed) {
        return named(
                "seed " + seed + " with voters that change (replay it with -Dvoters.seed=" + seed + ")",
                () -> runVoting(seed, Surgery.NONE, Optional.empty()));
    }

    /** Runs the same history on operated nodes, or tells everything that happens. */
    static Outcome runVoting(long seed, Surgery surgery, Optional<Consumer<String>> listener) {
        UnaryOperator<Scenario> voting = any -> any.voting(new Chance(seed * 47));
        return new Simulation(seed, voting, Extra.VOTERS, surgery, listener).run();
    }

    /** Runs the same history and tells everything that happens. */
    static Outcome tellOperated(long seed, Consumer<String> listener) {
        return new Simulation(seed, UnaryOperator.identity(), Extra.OPERATING, Surgery.NONE, Optional.of(listener))
                .run();
    }

    private Outcome run() {
        world.trace().note(world.scenario().seed(), () -> world.scenario().toString());
        faults.begin();
        relinking.ifPresent(Relinking::begin);
        operating.ifPresent(Operating::begin);
        verifying.ifPresent(Verifying::begin);
        quorumClients.ifPresent(QuorumClients::begin);
        retiring.ifPresent(Retiring::begin);
        losses.ifPresent(LossAmidMerge::begin);
        leaderClients.ifPresent(LeaderClients::begin);
        voterChanges.ifPresent(VoterChanges::begin);
        world.clients().begin();
        world.schedule().runUntil(world.scenario().trouble().nanos());
        world.clients().end();
        operating.ifPresent(Operating::end);
        verifying.ifPresent(Verifying::end);
        quorumClients.ifPresent(QuorumClients::end);
        losses.ifPresent(LossAmidMerge::end);
        leaderClients.ifPresent(LeaderClients::end);
        voterChanges.ifPresent(VoterChanges::end);
        leaderClients.ifPresent(LeaderClients::judge);
        if (isOverWithFaults()) {
            return judgedByThen();
        }
        Scenario last = relinking.map(Relinking::end).map(world.scenario()::on).orElse(world.scenario());
        boolean allThere = retiring.isPresent() || world.rot().hasBegun();
        Optional<NodeId> gone = allThere ? Optional.empty() : faults.dispensable(last.links());
        Set<NodeId> retired = retiring.map(Retiring::gone).orElse(Set.of());
        cutForGood = world.rot().hasBegun() || retired.size() > 1 || leaderClients.isPresent()
                ? Set.of()
                : CutLinks.leavingConnected(last, gone.or(() -> retired.stream().findFirst()), chance);
        faults.end(cutForGood, gone);
        retiring.ifPresent(Retiring::end);
        expected = world.nodes().stream()
                .filter(node -> !node.id().equals(gone.orElse(null)) && !retired.contains(node.id()))
                .toList();
        voterChanges.ifPresent(this::settleOnVoters);
        leaderClients.ifPresent(this::comeToRest);
        if (voterChanges.isPresent() && !isToRest()) {
            return judgedByThen();
        }
        converge("after the faults");
        long healNanos =
                world.schedule().nowNanos() - world.scenario().trouble().nanos();
        requireNothingLost();
        retiring.ifPresent(any -> requireSalvageable());
        countWhatShows(gone);
        Duration timeout = Duration.ofSeconds(60);
        if (relinking.isPresent()) {
            pass(Relinking.SPREAD_NANOS);
        }
        expected.forEach(node -> world.clients().probe(node, timeout));
        converge("after a last write at each node");
        if (verifying.isPresent()) {
            verifying.get().mend();
            converge("after everything was compared");
        }
        if (quorumClients.isPresent()) {
            expected.stream().filter(this::reachesQuorum).forEach(quorumClients.get()::probe);
            converge("after a last read by quorum at each node");
        }
        pass(TIME_TO_STOP_NANOS);
        world.network().agreed(last.links());
        expected.forEach(node -> world.clients().probe(node, timeout));
        SimulatedNode deleting = chance.oneOf(expected);
        world.clients().deleteAll(deleting, timeout);
        operating.ifPresent(operations -> operations.resetAll(deleting, timeout));
        converge("after a last deletion");
        Ledger ledger = world.judge().ledger();
        return new Outcome(
                world.trace().hash(), world.trace().events(), ledger.all().size(), healNanos, world.tally());
    }

    /** What clients are told is judged by then; of the rest of a history, which takes longer than all before, some are enough. */
    private boolean isOverWithFaults() {
        boolean mustComeToVote = voterChanges.isPresent() && world.surgery().isConcernJudged();
        return isJudgedAmidFaults && !isToRest() && !mustComeToVote;
    }

    private boolean isToRest() {
        return world.surgery().isConcernJudged() && world.scenario().seed() % A_REST_IN == 0;
    }

    private Outcome judgedByThen() {
        return new Outcome(world.trace().hash(), world.trace().events(), 0, 0, world.tally());
    }

    /** There comes to be a leader, who answers; then everybody originates again. What clients were told must fit into one order. */
    private void comeToRest(LeaderClients clients) {
        LastReads reads = clients.lastReads();
        for (int leaders = 0; leaders == 0 || !reads.areDone(); leaders++) {
            unless(
                    leaders < MOST_LAST_LEADERS,
                    Law.LIVENESS,
                    () -> "one leader comes after the other, without a fault");
            await(
                    "a leader",
                    () -> world.clients().allAnswered()
                            && clients.whatIsMissing().isEmpty(),
                    clients.isManual() ? clients::help : () -> {},
                    clients::whatIsMissing);
            reads.ask();
            await("answers", () -> world.clients().allAnswered(), () -> {}, () -> "a request has no answer");
        }
        clients.judge();
        await("many leaders", clients::isReleased, clients::release, clients::whatIsMissing);
    }

    /** Those come to vote who are to in the end, whatever was asked for before. */
    private void settleOnVoters(VoterChanges voters) {
        voters.askForLast();
        await("the last voters", () -> voters.whatIsMissing().isEmpty(), voters::askForLast, voters::whatIsMissing);
    }

    /** Waits for something to come by itself or, where it hasn't come for long, by a hand that helps. */
    private void await(String what, BooleanSupplier isThere, Runnable help, Supplier<String> missing) {
        long start = world.schedule().nowNanos();
        for (int looks = 1; world.schedule().nowNanos() - start < TIME_TO_HEAL_NANOS; looks++) {
            if (isThere.getAsBoolean()) {
                return;
            }
            pass(LOOK_EVERY_NANOS);
            if (looks % 100 == 0) {
                help.run();
            }
        }
        throw new Violation(Law.LIVENESS, "waiting for " + what + ": " + missing.get());
    }

    /** Whether the node reaches more than half of all homes itself: nobody passes on what a copy is asked for. */
    private boolean reachesQuorum(SimulatedNode asking) {
        long reached = expected.stream()
                .filter(node -> !world.scenario().standsIn(node.id()))
                .filter(node -> !cutForGood.contains(new Network.Link(asking.id(), node.id()))
                        && !cutForGood.contains(new Network.Link(node.id(), asking.id())))
                .count();
        long homes = world.scenario().nodes().stream()
                .filter(node -> !world.scenario().standsIn(node))
                .count();
        return 2 * reached > homes;
    }

    private void pass(long nanos) {
        world.schedule().runUntil(world.schedule().nowNanos() + nanos);
    }

    private void converge(String when) {
        long start = world.schedule().nowNanos();
        String missing = "";
        while (world.schedule().nowNanos() - start < TIME_TO_HEAL_NANOS) {
            world.schedule().runUntil(world.schedule().nowNanos() + LOOK_EVERY_NANOS);
            missing = whatIsMissing();
            if (missing.isEmpty()) {
                checkEverything();
                return;
            }
        }
        throw new Violation(Law.LIVENESS, when + ": " + missing);
    }

    /** What keeps the cluster from being whole and at rest; empty when it is. */
    private String whatIsMissing() {
        VersionVector first = VersionVector.empty();
        for (SimulatedNode node : expected) {
            if (!node.isUp() || !node.isIdle()) {
                return node.id() + " is busy";
            }
            first = first.join(node.applied());
        }
        for (SimulatedNode node : expected) {
            if (!node.applied().equals(first)) {
                return node.id() + " has " + node.applied() + " of " + first;
            }
            Optional<String> waits = node.status().waitsFor();
            if (waits.isPresent()) {
                return node.id() + ": " + waits.get();
            }
            if (!node.status().retiring().isEmpty()) {
                return node.id() + " still waits with retirements: "
                        + node.status().retiring();
            }
            Optional<NodeId> leader = node.status().leader();
            if (leader.isEmpty() || !isExpected(leader.get())) {
                return node.id() + " sees as leader of its data center " + leader;
            }
            if (!isCutWithin(node.id().dataCenter()) && !leader.equals(leaderSeenByFirstOf(node))) {
                return node.id() + " sees as leader " + leader + ", others don't";
            }
            String unpurged = whatIsNotPurged(node);
            if (!unpurged.isEmpty()) {
                return unpurged;
            }
        }
        return world.clients().allAnswered() ? "" : "a request has no answer";
    }

    private boolean isExpected(NodeId leader) {
        return expected.stream().anyMatch(node -> node.id().equals(leader));
    }

    /** Whether nodes of one data center can't hear each other for good, so that they may see different leaders. */
    private boolean isCutWithin(String dataCenter) {
        return cutForGood.stream()
                .anyMatch(link -> link.from().dataCenter().equals(dataCenter)
                        && link.to().dataCenter().equals(dataCenter));
    }

    private Optional<NodeId> leaderSeenByFirstOf(SimulatedNode sameDataCenter) {
        return expected.stream()
                .filter(node ->
                        node.id().dataCenter().equals(sameDataCenter.id().dataCenter()))
                .findFirst()
                .flatMap(node -> node.status().leader());
    }

    private String whatIsNotPurged(SimulatedNode node) {
        if (!world.scenario().membersNamed() || !hasPurgeables(node)) {
            return "";
        }
        Set<String> holdingBack = node.status().purgeHeldBackBy();
        Set<NodeId> retired = retiring.map(Retiring::gone).orElse(Set.of());
        boolean explained = world.nodes().stream()
                .filter(away -> !retired.contains(away.id()))
                .anyMatch(away -> !away.isUp() && holdingBack.contains(away.id().node()));
        return explained ? "" : node.id() + " has not purged; held back by " + holdingBack;
    }

    private boolean hasPurgeables(SimulatedNode node) {
        for (RecordKey key : world.judge().ledger().keys()) {
            if (world.judge().isPurgeable(node.id(), key)) {
                return true;
            }
        }
        return false;
    }

    private void checkEverything() {
        for (SimulatedNode node : expected) {
            for (RecordKey key : world.judge().ledger().keys()) {
                world.judge().checkRecord(node.id(), key);
            }
        }
    }

    private void countWhatShows(Optional<NodeId> gone) {
        gone.ifPresent(node -> world.tally().count(Path.NODE_GONE_FOR_GOOD));
        for (SimulatedNode node : expected) {
            if (node.disk().logReads() > 0) {
                world.tally().count(Path.LOG_READ);
            }
        }
        for (Write write : world.judge().ledger().all()) {
            if (write.replacedLaterTime) {
                world.tally().count(Path.CLOCK_BEHIND);
            }
            boolean isKnown = expected.stream()
                    .anyMatch(node -> world.judge().copy(node.id()).applied().get(write.number));
            if (write.holdersWhenAcknowledged.isPresent() && !isKnown && gone.isEmpty()) {
                world.tally().count(Path.WRITE_LOST_EVERYWHERE);
            }
        }
    }

    /** What was acknowledged, and is not known any more, a disk that was put aside offers, or a write that had replaced it. */
    private void requireSalvageable() {
        Ledger ledger = world.judge().ledger();
        VersionVector known = expected.get(0).applied();
        BitSet applied = world.judge().copy(expected.get(0).id()).applied();
        world.judge().seals().aside().forEach((disk, held) -> {
            BitSet offered = new BitSet();
            new Salvage(disk, 0).find(known, done -> false, (key, dot, write) -> {
                offered.set(ledger.number(write.get().dot()));
                return true;
            });
            world.tally().count(Path.SALVAGEABLE, offered.cardinality());
            BitSet lost = (BitSet) held.clone();
            lost.andNot(applied);
            lost.stream()
                    .mapToObj(ledger::get)
                    .forEach(write -> unless(
                            offered.get(write.number) || write.supersededBy.intersects(held) || write.isOperation(),
                            Law.SALVAGE,
                            () -> write + " is on a disk that was put aside, and is not offered"));
            offered.stream()
                    .mapToObj(ledger::get)
                    .forEach(write -> unless(
                            lost.get(write.number) && !write.supersededBy.intersects(held),
                            Law.SALVAGE,
                            () -> write + " is offered, and is not lost"));
        });
    }

    private void requireNothingLost() {
        for (Write write : world.judge().ledger().all()) {
            if (write.holdersWhenAcknowledged.isEmpty()) {
                continue;
            }
            for (NodeId holder : write.holdersWhenAcknowledged.get()) {
                boolean kept = world.node(holder).isUp()
                        && !world.judge().copy(holder).lost().get(write.number);
                for (SimulatedNode node : expected) {
                    unless(
                            !kept || world.judge().copy(node.id()).applied().get(write.number),
                            Law.ACKNOWLEDGED,
                            () -> write + " was acknowledged and " + holder + " never lost it, but " + node.id()
                                    + " doesn't have it");
                }
            }
        }
    }
}
