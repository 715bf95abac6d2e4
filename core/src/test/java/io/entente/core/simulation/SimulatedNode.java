package io.entente.core.simulation;

import io.entente.conflict.version.Origin;
import io.entente.conflict.version.VersionVector;
import io.entente.core.bytes.Bytes;
import io.entente.core.bytes.MalformedBytesException;
import io.entente.core.codec.OriginCodec;
import io.entente.core.codec.OriginPool;
import io.entente.core.codec.PeerMessageCodec;
import io.entente.core.codec.UnsupportedFormatException;
import io.entente.core.effect.Effect;
import io.entente.core.effect.Step;
import io.entente.core.event.Event;
import io.entente.core.event.Event.MessageReceived;
import io.entente.core.event.Event.PeersChanged;
import io.entente.core.event.Event.SpareTimeCame;
import io.entente.core.event.Event.Ticked;
import io.entente.core.event.Event.TopologyChanged;
import io.entente.core.event.Now;
import io.entente.core.message.NodeId;
import io.entente.core.message.PeerMessage;
import io.entente.core.message.Registration;
import io.entente.core.replica.EpochStatus;
import io.entente.core.replica.Replica;
import io.entente.core.replica.ReplicaSettings;
import io.entente.core.replica.ReplicaStatus;
import io.entente.core.replica.Start;
import io.entente.core.replica.Start.Standing;
import io.entente.core.store.WriteBatch;
import io.entente.core.topology.Copies;
import io.entente.core.topology.TopologyPlan;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A node that holds one replica: it drives the state machine as the real shell does, on a disk that takes its time.
 *
 * <p>Events that arrive during a commit wait, and are handled together after it.
 */
final class SimulatedNode {

    private static final long EPOCH_MILLIS = 1_800_000_000_000L;

    private final NodeId id;
    private final World world;
    private final Chance chance;
    private Disk disk = new Disk();
    private final List<Event> inbox = new ArrayList<>();
    private final Set<NodeId> peers = new LinkedHashSet<>();
    private Copies copies;
    private Copies copiesBefore;
    private PeerMessageCodec codec = new PeerMessageCodec(new OriginCodec(new OriginPool()));
    private @Nullable Replica replica;
    private @Nullable WriteBatch committing;
    private final ToldChanges told = new ToldChanges();
    private boolean spareTimeIsDue;
    private long life;
    private long clockOffsetMillis;
    private long slowUntilNanos;
    private long crawlsUntilNanos;
    private long pausedUntilNanos;
    private TopologyPlan links;

    SimulatedNode(NodeId id, World world, Chance chance) {
        this.id = id;
        this.copies = Copies.of(List.of(id));
        this.copiesBefore = copies;
        this.world = world;
        this.chance = chance;
        this.links = world.scenario().topology();
        this.clockOffsetMillis = chance.of(0.5) ? 0 : chance.between(-3_600_000, 3_600_000);
    }

    NodeId id() {
        return id;
    }

    Disk disk() {
        return disk;
    }

    boolean isUp() {
        return replica != null;
    }

    /** Whether nothing is waiting to be handled or committed. */
    boolean isIdle() {
        return committing == null && inbox.isEmpty();
    }

    /** Those that it had been told of before its last step. */
    Copies copiesBefore() {
        return copiesBefore;
    }

    /** The copies of the partition that the replica has been told of. */
    Copies copies() {
        return copies;
    }

    VersionVector applied() {
        return running().applied();
    }

    ReplicaStatus status() {
        return running().status(now());
    }

    EpochStatus epoch() {
        return running().epoch();
    }

    Replica running() {
        Replica up = replica;
        if (up == null) {
            throw new IllegalStateException(id + " is down");
        }
        return up;
    }

    void start(Standing actual) {
        Standing standing = world.surgery().standing(actual);
        long random = chance.bits();
        Origin incarnation = new Origin(id.dataCenter(), id.node(), now().wallMillis(), random);
        Start start = new Start(standing, incarnation, new Registration(chance.bits(), chance.bits()), chance.bits());
        if (standing != Standing.INTACT && standing != Standing.FOUNDED) {
            WriteBatch revocation = new WriteBatch();
            Replica.revokeAdmission(0, revocation);
            disk.commit(revocation);
            world.judge().committed(id, revocation);
        }
        start = world.surgery().start(start, disk);
        Start performed = start;
        world.trace().note(random, () -> id + " starts " + performed);
        world.judge().started(id, actual, start.incarnation());
        codec = new PeerMessageCodec(new OriginCodec(new OriginPool()));
        replica = Replica.recover(settings(), world.surgery().store(id, disk), start, now());
        handle(new PeersChanged(world.copies(reachable())));
        tick(life);
    }

    private ReplicaSettings settings() {
        TopologyPlan plan = world.surgery().atStart(world.scenario().topology(), links);
        ReplicaSettings settings = world.scenario().on(plan).settingsOf(id);
        return world.surgery().settings(settings.with(world.founding(settings.members())));
    }

    /** Hears, now or when it starts again, that data centers are linked in another way. */
    void relink(TopologyPlan changed) {
        if (isUp()) {
            links = world.surgery().relinked(id, links, changed);
            handle(new TopologyChanged(links));
        } else {
            links = changed;
        }
    }

    /** Ends the process; a commit under way may have reached the disk, and if so wholly. Nothing is told any more. */
    void crash() {
        life++;
        pausedUntilNanos = 0;
        replica = null;
        inbox.clear();
        WriteBatch unfinished = committing;
        committing = null;
        spareTimeIsDue = false;
        boolean reached = unfinished != null && chance.of(0.5);
        world.trace().note(reached ? 22 : 21, () -> id + " crashes" + (reached ? " just after its commit" : ""));
        if (unfinished != null && reached) {
            disk.commit(unfinished);
            world.judge().committed(id, unfinished);
        }
        world.tally().count(reached ? Path.COMMIT_REACHED_DISK_UNSEEN : Path.CRASH);
        world.clients().forget(id);
    }

    /** While down, loses all commits but the first so many. */
    void loseAllBut(int commits) {
        disk.loseAllBut(commits);
        world.judge().lost(id, commits);
        world.tally().count(Path.DATA_LOST);
        world.trace().note(commits, () -> id + " loses all but " + commits + " commits");
    }

    /** While down, has its directory put aside: it begins with an empty one. */
    void putAside() {
        Disk aside = disk;
        disk = new Disk();
        world.judge().putAside(id, aside);
        world.trace().note(41, () -> id + " has its directory put aside");
    }

    void clockJumps(long offsetMillis) {
        clockOffsetMillis = offsetMillis;
        world.trace().note(offsetMillis, () -> id + "'s clock is off by " + offsetMillis + " ms");
    }

    void diskIsSlowFor(long nanos) {
        slowUntilNanos = world.schedule().nowNanos() + nanos;
    }

    /** Each commit takes a good part of a second. */
    void diskCrawlsFor(long nanos) {
        crawlsUntilNanos = world.schedule().nowNanos() + nanos;
    }

    /** Stops for a while, as by SIGSTOP: nothing is handled and nothing told; messages wait, and the clock goes on. */
    void pause(long nanos) {
        pausedUntilNanos = Math.max(pausedUntilNanos, world.schedule().nowNanos() + nanos);
        world.trace().note(nanos, () -> id + " pauses for " + nanos / 1_000_000 + " ms");
        afterPause(() -> {
            if (committing == null && !inbox.isEmpty()) {
                step();
            }
        });
    }

    boolean isPaused() {
        return world.schedule().nowNanos() < pausedUntilNanos;
    }

    /** Once this process goes on, if it does. */
    private void afterPause(Runnable then) {
        long ofLife = life;
        world.schedule().after(pausedUntilNanos - world.schedule().nowNanos(), () -> {
            if (ofLife == life && isPaused()) {
                afterPause(then);
            } else if (ofLife == life) {
                then.run();
            }
        });
    }

    void canAddress(Set<NodeId> others) {
        peers.clear();
        peers.addAll(others);
        if (isUp()) {
            handle(new PeersChanged(world.copies(reachable())));
        }
    }

    private Set<NodeId> reachable() {
        Set<NodeId> nodes = new LinkedHashSet<>(peers);
        nodes.add(id);
        return nodes;
    }

    void arrived(NodeId from, Bytes message) {
        if (isUp()) {
            PeerMessage decoded = decoded(message);
            if (decoded == null) {
                return;
            }
            world.judge().heard(id);
            for (PeerMessage seen : world.surgery().receive(id, decoded, disk)) {
                handle(new MessageReceived(from, seen));
            }
        }
    }

    /** Nothing for a message whose bytes were damaged. */
    private @Nullable PeerMessage decoded(Bytes message) {
        try {
            return codec.decode(message);
        } catch (MalformedBytesException | UnsupportedFormatException damaged) {
            world.tally().count(Path.CHUNK_DROPPED);
            return null;
        }
    }

    void handle(Event event) {
        inbox.add(event);
        if (committing == null && !isPaused()) {
            step();
        }
    }

    private void tick(long ofLife) {
        if (ofLife == life) {
            handle(new Ticked());
            long nanos = world.scenario().tickNanos();
            world.schedule().after(nanos + chance.millis(0, 3), () -> tick(ofLife));
        }
    }

    private void step() {
        List<Event> events = List.copyOf(inbox);
        inbox.clear();
        copiesBefore = copies;
        for (Event event : events) {
            if (event instanceof PeersChanged changed) {
                copies = changed.copies().with(id);
            }
        }
        world.trace().note(events.size(), () -> id + " handles " + events);
        Step step = running().step(now(), events);
        if (world.surgery() == Surgery.NONE && !world.rot().hasTouched(id)) {
            told.check(id, step, disk);
        }
        WriteBatch batch = world.surgery().commit(id, step.durable(), disk);
        world.judge().wants(id, batch);
        if (!world.surgery().commitsFirst()) {
            perform(step.then());
        }
        if (batch.isEmpty()) {
            finish(step);
            return;
        }
        committing = batch;
        long ofLife = life;
        world.schedule().after(commitNanos(), () -> {
            if (ofLife == life && isPaused()) {
                afterPause(() -> committed(batch, step));
            } else if (ofLife == life) {
                committed(batch, step);
            }
        });
    }

    private void committed(WriteBatch batch, Step step) {
        committing = null;
        disk.commit(batch);
        world.trace().note(batch.size(), () -> id + " committed " + batch.size() + " operations");
        world.judge().committed(id, batch);
        finish(step);
    }

    private void finish(Step step) {
        if (world.surgery().commitsFirst()) {
            perform(step.then());
        }
        if (isUp() && !inbox.isEmpty()) {
            step();
        }
    }

    private long commitNanos() {
        if (world.schedule().nowNanos() < crawlsUntilNanos) {
            return chance.millis(100, 700);
        }
        boolean slow = world.schedule().nowNanos() < slowUntilNanos;
        return slow ? chance.millis(5, 150) : chance.millis(0, 2);
    }

    private void perform(List<Effect> effects) {
        for (Effect effect : effects) {
            effect.perform(new Effect.Interpreter() {
                @Override
                public void send(Effect.Send send) {
                    world.network().send(id, send.to(), send.message());
                }

                @Override
                public void answer(Effect.Answer answer) {
                    world.clients().answered(id, answer.request(), answer.reply());
                }

                @Override
                public void comeBack(Effect.ComeBack effect) {
                    long ofLife = life;
                    world.schedule().after(chance.millis(0, 2), () -> {
                        if (ofLife == life) {
                            handle(new Ticked());
                        }
                    });
                }

                @Override
                public void comeBackWhenSpare(Effect.ComeBackWhenSpare effect) {
                    if (spareTimeIsDue) {
                        return;
                    }
                    spareTimeIsDue = true;
                    long ofLife = life;
                    // A merge of real size takes long enough for others to lose their disks meanwhile.
                    long nanos = running().mergesSnapshot() && chance.of(0.1)
                            ? chance.millis(100, 4_000)
                            : chance.millis(0, 2);
                    world.schedule().after(nanos, () -> {
                        if (ofLife == life) {
                            spareTimeIsDue = false;
                            handle(new SpareTimeCame());
                        }
                    });
                }

                @Override
                public void nameLeader(Effect.NameLeader effect) {
                    world.trace().note(effect.hashCode(), () -> id + " sees as leader: " + effect.leader());
                    boolean stepsIn = effect.leader().equals(Optional.of(id))
                            && !copies.in(id.dataCenter()).get(0).equals(id);
                    if (stepsIn) {
                        world.tally().count(Path.TAKEOVER);
                    }
                }

                @Override
                public void tell(Effect.Tell tell) {
                    world.trace().note(tell.text().hashCode(), () -> id + " tells: " + tell);
                    world.judge().told(id, tell);
                }
            });
        }
    }

    private Now now() {
        long nanos = world.schedule().nowNanos();
        return new Now(EPOCH_MILLIS + clockOffsetMillis + nanos / 1_000_000, nanos);
    }
}
