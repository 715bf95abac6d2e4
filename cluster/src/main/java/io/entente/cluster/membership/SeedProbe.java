package io.entente.cluster.membership;

import akka.actor.Address;
import akka.actor.AddressFromURIString;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;

/**
 * Finds out where somebody takes connections, without a word to them: Akka's remoting doesn't tell "nobody is there" from "not reached yet". Thread-safe.
 */
final class SeedProbe {

    private static final int CONNECT_MILLIS = 1_000;

    private final Executor blocking;

    /**
     * @param blocking where a thread may wait
     */
    SeedProbe(Executor blocking) {
        this.blocking = blocking;
    }

    /**
     * Which of these Akka addresses take connections now; those that don't within a second are left out.
     *
     * @return never fails
     */
    CompletionStage<Set<String>> listening(Set<String> addresses) {
        Set<String> asked = Set.copyOf(addresses);
        return CompletableFuture.supplyAsync(
                () -> {
                    Set<String> there = new LinkedHashSet<>(asked);
                    there.removeIf(address -> !takesConnections(AddressFromURIString.parse(address)));
                    return there;
                },
                blocking);
    }

    private static boolean takesConnections(Address address) {
        if (address.host().isEmpty() || address.port().isEmpty()) {
            return false;
        }
        try (Socket socket = new Socket()) {
            int port = (Integer) address.port().get();
            socket.connect(new InetSocketAddress(address.host().get(), port), CONNECT_MILLIS);
            return true;
        } catch (IOException nobody) {
            return false;
        }
    }
}
