package io.entente.samples.bench.load;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * Asks a node whether it is ready, four times a second on one connection, while something else keeps it busy, as a load balancer would. Confined to the
 * thread that made it.
 */
public final class HealthProbe implements AutoCloseable {

    private static final int OK = 200;
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final long PAUSE_MILLIS = 250;

    private final HttpRequest question;
    private final HttpClient client =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final List<Double> millis = Collections.synchronizedList(new ArrayList<>());
    private final List<String> refusals = Collections.synchronizedList(new ArrayList<>());
    private final Thread asking = new Thread(this::ask, "health-probe");
    private volatile boolean ended;

    /** Begins to ask a node there; the first answer is waited for, so that its connection is one of those that the node has. */
    public HealthProbe(InetSocketAddress http) {
        question = HttpRequest.newBuilder(
                        URI.create("http://" + http.getHostString() + ":" + http.getPort() + "/health/ready"))
                .timeout(PATIENCE)
                .build();
        once();
        asking.start();
    }

    private void ask() {
        while (!ended) {
            once();
            try {
                Thread.sleep(PAUSE_MILLIS);
            } catch (InterruptedException end) {
                return;
            }
        }
    }

    private void once() {
        long begin = System.nanoTime();
        try {
            int status = client.send(question, BodyHandlers.discarding()).statusCode();
            millis.add((System.nanoTime() - begin) / 1e6);
            if (status != OK) {
                refusals.add("it answered " + status);
            }
        } catch (IOException failed) {
            refusals.add("no answer: " + failed);
        } catch (InterruptedException end) {
            Thread.currentThread().interrupt();
            ended = true;
        }
    }

    /**
     * How long the slowest answer took, in milliseconds.
     *
     * @throws IllegalStateException when it wasn't ready once, or gave no answer within 30 s
     */
    public double slowestMillis() {
        close();
        if (!refusals.isEmpty()) {
            throw new IllegalStateException("asked for its health the node failed " + refusals.size() + " of "
                    + (millis.size() + refusals.size()) + " times, at first so: " + refusals.get(0));
        }
        return Collections.max(millis);
    }

    /** Ends when the question under way is answered. */
    @Override
    public void close() {
        ended = true;
        try {
            asking.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
