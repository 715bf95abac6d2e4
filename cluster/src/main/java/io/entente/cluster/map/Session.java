package io.entente.cluster.map;

import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow;
import java.util.function.Function;

/**
 * One client's session: through {@link #in} it reads its own writes, never goes back in time, and its writes come after all it has written
 * and read, whichever replica or data center answers, and after failovers (Terry et al., <i>Session Guarantees for Weakly Consistent
 * Replicated Data</i>, 1994).
 *
 * <pre>{@code
 * Session session = Session.begin();
 * ReplicatedMap<Cart> carts = session.in(entente.map("carts", Codec.json(Cart.class)));
 * carts.put("alice", cart).thenCompose(done -> carts.get("alice")) …   // that cart, or what replaced it
 * String token = session.token().text();                               // to go on elsewhere: Session.of(SessionToken.parse(token))
 * }</pre>
 *
 * <p>Requests that are under way at the same time know nothing of each other. A request whose replica doesn't reach what the session has seen
 * within its timeout fails as {@link NotAppliedException.Reason#NOT_REACHED}; when what was seen is lost for good, begin a new session.
 *
 * <p>Thread-safe.
 */
public final class Session {

    private volatile SessionToken token;

    private Session(SessionToken seen) {
        this.token = Objects.requireNonNull(seen, "token");
    }

    /** A session that has seen nothing. */
    public static Session begin() {
        return of(SessionToken.empty());
    }

    /** A session that goes on from what another one had seen, here or in another program. */
    public static Session of(SessionToken seen) {
        return new Session(seen);
    }

    /** What the session has seen so far. */
    public SessionToken token() {
        return token;
    }

    /** The session has seen that too: something that was read or written by its client in another way. */
    public synchronized void saw(SessionToken seen) {
        token = token.merge(seen);
    }

    /**
     * A map whose reads and writes belong to this session, as well as to whatever their options say. Reads with
     * {@link ReadOptions#local()}, and lists of entries, wait for nothing.
     */
    public <V> ReplicatedMap<V> in(ReplicatedMap<V> map) {
        return new SessionMap<>(map);
    }

    private <T> CompletionStage<T> remembering(CompletionStage<T> request, Function<T, SessionToken> seen) {
        return request.whenComplete((answer, failure) -> {
            if (failure == null) {
                saw(seen.apply(answer));
            } else if (unwrapped(failure) instanceof WriteConcernTimeoutException late) {
                saw(late.written().session());
            }
        });
    }

    private static Throwable unwrapped(Throwable failure) {
        return failure instanceof CompletionException && failure.getCause() != null ? failure.getCause() : failure;
    }

    private final class SessionMap<V> implements ReplicatedMap<V> {

        private final ReplicatedMap<V> map;

        SessionMap(ReplicatedMap<V> map) {
            this.map = map;
        }

        @Override
        public String name() {
            return map.name();
        }

        @Override
        public ReadOptions reading() {
            ReadOptions usual = map.reading();
            return usual.concern().asksCopies() ? usual : ReadOptions.session(token());
        }

        @Override
        public WriteOptions writing() {
            return map.writing();
        }

        @Override
        public CompletionStage<Found<V>> get(String key) {
            return get(key, reading());
        }

        @Override
        public CompletionStage<Found<V>> get(String key, ReadOptions options) {
            return remembering(map.get(key, options.inSession(options.session().merge(token()))), Found::session);
        }

        @Override
        public CompletionStage<Written> put(String key, V value, WriteOptions options) {
            return remembering(map.put(key, value, inSession(options)), Written::session);
        }

        @Override
        public CompletionStage<Written> update(String key, Function<Optional<V>, V> change, WriteOptions options) {
            return remembering(map.update(key, change, inSession(options)), Written::session);
        }

        @Override
        public CompletionStage<Written> delete(String key, WriteOptions options) {
            return remembering(map.delete(key, inSession(options)), Written::session);
        }

        @Override
        public CompletionStage<Page<Entry<V>>> entries(PageRequest request) {
            return map.entries(request);
        }

        @Override
        public Flow.Publisher<Change<V>> changes(ChangesRequest request) {
            return map.changes(request);
        }

        private WriteOptions inSession(WriteOptions options) {
            return options.inSession(options.session().merge(token()));
        }
    }
}
