package io.entente.samples.node;

import io.entente.samples.node.ProcessCluster.Site;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * What befalls the nodes of a cluster, each for a while: SIGKILL, SIGSTOP, links cut in one direction or both, and an operator who moves the lead. Leaders are struck
 * more than others, and so many at once that a majority may be away.
 */
final class ProcessFaults {

    private static final long TICK_NANOS = 50_000_000;
    private static final int MOST_AT_ONCE = 2;

    private final ProcessCluster cluster;
    private final SplittableRandom chance;
    private final boolean movesLead;
    private final List<Fault> open = new ArrayList<>();
    private final List<String> log = new ArrayList<>();
    private final Map<String, Integer> counts = new TreeMap<>();
    private final Thread thread = new Thread(this::run, "faults");
    private final long begunNanos = System.nanoTime();
    private volatile boolean stopped;
    private volatile @Nullable Throwable failure;
    private long nextNanos;

    /**
     * @param movesLead whether an operator moves the lead now and then, which takes a mode with one
     */
    ProcessFaults(ProcessCluster cluster, SplittableRandom chance, boolean movesLead) {
        this.cluster = cluster;
        this.chance = chance;
        this.movesLead = movesLead;
    }

    private record Fault(String what, long untilNanos, Runnable heal) {}

    ProcessFaults start() {
        nextNanos = System.nanoTime() + millis(300, 1_500);
        thread.start();
        return this;
    }

    /** Ends it, and has everything healed: all nodes ready, all links up. */
    void stopAndHeal() {
        stopped = true;
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
        open.forEach(fault -> fault.heal.run());
        cluster.awaitReady();
        cluster.mend();
        if (failure != null) {
            throw new IllegalStateException("faults could not be made", failure);
        }
    }

    /** What was done, and when. */
    List<String> log() {
        return log;
    }

    /** How often what was done. */
    @Override
    public String toString() {
        return counts.toString();
    }

    private void run() {
        try {
            while (!stopped) {
                proceed(System.nanoTime());
                LockSupport.parkNanos(TICK_NANOS);
            }
        } catch (RuntimeException | Error failed) {
            failure = failed;
        }
    }

    private void proceed(long now) {
        for (Iterator<Fault> all = open.iterator(); all.hasNext(); ) {
            Fault fault = all.next();
            if (fault.untilNanos <= now) {
                all.remove();
                fault.heal.run();
                note("end of: " + fault.what);
            }
        }
        if (nextNanos <= now && open.size() < MOST_AT_ONCE) {
            inject();
            nextNanos = System.nanoTime() + millis(200, 2_500);
        }
    }

    private void inject() {
        int kind = chance.nextInt(movesLead ? 12 : 10);
        Optional<Site> victim = victim();
        if (victim.isEmpty()) {
            return;
        }
        Site site = victim.get();
        if (kind < 4) {
            site.pause();
            begin("SIGSTOP " + site, millis(100, 5_000), site::goOn);
        } else if (kind < 7) {
            site.kill();
            begin("SIGKILL " + site, millis(50, 3_000), site::start);
        } else if (kind < 10) {
            cut();
        } else {
            happens("leader " + site + ": " + lead(site));
        }
    }

    private static String lead(Site site) {
        try {
            return Integer.toString(site.http()
                    .post("/admin/leader?timeout=2s", "{\"node\": \"" + site + "\"}")
                    .statusCode());
        } catch (UncheckedIOException unanswered) {
            return "no answer";
        }
    }

    private void cut() {
        List<String> all = cluster.dataCenters();
        String from = all.get(chance.nextInt(all.size()));
        String to = all.get(chance.nextInt(all.size()));
        if (from.equals(to)) {
            return;
        }
        boolean both = chance.nextBoolean();
        link(from, to, both, "cut");
        begin("cut " + from + (both ? " and " : " to ") + to, millis(300, 5_000), () -> link(from, to, both, "up"));
    }

    private void link(String from, String to, boolean both, String state) {
        cluster.link(from, to, state);
        if (both) {
            cluster.link(to, from, state);
        }
    }

    /** One that runs; every other time one that leads, as far as it knows itself. */
    private Optional<Site> victim() {
        List<Site> running =
                new ArrayList<>(cluster.sites().stream().filter(Site::isRunning).toList());
        if (running.isEmpty()) {
            return Optional.empty();
        }
        if (chance.nextBoolean()) {
            Set<String> leaders = cluster.leadersSeen();
            running.removeIf(site -> !leaders.isEmpty() && !leaders.contains(site.name()));
        }
        return running.isEmpty() ? Optional.empty() : Optional.of(running.get(chance.nextInt(running.size())));
    }

    private void begin(String what, long nanos, Runnable heal) {
        happens(what);
        open.add(new Fault(what, System.nanoTime() + nanos, heal));
    }

    private void happens(String what) {
        counts.merge(what.substring(0, what.indexOf(' ')), 1, Integer::sum);
        note(what);
    }

    private void note(String what) {
        log.add("%7.3f s: %s".formatted((System.nanoTime() - begunNanos) / 1e9, what));
    }

    private long millis(int least, int most) {
        return 1_000_000L * chance.nextInt(least, most);
    }
}
