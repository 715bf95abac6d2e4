package io.entente.cluster.http;

import akka.Done;
import akka.actor.typed.ActorSystem;
import akka.http.javadsl.ConnectionContext;
import akka.http.javadsl.Http;
import akka.http.javadsl.ServerBinding;
import akka.http.javadsl.ServerBuilder;
import akka.http.javadsl.model.HttpResponse;
import akka.http.javadsl.settings.ServerSettings;
import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import io.entente.cluster.settings.Address;
import io.entente.cluster.settings.DataLimits;
import io.entente.cluster.settings.HttpSettings;
import io.entente.cluster.tls.LiveCredentials;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;

/**
 * The HTTP surface of a node, listening. It speaks HTTP/1.1, and asks for tokens where the settings name a file of them; else whoever reaches its
 * address may do everything.
 *
 * <p>Thread-safe. It registers nothing with the actor system: whoever binds it ends it, before what it stands on.
 */
public final class HttpServer {

    /** The longest query beside keys and map name, in characters. */
    private static final int OTHER_TARGET_CHARACTERS = 2 << 10;

    /** A percent-encoded byte takes three characters; a listing may name a prefix and a key to go on after. */
    private static final int CHARACTERS_A_KEY_BYTE = 2 * 3;

    private static final int MAX_HEADER_VALUE_BYTES = 16 << 10;

    /**
     * How many connections are taken, each with one request at a time; more wait outside. Twice as many as requests are taken in, so that
     * most of those that are too many hear so at once.
     */
    private static final int MOST_CONNECTIONS = 2 * Intake.MOST_REQUESTS;

    private static final int WAITING_CONNECTIONS = 1_024;

    private final ServerBinding binding;
    private final OpenStreams streams;

    private HttpServer(ServerBinding binding, OpenStreams streams) {
        this.binding = binding;
        this.streams = streams;
    }

    /**
     * Starts to listen.
     *
     * @return the server once it listens; fails with {@link BindFailedException} when it can't
     */
    public static CompletionStage<HttpServer> bind(ActorSystem<?> system, HttpSettings settings, Backend backend) {
        return bind(system, settings, backend, new Intake());
    }

    static CompletionStage<HttpServer> bind(
            ActorSystem<?> system, HttpSettings settings, Backend backend, Intake intake) {
        Address address = settings.address();
        Optional<BindFailedException> obstacle = probe(address);
        if (obstacle.isPresent()) {
            return CompletableFuture.failedFuture(obstacle.get());
        }
        Routes routes = Routes.over(backend, Guard.of(settings), system, intake);
        ServerBuilder server = Http.get(system)
                .newServerAt(address.host(), address.port())
                .withSettings(serverSettings(system.settings().config(), backend.limits()));
        return encrypted(server, settings).bind(routes::answer).handle((binding, failure) -> {
            if (failure != null) {
                throw new BindFailedException(address, Failures.cause(failure));
            }
            return new HttpServer(binding, intake.streams());
        });
    }

    private static ServerBuilder encrypted(ServerBuilder server, HttpSettings settings) {
        return settings.security()
                .tls()
                .map(files -> LiveCredentials.open("entente.http.tls", files))
                .map(live -> server.enableHttps(ConnectionContext.httpsServer(live::serverEngine)))
                .orElse(server);
    }

    /** Tries the address for a moment: Akka logs a stack trace where one sentence says it all. */
    private static Optional<BindFailedException> probe(Address address) {
        try (ServerSocket socket = new ServerSocket()) {
            socket.setReuseAddress(true);
            socket.bind(new InetSocketAddress(address.host(), address.port()));
            return Optional.empty();
        } catch (IOException taken) {
            return Optional.of(new BindFailedException(address, taken));
        }
    }

    private static ServerSettings serverSettings(Config config, DataLimits limits) {
        int target = CHARACTERS_A_KEY_BYTE * limits.keyBytes() + limits.mapNameLength() + OTHER_TARGET_CHARACTERS;
        Duration longest = QueryParameters.MAX_TIMEOUT.plusSeconds(10);
        Map<String, Object> own = Map.ofEntries(
                Map.entry("server-header", ""),
                Map.entry("default-host-header", "localhost"),
                Map.entry("enable-http2", false),
                Map.entry("preview.enable-http2", false),
                Map.entry("raw-request-uri-header", true),
                Map.entry("remote-address-attribute", true),
                Map.entry("max-connections", MOST_CONNECTIONS),
                Map.entry("backlog", WAITING_CONNECTIONS),
                Map.entry("pipelining-limit", 1),
                Map.entry("request-timeout", longest.toSeconds() + " s"),
                Map.entry("idle-timeout", 2 * longest.toSeconds() + " s"),
                Map.entry("parsing.error-handler", ParserErrors.class.getName()),
                Map.entry("parsing.max-uri-length", target),
                Map.entry("parsing.max-header-value-length", MAX_HEADER_VALUE_BYTES),
                Map.entry("parsing.max-content-length", limits.valueBytes()),
                Map.entry("parsing.uri-parsing-mode", "relaxed"),
                Map.entry("parsing.modeled-header-parsing", false),
                Map.entry("parsing.illegal-header-warnings", false));
        return ServerSettings.create(
                        ConfigFactory.parseMap(own).atPath("akka.http.server").withFallback(config))
                .withTerminationDeadlineExceededResponse(stopping());
    }

    private static HttpResponse stopping() {
        return Problem.of(ProblemKind.NOT_READY, "This node is stopping: send the request to another one")
                .retryAfter(1)
                .toFinalResponse();
    }

    /** Where it listens: the port is the real one also where the settings asked for any. */
    public InetSocketAddress address() {
        return binding.localAddress();
    }

    /** Takes no more connections; those there are live on. */
    public CompletionStage<Done> unbind() {
        return binding.unbind();
    }

    /**
     * Ends it: takes no more connections, lets streams whose sources have ended and open requests finish for a while, and closes
     * what is left.
     *
     * @param grace for how long streams, and then requests, may finish, more than 0
     */
    public CompletionStage<Done> terminate(Duration grace) {
        streams.stop();
        return binding.unbind()
                .thenCompose(unbound -> streams.ended()
                        .toCompletableFuture()
                        .completeOnTimeout(Done.getInstance(), grace.toMillis(), TimeUnit.MILLISECONDS))
                .thenCompose(ended -> binding.terminate(grace))
                .thenApply(terminated -> Done.getInstance());
    }
}
