package io.entente.samples.bench.measure;

import akka.actor.typed.ActorSystem;
import akka.http.javadsl.Http;
import akka.http.javadsl.ServerBinding;
import akka.http.javadsl.model.HttpResponse;
import io.entente.cluster.Entente;
import io.entente.cluster.map.StoredMap;
import io.entente.cluster.map.StoredValue;
import io.entente.cluster.map.WriteOptions;
import io.entente.core.bytes.Bytes;
import io.entente.samples.bench.load.ClosedLoop;
import io.entente.samples.bench.load.HealthProbe;
import io.entente.samples.bench.load.Workload;
import io.entente.samples.bench.load.Wrk;
import io.entente.samples.bench.load.Wrk.Answered;
import io.entente.samples.bench.load.Wrk.Asked;
import io.entente.samples.bench.report.Figure;
import io.entente.samples.bench.report.Measurements;
import io.entente.samples.bench.site.HttpSite;
import io.entente.samples.bench.site.Terms;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.Locale;

/**
 * How many requests over HTTP a node answers, how soon, and what becomes of it when more come than it takes.
 *
 * @param workload which keys and values
 * @param terms how durable writes are
 * @param wrk generates the load
 * @param load how much of it
 */
public record HttpLoad(Workload workload, Terms terms, Wrk wrk, Load load) implements Benchmark {

    private static final String PATH = "/maps/bench/k";

    /** How many of the keys are written at once before anything is measured. */
    private static final int WINDOW = 512;

    /**
     * How much is asked.
     *
     * @param seconds for how long, after half as long of warm-up
     * @param connections on how many connections, one request at a time on each
     * @param tooMany the same, where it is to be more than a node takes in
     */
    public record Load(int seconds, int connections, int tooMany) {}

    @Override
    public String name() {
        return "http";
    }

    @Override
    public String how() {
        return String.format(
                Locale.ROOT,
                "wrk on the same machine, %,d connections for %,d s after half as long of warm-up, to one node (%s; values of %d bytes,"
                        + " %,d keys); too many: puts on %,d connections, of which a node takes in 1,024, while /health/ready is asked for four"
                        + " times a second, and has to answer 200; raw: an Akka HTTP server without Entente that answers 200",
                load.connections,
                load.seconds,
                terms.durability(),
                workload.valueBytes(),
                workload.keys(),
                load.tooMany);
    }

    @Override
    public void measure(Path directory, Measurements into) {
        Asked gets = new Asked("GET", PATH, workload.keys(), 0);
        Asked puts = new Asked("PUT", PATH, workload.keys(), workload.valueBytes());
        try (Entente node = HttpSite.start(directory.resolve("node"), terms)) {
            InetSocketAddress http = node.httpAddress().orElseThrow();
            Lap lap = new Lap(directory, into);
            lap.raw(node.system(), gets);
            fill(node);
            lap.served("get", http, gets);
            double usual = lap.served("put", http, puts);
            lap.tooMany(http, puts, usual);
            requireReady(node);
        }
    }

    /** Each key has a value, so that no get is answered 404. */
    private void fill(Entente node) {
        StoredMap map = node.maps().stored("bench");
        ClosedLoop.run(
                number -> map.put(
                        workload.keyNumber(number),
                        new StoredValue(StoredValue.BINARY, Bytes.wrap(workload.value(0, number))),
                        WriteOptions.async()),
                0,
                workload.keys(),
                WINDOW);
    }

    /** A load of whatever size leaves it standing. */
    private static void requireReady(Entente node) {
        if (!node.node().obstacles().isEmpty()) {
            throw new IllegalStateException("after the load the node is not ready: "
                    + String.join("; ", node.node().obstacles()));
        }
    }

    private final class Lap {

        private final Path directory;
        private final Measurements into;

        private Lap(Path directory, Measurements into) {
            this.directory = directory;
            this.into = into;
        }

        private void raw(ActorSystem<?> system, Asked asked) {
            ServerBinding bare = Http.get(system)
                    .newServerAt("127.0.0.1", 0)
                    .bindSync(request -> HttpResponse.create())
                    .toCompletableFuture()
                    .join();
            add("raw", run(bare.localAddress(), asked, load.connections));
            bare.unbind().toCompletableFuture().join();
        }

        private double served(String name, InetSocketAddress at, Asked asked) {
            Answered answered = run(at, asked, load.connections);
            add(name, answered);
            return answered.answered();
        }

        /** What is served under too much load is meant to be at least half of what is served otherwise. */
        private void tooMany(InetSocketAddress at, Asked asked, double usual) {
            Answered answered;
            double slowestHealth;
            try (HealthProbe probe = new HealthProbe(at)) {
                answered = run(at, asked, load.tooMany);
                slowestHealth = probe.slowestMillis();
            }
            into.add(
                    Figure.of("http.too-many.served", "too many puts, served", "% of puts")
                            .atLeast(50),
                    100 * answered.answered() / usual);
            into.add(Figure.of("http.too-many.refused", "too many puts, refused", "%"), 100 * answered.refused());
            into.add(Figure.of("http.too-many.p99", "too many puts p99", "ms"), answered.p99Millis());
            into.add(Figure.of("http.too-many.broken", "too many puts, without an answer", "requests"), (double)
                    answered.broken());
            into.add(Figure.of("http.too-many.health", "slowest answer for /health/ready", "ms"), slowestHealth);
        }

        private Answered run(InetSocketAddress at, Asked asked, int connections) {
            wrk.run(directory, at, asked, connections, (load.seconds + 1) / 2);
            return wrk.run(directory, at, asked, connections, load.seconds);
        }

        private void add(String name, Answered answered) {
            into.add(Figure.of("http." + name + ".throughput", name, "1/s"), answered.answered());
            into.add(Figure.of("http." + name + ".p50", name + " p50", "ms"), answered.p50Millis());
            into.add(Figure.of("http." + name + ".p99", name + " p99", "ms"), answered.p99Millis());
            if (answered.refused() > 0 || answered.broken() > 0) {
                throw new IllegalStateException(name + ": " + answered.refused() * 100 + " % were refused and "
                        + answered.broken() + " got no answer; give fewer --connections");
            }
        }
    }
}
