package io.entente.samples.peers;

import akka.actor.ActorRef;
import akka.actor.ActorSystem;
import akka.cluster.Cluster;
import akka.cluster.MemberStatus;
import akka.cluster.ddata.DistributedData;
import akka.cluster.ddata.Key;
import akka.cluster.ddata.LWWRegister;
import akka.cluster.ddata.LWWRegisterKey;
import akka.cluster.ddata.Replicator;
import akka.cluster.ddata.SelfUniqueAddress;
import akka.pattern.Patterns;
import com.typesafe.config.ConfigFactory;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Function;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;

/**
 * Akka Distributed Data: three nodes of one cluster, a last-writer-wins register a key, written with {@code WriteLocal}.
 *
 * <p>One register a key is what its documentation advises for many independent values: a map of all would be sent whole whenever its deltas don't fit.
 * Registers have no deltas and travel by gossip, so its interval is a tenth of the default's 2 s; changes are then seen
 * after about three rounds. For LMDB the documentation advises write-behind where throughput matters; it is left off, since then an
 * acknowledged write is durable, as it is elsewhere in these benchmarks.
 */
final class DistributedDataPeer implements Peer {

    private static final Duration TIMEOUT = Duration.ofSeconds(60);
    private static final long FORMING_NANOS = 60_000_000_000L;

    private static final String CONFIGURATION = """
            akka {
              loglevel = WARNING
              stdout-loglevel = off
              actor.provider = cluster
              actor.allow-java-serialization = off
              remote.artery.canonical { hostname = 127.0.0.1, port = 0 }
              cluster.jmx.enabled = off
              cluster.distributed-data {
                gossip-interval = 200 ms
                # A node sends at most so many registers a round.
                max-delta-elements = 1000
                log-data-size-exceeding = 1 MiB
              }
            }
            """;

    private final List<ActorSystem> systems = new ArrayList<>();

    private DistributedDataPeer(Function<Integer, String> durable) {
        try {
            for (int site = 0; site < SITES; site++) {
                systems.add(ActorSystem.create(
                        "ddata",
                        ConfigFactory.parseString(durable.apply(site) + CONFIGURATION)
                                .withFallback(ConfigFactory.defaultReference())));
            }
            systems.forEach(system ->
                    Cluster.get(system).join(Cluster.get(systems.get(0)).selfAddress()));
            awaitMembers();
        } catch (RuntimeException e) {
            close();
            throw e;
        }
    }

    static Peer inMemory() {
        return new DistributedDataPeer(site -> "");
    }

    static Peer durable(Path directory) {
        return new DistributedDataPeer(site -> """
                akka.cluster.distributed-data.durable {
                  keys = ["*"]
                  lmdb { dir = "%s", map-size = 1 GiB, write-behind-interval = off }
                }
                """.formatted(directory.resolve("ddata-" + site)));
    }

    @Override
    public CompletionStage<?> put(int site, String key, byte[] value) {
        SelfUniqueAddress self = DistributedData.get(systems.get(site)).selfUniqueAddress();
        Replicator.Update<LWWRegister<byte[]>> update = new Replicator.Update<>(
                key(key),
                LWWRegister.create(self, new byte[0]),
                Replicator.writeLocal(),
                register -> register.withValue(self, value));
        return ask(site, update).thenApply(answer -> {
            if (!(answer instanceof Replicator.UpdateSuccess<?>)) {
                throw new IllegalStateException("an update was not taken: " + answer);
            }
            return answer;
        });
    }

    @Override
    public CompletionStage<byte @Nullable []> get(int site, String key) {
        Key<LWWRegister<byte[]>> register = key(key);
        return ask(site, new Replicator.Get<>(register, Replicator.readLocal()))
                .thenApply(answer -> answer instanceof Replicator.GetSuccess<?> found ? value(found, register) : null);
    }

    @Override
    public void close() {
        systems.forEach(ActorSystem::terminate);
        for (ActorSystem system : systems) {
            try {
                system.getWhenTerminated().toCompletableFuture().get(30, TimeUnit.SECONDS);
            } catch (java.util.concurrent.ExecutionException | java.util.concurrent.TimeoutException e) {
                throw new IllegalStateException("an actor system did not end", e);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }

    @SuppressWarnings("unchecked") // the answer to a Get of this key
    private static byte[] value(Replicator.GetSuccess<?> found, Key<LWWRegister<byte[]>> register) {
        return ((Replicator.GetSuccess<LWWRegister<byte[]>>) found)
                .get(register)
                .getValue();
    }

    private static Key<LWWRegister<byte[]>> key(String key) {
        return LWWRegisterKey.create(key);
    }

    private CompletionStage<Object> ask(int site, Object question) {
        ActorRef replicator = DistributedData.get(systems.get(site)).replicator();
        return Patterns.ask(replicator, question, TIMEOUT);
    }

    private void awaitMembers() {
        long deadline = System.nanoTime() + FORMING_NANOS;
        while (!systems.stream().allMatch(DistributedDataPeer::seesAllMembers)) {
            if (System.nanoTime() - deadline > 0) {
                throw new IllegalStateException("Akka's nodes did not form a cluster");
            }
            LockSupport.parkNanos(10_000_000);
        }
    }

    private static boolean seesAllMembers(ActorSystem system) {
        return StreamSupport.stream(Cluster.get(system).state().getMembers().spliterator(), false)
                        .filter(member -> member.status().equals(MemberStatus.up()))
                        .count()
                == SITES;
    }
}
