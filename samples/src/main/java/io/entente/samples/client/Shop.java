package io.entente.samples.client;

import io.entente.cluster.client.EntenteClient;
import io.entente.cluster.map.Codec;
import io.entente.cluster.map.ReplicatedMap;
import io.entente.cluster.map.Session;
import io.entente.cluster.map.SessionToken;
import io.entente.cluster.map.WriteOptions;
import io.entente.samples.resolver.Cart;
import io.entente.samples.resolver.Cart.Line;
import java.time.Duration;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.CompletionStage;

/**
 * A shop's carts, for the requests of one visitor. The visitor's session is a text that goes along, in a cookie for example: whichever instance of the
 * shop serves the next request, in whichever data center, finds what this one wrote.
 *
 * <p>Stages fail with {@link io.entente.cluster.map.EntenteException}, which says whether the cart was changed. Thread-safe.
 */
public final class Shop {

    private static final Codec<Cart> CARTS = Codec.json(Cart.class);

    private final Session session;
    private final WriteOptions heldTwice;
    private final ReplicatedMap<Cart> carts;

    /**
     * @param client one for the whole program
     * @param cookie what {@link #cookie()} gave last to this visitor; empty for a new one
     * @param patience how long a second copy may take to have what is put in
     */
    public Shop(EntenteClient client, String cookie, Duration patience) {
        this.heldTwice = WriteOptions.replicas(2).timeout(patience);
        this.session = cookie.isEmpty() ? Session.begin() : Session.of(SessionToken.parse(cookie));
        this.carts = client.inSession(session).map("carts", CARTS);
    }

    /** What the visitor sends along with the next request. */
    public String cookie() {
        return session.token().text();
    }

    /** What is in a customer's cart. */
    public CompletionStage<Cart> cart(String customer) {
        return carts.get(customer).thenApply(found -> found.asOptional().orElseGet(Cart::empty));
    }

    /**
     * Puts something in. Two copies have it when this is done.
     *
     * @param line a name that no other line of any cart has
     */
    public CompletionStage<Cart> putIn(String customer, String line, Line wanted) {
        return carts.update(customer, old -> with(old.orElseGet(Cart::empty), line, wanted), heldTwice)
                .thenCompose(done -> cart(customer));
    }

    private static Cart with(Cart cart, String line, Line wanted) {
        SortedMap<String, Line> lines = new TreeMap<>(cart.lines());
        lines.put(line, wanted);
        return new Cart(lines, cart.removed());
    }
}
