package io.entente.cluster.membership;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Somebody listens, nobody does, and nobody could. */
class SeedProbeTest {

    private final SeedProbe probe = new SeedProbe(Runnable::run);

    @Test
    void onlyWhoListensIsThere() throws IOException {
        int left;
        try (ServerSocket closed = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            left = closed.getLocalPort();
        }
        try (ServerSocket open = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            String there = at("127.0.0.1", open.getLocalPort());
            Set<String> asked = Set.of(there, at("127.0.0.1", left), at("nowhere.invalid", 1), "akka://entente");
            assertThat(probe.listening(asked).toCompletableFuture()).isCompletedWithValue(Set.of(there));
        }
    }

    private static String at(String host, int port) {
        return "akka://entente@" + host + ":" + port;
    }
}
