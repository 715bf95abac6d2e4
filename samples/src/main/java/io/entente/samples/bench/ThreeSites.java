package io.entente.samples.bench;

import io.entente.cluster.Entente;
import io.entente.cluster.settings.Address;
import io.entente.cluster.settings.EntenteSettings;
import io.entente.conflict.version.VersionVector;
import io.entente.core.store.Durability;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;

/** Three data centers in this process: three actor systems, three stores, one Akka cluster over loopback. */
final class ThreeSites implements AutoCloseable {

    private static final List<String> NAMES = List.of("eu", "us", "ap");
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    private final List<Entente> nodes = new ArrayList<>();

    private ThreeSites() {}

    static ThreeSites start(Path directory, Durability durability) {
        ThreeSites sites = new ThreeSites();
        List<Integer> ports = freePorts();
        Address seed = new Address("127.0.0.1", ports.get(0));
        for (int i = 0; i < NAMES.size(); i++) {
            String name = NAMES.get(i);
            sites.nodes.add(Entente.launch(EntenteSettings.load()
                    .withName(name + "-1")
                    .withDataCenter(name)
                    .withHost("127.0.0.1")
                    .withPort(ports.get(i))
                    .withSeeds(List.of(seed))
                    .withFoundingWait(Duration.ZERO)
                    .withHttp(false)
                    .withData(directory.resolve(name))
                    .withMembers(List.of("eu-1", "us-1", "ap-1"))
                    .withDurability(durability)));
        }
        for (Entente node : sites.nodes) {
            if (!node.awaitReady(PATIENCE)) {
                throw new IllegalStateException(
                        "the benchmark's cluster did not form: " + node.node().obstacles());
            }
        }
        return sites;
    }

    List<Entente> nodes() {
        return nodes;
    }

    /** Waits until every node has applied so many writes, all of them the same. */
    void awaitAll(long writes) {
        long deadline = System.nanoTime() + Duration.ofMinutes(10).toNanos();
        while (!haveAll(writes)) {
            if (System.nanoTime() - deadline > 0) {
                throw new IllegalStateException("the data centers did not come to have all " + writes + " writes");
            }
            LockSupport.parkNanos(2_000_000);
        }
    }

    private boolean haveAll(long writes) {
        List<Map<Integer, VersionVector>> vectors = nodes.stream()
                .map(node -> node.node().view().toCompletableFuture().join().vectors())
                .toList();
        long total =
                vectors.get(0).values().stream().mapToLong(VersionVector::total).sum();
        return total >= writes && vectors.stream().allMatch(vectors.get(0)::equals);
    }

    @Override
    public void close() {
        nodes.forEach(Entente::close);
    }

    private static List<Integer> freePorts() {
        List<ServerSocket> sockets = new ArrayList<>();
        try {
            for (int i = 0; i < NAMES.size(); i++) {
                sockets.add(new ServerSocket(0));
            }
            List<Integer> ports =
                    sockets.stream().map(ServerSocket::getLocalPort).toList();
            for (ServerSocket socket : sockets) {
                socket.close();
            }
            return ports;
        } catch (IOException e) {
            throw new UncheckedIOException("no free port on this machine", e);
        }
    }
}
