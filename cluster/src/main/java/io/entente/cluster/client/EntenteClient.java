package io.entente.cluster.client;

import io.entente.cluster.map.Codec;
import io.entente.cluster.map.ReplicatedMap;
import io.entente.cluster.map.Session;
import io.entente.cluster.tls.PemFiles;
import java.net.http.HttpClient;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.function.Supplier;
import javax.net.ssl.SSLContext;

/**
 * Entente for a program that is not a member: the same maps, over HTTP.
 *
 * <pre>{@code
 * EntenteClient client = EntenteClient.of(
 *     Site.of("eu", "http://eu-1.example:8081", "http://eu-2.example:8081"),      // the nearest first
 *     Site.of("us", "http://us-1.example:8081"));
 * ReplicatedMap<Cart> carts = client.map("carts", Codec.json(Cart.class));
 * carts.put("alice", cart, WriteOptions.dataCenters(2)).thenCompose(done -> carts.get("alice")) …
 * }</pre>
 *
 * <p><b>Where requests go.</b> To the nodes of the nearest site in turn; when none of them serves, to the next site, to which the client then keeps for
 * half a minute before it tries the nearest again. A node that failed is asked last for five seconds.
 *
 * <p><b>Its session</b> goes along: the client reads what it wrote, and never goes back in time, wherever its requests go. A program that acts for several
 * users gives each a session of their own, by {@link #inSession}.
 *
 * <p><b>Failures</b> are those of every surface, {@link io.entente.cluster.map.EntenteException}, and say whether a write was applied. Refusals that pass
 * (a node that isn't ready, an election, overload) are tried again, elsewhere too, until the request's timeout is over. A write without an answer is sent
 * again under the same name to the same node, where it takes effect once; where that brings no answer either its outcome is unknown.
 *
 * <p><b>Who it is.</b> Nodes that ask for a token get the one of {@link #withToken}. What they refuse for its sake is {@link
 * io.entente.cluster.map.NotAppliedException.Reason#NOT_PERMITTED}. A redirect from HTTPS to plain HTTP is not followed.
 *
 * <p>Immutable but for its session and the site it keeps to; thread-safe; never blocks. It needs no closing.
 */
public final class EntenteClient {

    private static final Duration CONNECTING = Duration.ofSeconds(2);

    private final Courier courier;
    private final boolean redirects;
    private final Session session;

    private EntenteClient(Courier courier, boolean redirects, Session session) {
        this.courier = courier;
        this.redirects = redirects;
        this.session = session;
    }

    /** A client of these data centers, the nearest first. Throws {@link IllegalArgumentException} for none. */
    public static EntenteClient of(Site... nearestFirst) {
        return of(List.of(nearestFirst));
    }

    /** The same. */
    public static EntenteClient of(List<Site> nearestFirst) {
        return connecting(HttpClient.newBuilder(), nearestFirst);
    }

    /**
     * A client of nodes that speak HTTPS with certificates which the JDK doesn't know.
     *
     * @param trust whom it believes, as {@link #trusting} makes it of a file
     */
    public static EntenteClient of(SSLContext trust, List<Site> nearestFirst) {
        return connecting(HttpClient.newBuilder().sslContext(trust), nearestFirst);
    }

    /**
     * Believes those certificates alone that were issued by somebody in a file.
     *
     * @param authorities certificates in PEM, such as {@code entente.tls.trust} names
     * @throws IllegalArgumentException when the file can't be read, or has none
     */
    public static SSLContext trusting(Path authorities) {
        return PemFiles.trusting(authorities);
    }

    private static EntenteClient connecting(HttpClient.Builder http, List<Site> nearestFirst) {
        if (nearestFirst.isEmpty()) {
            throw new IllegalArgumentException("a client without sites reaches nobody: give at least one");
        }
        HttpClient client = http.version(HttpClient.Version.HTTP_1_1)
                .followRedirects(HttpClient.Redirect.NEVER)
                .connectTimeout(CONNECTING)
                .build();
        return new EntenteClient(
                new Courier(client, new Course(nearestFirst, System::nanoTime)), false, Session.begin());
    }

    /** The same client, which shows a token; sites with {@code https} keep it from others' eyes. */
    public EntenteClient withToken(String token) {
        return withToken(() -> token);
    }

    /** The same, with a token that may change: it is asked for with every request, on the caller's thread or one of the JDK's client. */
    public EntenteClient withToken(Supplier<String> token) {
        return new EntenteClient(courier.showing(token), redirects, session);
    }

    /** The same client for another session; connections, and the site it keeps to, are shared. */
    public EntenteClient inSession(Session other) {
        return new EntenteClient(courier, redirects, Objects.requireNonNull(other, "other"));
    }

    /**
     * The same client, which has nodes say where a write belongs and sends it there itself, instead of having it forwarded. The addresses at which
     * nodes serve HTTP have to be reachable from here.
     */
    public EntenteClient followingRedirects() {
        return new EntenteClient(courier, true, session);
    }

    /** What this client has seen; its {@link Session#token()} can be taken to another program. */
    public Session session() {
        return session;
    }

    /** The data center that requests go to now. */
    public Site site() {
        return courier.course().site();
    }

    /**
     * A map, in this client's session. It is read as the map is configured where a read doesn't say how, or asks for {@code session}; and written with
     * the concern that the map is configured with where a write asks for {@code async}.
     */
    public <V> ReplicatedMap<V> map(String name, Codec<V> codec) {
        return session.in(new HttpMap<>(new MapCalls(courier, name, redirects), codec));
    }

    /** Operations on the values of a mergeable map, in this client's session. */
    public MergeableOperations operations(String map) {
        return new MergeableOperations(new MapCalls(courier, map, redirects), session);
    }
}
