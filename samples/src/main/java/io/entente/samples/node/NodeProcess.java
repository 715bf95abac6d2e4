package io.entente.samples.node;

import io.entente.cluster.Entente;
import io.entente.cluster.settings.EntenteSettings;
import io.entente.samples.terminal.ExitCode;
import io.entente.samples.terminal.FailureException;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A node for as long as its process runs: says when it is ready, and what keeps it from that. The hook that Akka puts into the JVM
 * leaves the cluster and closes the store when the process is told to end.
 */
final class NodeProcess {

    private static final Logger LOG = LoggerFactory.getLogger(NodeProcess.class);
    private static final Duration LOOK = Duration.ofMillis(50);
    private static final Duration REMINDER = Duration.ofSeconds(5);

    private final EntenteSettings settings;
    private final Entente entente;

    NodeProcess(EntenteSettings settings, Entente entente) {
        this.settings = settings;
        this.entente = entente;
    }

    /** Returns the exit code once the node has ended, which it does not by itself while all is well. */
    int run(PrintWriter out) {
        if (awaitReady()) {
            out.println(readyLine());
            out.flush();
        }
        entente.whenTerminated().toCompletableFuture().join();
        return ExitCode.FAILURE;
    }

    /** Whether the node became ready before it ended. */
    private boolean awaitReady() {
        long reminded = System.nanoTime();
        while (!hasEnded()) {
            List<String> obstacles = entente.node().obstacles();
            if (obstacles.isEmpty()) {
                return true;
            }
            requireWelcome();
            if (System.nanoTime() - reminded > REMINDER.toNanos()) {
                reminded = System.nanoTime();
                LOG.warn("node {} is not ready yet: {}{}", name(), String.join("; ", obstacles), contacts());
            }
            pause();
        }
        return false;
    }

    /** A seed that can't be a peer now won't be one later: who is told to join it is told wrong. */
    private void requireWelcome() {
        List<String> refusals = entente.refusals();
        if (!refusals.isEmpty()) {
            entente.close();
            throw new FailureException(String.join("; ", refusals));
        }
    }

    private boolean hasEnded() {
        return entente.whenTerminated().toCompletableFuture().isDone();
    }

    private String name() {
        return settings.node().name();
    }

    private String contacts() {
        return " (seeds: " + settings.node().contacts() + ")";
    }

    private String readyLine() {
        String http = entente.httpUrl().orElse("no HTTP");
        return "node " + name() + " is ready: " + http + ", cluster "
                + entente.cluster().orElse("unknown");
    }

    private static void pause() {
        try {
            TimeUnit.MILLISECONDS.sleep(LOOK.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        }
    }
}
