package io.entente.cluster.http;

import akka.actor.testkit.typed.javadsl.ActorTestKit;
import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import io.entente.cluster.conflict.ConflictSource;
import io.entente.cluster.conflict.Conflicts;
import io.entente.cluster.disk.Backups;
import io.entente.cluster.feed.ChangeFeed;
import io.entente.cluster.map.MapAccess;
import io.entente.cluster.map.MapCatalog;
import io.entente.cluster.map.Maps;
import io.entente.cluster.map.NotAppliedException;
import io.entente.cluster.metrics.NodeMetrics;
import io.entente.cluster.replica.Partitions;
import io.entente.cluster.retirement.LostWrites;
import io.entente.cluster.retirement.LostWritesSource;
import io.entente.cluster.retirement.Retirement;
import io.entente.cluster.retirement.Retiring;
import io.entente.cluster.routing.Router;
import io.entente.cluster.routing.SingleReplicaRouter;
import io.entente.cluster.settings.Address;
import io.entente.cluster.settings.DataLimits;
import io.entente.cluster.settings.EntenteSettings;
import io.entente.cluster.settings.HttpSettings;
import io.entente.cluster.verify.Verifier;
import io.entente.conflict.version.VersionVector;
import io.entente.core.effect.Reply;
import io.entente.core.effect.Reply.Found;
import io.entente.core.message.NodeId;
import io.entente.core.record.RecordKey;
import io.entente.core.store.memory.MemoryStore;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import org.awaitility.Awaitility;

/** A real server on a free loopback port, over a real replica in memory, and a client for it. */
final class HttpNode implements AutoCloseable {

    /** Small, so that tests need not send much. */
    static final DataLimits LIMITS = new DataLimits(64, 4 << 10, 32, 4 << 10, 3);

    static final HttpSettings ANY_PORT =
            new HttpSettings(true, new Address("127.0.0.1", 0), List.of("a", "h", "node.example"));

    private static final Config CONFIG = ConfigFactory.parseString("""
                    akka { actor.provider = local, loglevel = OFF, stdout-loglevel = OFF }
                    entente.resolver-timeout = 60 s
                    entente.maps {
                      choices.resolver = keep-all
                      merged.resolver = json-merge
                      broken.resolver = "io.entente.cluster.http.ThrowingResolver"
                      counters.type = counter
                      flags.type = flag
                      off-flags.type = disable-wins-flag
                      sets.type = add-wins-set
                      strict-sets.type = remove-wins-set
                      values.type = multi-value-register
                      documents.type = map
                    }
                    """).withFallback(ConfigFactory.load());

    final ActorTestKit kit = ActorTestKit.create("http", CONFIG);
    final ScriptedNode node = new ScriptedNode();
    final ScriptedElsewhere elsewhere = new ScriptedElsewhere();
    final SingleReplicaRouter replica = new SingleReplicaRouter();
    final ChangeFeed changes = new ChangeFeed(
            new Random(1),
            kit.system().executionContext(),
            Optional::empty,
            () -> new NotAppliedException(NotAppliedException.Reason.OVERLOADED, "too many follow"));
    final HttpServer server;

    private static final DescribedAnswers DESCRIBED = new DescribedAnswers();

    private final HttpClient client =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    HttpNode() {
        replica.follow((keys, upTo) -> changes.changed(0, keys, upTo));
        server = bind(replica);
    }

    /** One more server on a port of its own, over that router. */
    HttpServer bind(Router router) {
        return HttpServer.bind(kit.system(), ANY_PORT, backend(router))
                .toCompletableFuture()
                .join();
    }

    /** One more server over the replica, with other settings. */
    HttpServer bind(HttpSettings settings) {
        return HttpServer.bind(kit.system(), settings, backend(replica))
                .toCompletableFuture()
                .join();
    }

    /** One more server, which takes in no more than that. */
    HttpServer bind(Router router, Intake intake) {
        return HttpServer.bind(kit.system(), ANY_PORT, backend(router), intake)
                .toCompletableFuture()
                .join();
    }

    /** Decides on mode and leader. */
    final ScriptedGovernance governance = new ScriptedGovernance();

    /** What a verification of the only partition finds. */
    Reply verified = new Reply.Refused(Reply.Refusal.OVERLOADED, "not now");

    Backend backend(Router router) {
        MapAccess access = new MapAccess(router, LIMITS, kit.system().executionContext());
        MapCatalog catalog = new MapCatalog(EntenteSettings.from(CONFIG));
        Conflicts none = new Conflicts(
                new ConflictSource(new NodeId("eu", "eu-1"), new MemoryStore(), 1, key -> 0, catalog, Runnable::run));
        Backups backups = new Backups(node::backup, Optional.of(Path.of("backups")), () -> 0, Runnable::run);
        Verifier verifier = new Verifier(
                new NodeId("eu", "eu-1"),
                1,
                () -> Partitions.of(0),
                (partition, timeout, background) -> CompletableFuture.completedStage(verified));
        NodeMetrics metrics = new NodeMetrics("eu", catalog);
        metrics.watch(node);
        return new Backend(
                "eu",
                new Maps(access, catalog, changes),
                node,
                elsewhere,
                none,
                metrics,
                backups,
                verifier,
                nobodyToRetire(),
                governance,
                LIMITS);
    }

    private static Retirement nobodyToRetire() {
        LostWritesSource nothing = new LostWritesSource(
                Path.of("nowhere"),
                aside -> new MemoryStore(),
                new MemoryStore(),
                TreeMap::new,
                partition -> Optional.empty());
        return new Retirement(
                new Retiring(new NodeId("eu", "eu-1"), TreeMap::new, Set::of, partition -> Set.of()),
                new LostWrites("eu-1", nothing, Runnable::run));
    }

    /** What the server answers from. */
    Routes routes() {
        return Routes.over(backend(replica), Guard.of(ANY_PORT), kit.system(), new Intake());
    }

    InetSocketAddress address() {
        return server.address();
    }

    Answer get(String target, String... headers) {
        return send("GET", target, BodyPublishers.noBody(), headers);
    }

    Answer put(String target, String body, String... headers) {
        return send("PUT", target, BodyPublishers.ofString(body), headers);
    }

    Answer delete(String target, String... headers) {
        return send("DELETE", target, BodyPublishers.noBody(), headers);
    }

    Answer post(String target, String body, String... headers) {
        return send("POST", target, BodyPublishers.ofString(body), headers);
    }

    Answer send(String method, String target, BodyPublisher body, String... headers) {
        return send(server, method, target, body, headers);
    }

    Answer send(HttpServer to, String method, String target, BodyPublisher body, String... headers) {
        URI uri = URI.create("http://127.0.0.1:" + to.address().getPort() + target);
        HttpRequest.Builder request =
                HttpRequest.newBuilder(uri).method(method, body).timeout(Duration.ofSeconds(30));
        if (headers.length > 0) {
            request.headers(headers);
        }
        try {
            Answer answer = new Answer(client.send(request.build(), BodyHandlers.ofByteArray()));
            DESCRIBED.check(answer.response());
            return answer;
        } catch (IOException e) {
            throw new AssertionError(method + " " + target + " got no answer", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }

    /** What a stream sends, as it comes in. */
    ServerSentEvents follow(String target, String... headers) {
        return ServerSentEvents.follow(client, address(), target, headers);
    }

    /** Returns when the replica has a value of that key, for what must happen after a write and before its answer. */
    void awaitWrite(String map, String key) {
        Router.Read read = new Router.Read(new RecordKey(map, key), VersionVector.empty(), Duration.ofSeconds(1));
        Awaitility.await()
                .until(() -> replica.read(read).toCompletableFuture().join() instanceof Found found
                        && !found.siblings().isAbsent());
    }

    @Override
    public void close() {
        changes.close();
        server.terminate(Duration.ofSeconds(1)).toCompletableFuture().join();
        kit.shutdownTestKit();
        replica.close();
    }
}
