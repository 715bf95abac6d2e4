package io.entente.samples.embedding;

import io.entente.cluster.Embedding;
import io.entente.cluster.Entente;
import io.entente.cluster.map.ReplicatedMap;
import io.entente.cluster.settings.EntenteSettings;
import io.entente.samples.embedding.journal.JournalEngine;
import io.entente.samples.resolver.Cart;
import io.entente.samples.resolver.Cart.Line;
import io.entente.samples.resolver.CartMerge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.util.UUID;
import java.util.concurrent.CompletionStage;

/**
 * A program that has a node in its {@code main} and brings along all that may be its own: how values are written ({@link CartText}), what a conflict means ({@link
 * CartMerge}), where data is kept ({@link JournalEngine}), and where figures go.
 *
 * <pre>
 *   java -cp 'samples/target/lib/*' -Dentente.data=/tmp/carts io.entente.samples.embedding.PlainProgram alice 2 tea
 * </pre>
 *
 * Thread-safe. Close it: that closes the node, and leaves the registry.
 */
public final class PlainProgram implements AutoCloseable {

    private final Entente entente;
    private final ReplicatedMap<Cart> carts;

    /**
     * Starts the node.
     *
     * @param figures where its figures are to be found too
     */
    public PlainProgram(EntenteSettings settings, MeterRegistry figures) {
        entente = Entente.start(
                settings, Embedding.standard().withStore(new JournalEngine()).withMetrics(figures));
        carts = entente.map("carts", new CartText(), new CartMerge());
    }

    /** Puts something into a customer's cart, and gives the cart. */
    public CompletionStage<Cart> putIn(String customer, int quantity, String item) {
        String line = UUID.randomUUID().toString();
        return carts.update(customer, cart -> cart.orElseGet(Cart::empty).put(line, new Line(item, quantity)))
                .thenCompose(written -> cart(customer));
    }

    /** What is in a customer's cart. */
    public CompletionStage<Cart> cart(String customer) {
        return carts.get(customer).thenApply(found -> found.asOptional().orElseGet(Cart::empty));
    }

    /** The node. */
    Entente node() {
        return entente;
    }

    @Override
    public void close() {
        entente.close();
    }

    /** Puts something into a customer's cart and prints the cart: give the customer, how many, and what. */
    public static void main(String[] arguments) {
        if (arguments.length < 3 || !arguments[1].matches("[1-9][0-9]{0,8}")) {
            System.err.println("give a customer, how many, and what, such as: alice 2 tea");
            System.exit(2);
        }
        MeterRegistry figures = new SimpleMeterRegistry();
        try (PlainProgram program = new PlainProgram(EntenteSettings.load(), figures)) {
            Cart cart = program.putIn(arguments[0], Integer.parseInt(arguments[1]), arguments[2])
                    .toCompletableFuture()
                    .join();
            cart.lines().values().forEach(line -> System.out.println(line.quantity() + " " + line.item()));
            System.out.println(
                    "commits: " + figures.get("entente.commit").timer().count());
        }
    }
}
