package io.entente.samples.node;

import static org.awaitility.Awaitility.await;

import io.entente.core.history.Descent;
import io.entente.core.history.QuorumJudge;
import io.entente.core.history.QuorumJudge.Acknowledged;
import io.entente.core.history.QuorumJudge.Lasting;
import io.entente.core.history.SessionJudge;
import io.entente.core.record.RecordKey;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Clients that go from node to node in a session each: they write what replaces the versions they were shown, and read in their session or by a quorum. They are promised
 * the guarantees of sessions, and that a read by a quorum sees what a quorum has acknowledged. All their keys lie in one partition.
 */
final class SessionClients {

    private static final String MAP = "sessions";
    private static final Duration PATIENCE = Duration.ofMinutes(1);

    private final RecordingClients clients = new RecordingClients();
    private final RecordingClients.Faults sessionFaults = new RecordingClients.Faults();
    private final RecordingClients.Faults quorumFaults = new RecordingClients.Faults();
    private final Descent descent = new Descent();
    private final SessionJudge sessionJudge = new SessionJudge(descent, sessionFaults);
    private final QuorumJudge quorumJudge = new QuorumJudge(descent, quorumFaults, quorumFaults);
    private final List<RecordKey> keys = new ArrayList<>();
    private final String written;
    private final String read;
    private final AtomicInteger acknowledged = new AtomicInteger();
    private final AtomicInteger answered = new AtomicInteger();
    private final AtomicInteger unknown = new AtomicInteger();
    private int values;

    /**
     * @param name of these clients, which no others have had
     * @param written the write concern, and
     * @param read the read concern of which some copy is taken to be among both
     * @param count how many keys
     */
    SessionClients(String name, String written, String read, int count) {
        this.written = written;
        this.read = read;
        for (int i = 0; i < count; i++) {
            keys.add(new RecordKey(MAP, "{" + name + "}" + i));
        }
    }

    SessionClients start(int count, SplittableRandom chance, List<KeyClient> nodes) {
        for (int i = 0; i < count; i++) {
            clients.start("session-" + i, chance.nextLong(), nodes, new Client()::ask);
        }
        return this;
    }

    /** A client that writes at one node until that is acknowledged, and another one that then reads at another node until it is answered. */
    void askInTurn(KeyClient first, KeyClient second) {
        Client writer = new Client();
        for (int before = acknowledged.get(); acknowledged.get() == before; ) {
            writer.read(first, keys.get(0), false);
            writer.writeIfShown(first, keys.get(0));
        }
        for (int before = answered.get(); answered.get() == before; ) {
            new Client().read(second, keys.get(0), true);
        }
    }

    /** What a client was shown of a key last. */
    private record Shown(Optional<String> context, List<String> values) {}

    private final class Client {

        private final SessionJudge.Memory memory = new SessionJudge.Memory();
        private final Map<RecordKey, Shown> shown = new HashMap<>();
        private Optional<String> token = Optional.empty();

        private void ask(SplittableRandom chance, KeyClient node) {
            RecordKey key = keys.get(chance.nextInt(keys.size()));
            if (chance.nextInt(5) >= 2 || !writeIfShown(node, key)) {
                read(node, key, chance.nextBoolean());
            }
        }

        /** Writes what replaces what it was shown; whether it was. */
        private boolean writeIfShown(KeyClient node, RecordKey key) {
            Shown last = shown.get(key);
            if (last == null || last.context.isEmpty()) {
                return false;
            }
            write(node, key, last);
            return true;
        }

        private void write(KeyClient node, RecordKey key, Shown last) {
            String value;
            synchronized (descent) {
                value = "v" + ++values;
                descent.asked(value, last.values);
                sessionJudge.asked(memory, value);
            }
            Called called = node.write(key, value, written, new KeyClient.Seen(token, last.context));
            count(called, acknowledged);
            if (called.isDone()) {
                synchronized (descent) {
                    sessionJudge.written(memory, key, value);
                    quorumJudge.acknowledged(
                            new Acknowledged(key, value, "quorum", System.nanoTime(), Lasting.always()));
                }
                saw(key, called);
            }
        }

        private void read(KeyClient node, RecordKey key, boolean byQuorum) {
            long asked = System.nanoTime();
            Called called = node.versions(key, byQuorum ? read : "session", token);
            count(called, answered);
            if (called.isDone()) {
                synchronized (descent) {
                    sessionJudge.shown(memory, key, called.values());
                    if (byQuorum) {
                        quorumJudge.shown(key, called.values(), "quorum", asked);
                    }
                }
                saw(key, called);
            }
        }

        private void saw(RecordKey key, Called called) {
            shown.put(key, new Shown(called.context(), called.values()));
            token = called.session().or(() -> token);
        }
    }

    private void count(Called called, AtomicInteger done) {
        (called.isDone() ? done : unknown).incrementAndGet();
    }

    /** How many writes were acknowledged so far, and reads answered. */
    int done() {
        return acknowledged.get() + answered.get();
    }

    void stop() {
        clients.stop();
    }

    /** Looks whether in the end, when all is healed, nothing that was acknowledged is missing at a node. */
    void look(KeyClient node) {
        for (RecordKey key : keys) {
            Called called = await("a quorum to read " + key + " by, now that all is healed")
                    .atMost(PATIENCE)
                    .until(() -> node.versions(key, "quorum", Optional.empty()), Called::isDone);
            synchronized (descent) {
                quorumJudge.shownAtLast(key, called.values());
            }
        }
    }

    /** Where guarantees of sessions were broken. */
    List<String> brokenSessions() {
        return sessionFaults.all();
    }

    /** Where a read by a quorum missed what was acknowledged before. */
    List<String> missedWrites() {
        return quorumFaults.all();
    }

    @Override
    public String toString() {
        return acknowledged + " session writes, " + answered + " session and quorum reads, " + unknown
                + " refused or without an answer, at " + Collections.unmodifiableList(keys);
    }
}
