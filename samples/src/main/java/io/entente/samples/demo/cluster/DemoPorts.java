package io.entente.samples.demo.cluster;

import io.entente.samples.terminal.FailureException;
import java.io.IOException;
import java.io.Reader;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Properties;

/**
 * The ports at which the nodes find each other, kept in a file of the demo's directory.
 *
 * @param byNode by node name, its port
 */
record DemoPorts(Map<String, Integer> byNode) {

    DemoPorts {
        byNode = Map.copyOf(byNode);
    }

    /** The ports in the file; free ones, which are then written to it, when there is none. */
    static DemoPorts in(Path file, List<String> nodes) {
        try {
            return Files.exists(file) ? read(file, nodes) : choose(file, nodes);
        } catch (IOException e) {
            throw new FailureException("the ports in " + file + " can't be read or written: " + e, e);
        }
    }

    private static DemoPorts read(Path file, List<String> nodes) throws IOException {
        Properties kept = new Properties();
        try (Reader reader = Files.newBufferedReader(file)) {
            kept.load(reader);
        }
        Map<String, Integer> ports = new LinkedHashMap<>();
        for (String node : nodes) {
            ports.put(node, port(file, node, kept.getProperty(node, "")));
        }
        return new DemoPorts(ports);
    }

    private static int port(Path file, String node, String text) {
        if (text.isEmpty()) {
            throw new FailureException(
                    file + " knows no node " + node
                            + ": the directory was made with another --nodes-per-dc; give that, or start with another directory");
        }
        if (!text.matches("[0-9]{1,5}")) {
            throw new FailureException(file + " names no port for node " + node + " but '" + text
                    + "': correct it, or start with another directory");
        }
        int port = Integer.parseInt(text);
        if (!Ports.isFree(port)) {
            throw new FailureException("port " + port + ", at which the other nodes know node " + node + " (" + file
                    + "), is in use: stop the program that has it");
        }
        return port;
    }

    private static DemoPorts choose(Path file, List<String> nodes) throws IOException {
        int first = Ports.freeInARow(nodes.size());
        Map<String, Integer> ports = new LinkedHashMap<>();
        Properties kept = new Properties();
        for (String node : nodes) {
            int port = first + ports.size();
            ports.put(node, port);
            kept.setProperty(node, Integer.toString(port));
        }
        try (Writer writer = Files.newBufferedWriter(file)) {
            kept.store(writer, "The nodes know each other by these ports.");
        }
        return new DemoPorts(ports);
    }

    int of(String node) {
        return Objects.requireNonNull(byNode.get(node), node);
    }
}
