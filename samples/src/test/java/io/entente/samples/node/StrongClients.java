package io.entente.samples.node;

import io.entente.core.history.RegisterHistory;
import io.entente.core.record.RecordKey;
import io.entente.samples.node.Called.Outcome;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Clients of a single leader that are promised linearizability: they write by a quorum, read by {@code leader}, and don't say what they have seen. Each key is judged by
 * itself.
 */
final class StrongClients {

    private static final String MAP = "strong";

    private final RecordingClients clients = new RecordingClients();
    private final List<Register> registers = new ArrayList<>();
    private final String reading;
    private final AtomicInteger acknowledged = new AtomicInteger();
    private final AtomicInteger read = new AtomicInteger();
    private final AtomicInteger unknown = new AtomicInteger();

    /** A key, and what was asked for and told of it. */
    private static final class Register {
        private final RecordKey key;
        private final RegisterHistory history;
        private int values;

        private Register(RecordKey key) {
            this.key = key;
            this.history = new RegisterHistory(key.toString());
        }
    }

    /**
     * @param name of these clients, which no others have had
     * @param reading the read concern that is taken for linearizable
     * @param keys how many
     */
    StrongClients(String name, String reading, int keys) {
        this.reading = reading;
        for (int i = 0; i < keys; i++) {
            registers.add(new Register(new RecordKey(MAP, name + "-" + i)));
        }
    }

    StrongClients start(int count, SplittableRandom chance, List<KeyClient> nodes) {
        for (int i = 0; i < count; i++) {
            clients.start("strong-" + i, chance.nextLong(), nodes, this::ask);
        }
        return this;
    }

    private void ask(SplittableRandom chance, KeyClient node) {
        Register register = registers.get(chance.nextInt(registers.size()));
        if (chance.nextBoolean()) {
            write(register, node);
        } else {
            read(register, node);
        }
    }

    /** A client that writes at one node until that is acknowledged, and then reads at another one until it is answered. */
    void askInTurn(KeyClient first, KeyClient second) {
        Register register = registers.get(0);
        for (int before = acknowledged.get(); acknowledged.get() == before; ) {
            write(register, first);
        }
        for (int before = read.get(); read.get() == before; ) {
            read(register, second);
        }
    }

    private void write(Register register, KeyClient node) {
        String value;
        RegisterHistory.Write write;
        synchronized (register) {
            value = "v" + ++register.values;
            write = register.history.asked(value, System.nanoTime());
        }
        Called called = node.write(register.key, value, "quorum", KeyClient.Seen.NOTHING);
        synchronized (register) {
            if (called.isDone()) {
                write.acknowledged(System.nanoTime());
            } else if (called.outcome() == Outcome.REFUSED) {
                write.refused();
            }
        }
        count(called, acknowledged);
    }

    private void read(Register register, KeyClient node) {
        long began = System.nanoTime();
        Called called = node.read(register.key, reading);
        long ended = System.nanoTime();
        if (called.isDone()) {
            synchronized (register) {
                register.history.read(called.value(), began, ended);
            }
        }
        count(called, read);
    }

    private void count(Called called, AtomicInteger done) {
        (called.isDone() ? done : unknown).incrementAndGet();
    }

    /** How many writes were acknowledged so far, and reads answered. */
    int done() {
        return acknowledged.get() + read.get();
    }

    void stop() {
        clients.stop();
    }

    /** What is wrong with what they were told; judged when they have stopped. */
    List<String> faults() {
        List<String> faults = new ArrayList<>();
        for (Register register : registers) {
            synchronized (register) {
                register.history.fault().ifPresent(faults::add);
            }
        }
        return faults;
    }

    @Override
    public String toString() {
        return acknowledged + " strong writes, " + read + " strong reads, " + unknown + " refused or without an answer";
    }
}
