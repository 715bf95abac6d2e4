package io.entente.samples.demo.cluster;

import io.entente.samples.terminal.FailureException;
import java.util.List;
import java.util.function.Predicate;

/**
 * A client that keeps to a data center as long as a node there is ready, and then goes to the next one that it knows of. It stays there: going
 * back at once would have it read from a node that has just started. Confined to the shell's thread.
 */
public final class StickyClient {

    private final String name;
    private final Progress progress;
    private final List<String> dataCenters;
    private int at;

    /**
     * @param name what it is called
     * @param dataCenters where it goes, the nearest first
     * @param progress is told when it goes elsewhere
     */
    public StickyClient(String name, List<String> dataCenters, Progress progress) {
        this.name = name;
        this.dataCenters = List.copyOf(dataCenters);
        this.progress = progress;
    }

    /** What it is called. */
    String name() {
        return name;
    }

    /** Where it goes, the nearest first. */
    List<String> dataCenters() {
        return dataCenters;
    }

    /**
     * The data center it is at now.
     *
     * @param isReady whether a node of a data center is
     * @throws FailureException when none is in any of its data centers
     */
    String dataCenter(Predicate<String> isReady) {
        for (int i = 0; i < dataCenters.size(); i++) {
            int next = (at + i) % dataCenters.size();
            String candidate = dataCenters.get(next);
            if (isReady.test(candidate)) {
                if (next != at) {
                    progress.reached(name + " goes from " + dataCenters.get(at) + " to " + candidate);
                }
                at = next;
                return candidate;
            }
        }
        throw new FailureException(
                "no node is ready in " + String.join(", ", dataCenters) + ", where client " + name + " goes");
    }
}
