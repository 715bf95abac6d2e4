package io.entente.cluster;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;

/** Ports nobody listens on, each once, from a range that is not taken for outgoing connections. */
final class FreePorts {

    private FreePorts() {}

    /** One for each of these names, in their order. */
    static Map<String, Integer> of(List<String> names) {
        Map<String, Integer> ports = new LinkedHashMap<>();
        for (String name : names) {
            int port;
            do {
                port = ThreadLocalRandom.current().nextInt(10_000, 20_000);
            } while (ports.containsValue(port) || !isFree(port));
            ports.put(name, port);
        }
        return ports;
    }

    private static boolean isFree(int port) {
        try (ServerSocket socket = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
            return socket.isBound();
        } catch (IOException taken) {
            return false;
        }
    }
}
