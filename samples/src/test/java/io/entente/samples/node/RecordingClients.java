package io.entente.samples.node;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Clients in threads of their own, each of which asks one request after the other, whatever becomes of the nodes. Each keeps to a node for a while, and goes to
 * another one now and then.
 */
final class RecordingClients {

    private static final long LEAST_PAUSE_NANOS = 2_000_000;
    private static final long MOST_PAUSE_NANOS = 30_000_000;

    private final List<Thread> threads = new ArrayList<>();
    private volatile boolean stopped;
    private volatile @Nullable Throwable failure;

    /** One client: how it is to ask, each time with its own chance and the node it is at. */
    interface Client {
        void ask(SplittableRandom chance, KeyClient node);
    }

    void start(String name, long seed, List<KeyClient> nodes, Client client) {
        Thread thread = new Thread(() -> run(new SplittableRandom(seed), nodes, client), name);
        thread.setDaemon(true);
        threads.add(thread);
        thread.start();
    }

    private void run(SplittableRandom chance, List<KeyClient> nodes, Client client) {
        int at = chance.nextInt(nodes.size());
        try {
            while (!stopped) {
                at = chance.nextInt(8) == 0 ? chance.nextInt(nodes.size()) : at;
                client.ask(chance, nodes.get(at));
                LockSupport.parkNanos(chance.nextLong(LEAST_PAUSE_NANOS, MOST_PAUSE_NANOS));
            }
        } catch (RuntimeException | Error failed) {
            failure = failed;
        }
    }

    /** Ends them; their last requests have been answered, or never will be. */
    void stop() {
        stopped = true;
        for (Thread thread : threads) {
            try {
                thread.join();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IllegalStateException(e);
            }
        }
        if (failure != null) {
            throw new IllegalStateException("a client failed", failure);
        }
    }

    /** Remembers what was broken first, of all that is told from whatever thread. */
    static final class Faults implements Consumer<String> {

        private static final int MOST = 5;

        private final List<String> all = new ArrayList<>();

        @Override
        public synchronized void accept(String fault) {
            if (all.size() < MOST) {
                all.add(fault);
            }
        }

        synchronized List<String> all() {
            return List.copyOf(all);
        }
    }
}
