package io.entente.samples.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;

/** A client of one node that writes again and again, whatever becomes of the node. */
final class Writer {

    private static final Duration PATIENCE = Duration.ofMinutes(3);
    private static final long AFTER_REFUSAL_NANOS = 20_000_000;
    /** Without it the writers take all of the processors, and what they wait for takes longer. */
    private static final long PAUSE_NANOS = 2_000_000;

    private static final int CONTENDED_KEYS = 8;

    private final String name;
    private final HttpNode node;
    private final Ledger ledger;
    private final Random random;
    private final Thread thread;
    private final AtomicInteger acknowledged = new AtomicInteger();
    private String concern = "async";
    private volatile boolean stopped;

    Writer(String name, HttpNode node, Ledger ledger, long seed) {
        this.name = name;
        this.node = node;
        this.ledger = ledger;
        this.random = new Random(seed);
        this.thread = new Thread(this::write, "writer-" + name);
    }

    /** Has facts acknowledged by that write concern. */
    Writer with(String writeConcern) {
        concern = writeConcern;
        return this;
    }

    Writer start() {
        thread.start();
        return this;
    }

    /** Waits for that many more acknowledgements. */
    void awaitMore(int count) {
        int goal = acknowledged.get() + count;
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(acknowledged)
                        .as("acknowledged writes of %s", name)
                        .hasValueGreaterThanOrEqualTo(goal));
    }

    /** Ends it; its last request has been answered, or never will be. */
    void stop() {
        stopped = true;
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private void write() {
        for (int number = 0; !stopped; number++) {
            if (number % 5 == 4) {
                writeContended(number);
            } else {
                writeFact(name + "-" + number);
            }
            LockSupport.parkNanos(PAUSE_NANOS);
        }
    }

    private void writeFact(String fact) {
        ledger.attempts(fact);
        if (node.put(Ledger.FACTS, fact, Ledger.valueOf(fact), concern)) {
            ledger.acknowledges(fact);
            acknowledged.incrementAndGet();
        } else {
            LockSupport.parkNanos(AFTER_REFUSAL_NANOS);
        }
    }

    private void writeContended(int number) {
        String key = "key-" + random.nextInt(CONTENDED_KEYS);
        String value = name + " " + number;
        ledger.attempts(key, value);
        node.put(Ledger.CONTENDED, key, value);
    }
}
