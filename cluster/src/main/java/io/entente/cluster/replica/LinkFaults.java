package io.entente.cluster.replica;

import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The faults put on a node's links on purpose: cuts by direction, and a delay of everything sent to another data center.
 *
 * <p>They concern Entente's messages alone; Akka's heartbeats go on. Thread-safe.
 */
public final class LinkFaults {

    private final String dataCenter;
    private final Duration delay;
    private final Set<Direction> cut = ConcurrentHashMap.newKeySet();

    /**
     * @param dataCenter the node's data center
     * @param delay how long a message to another data center is held back; zero for none
     */
    public LinkFaults(String dataCenter, Duration delay) {
        this.dataCenter = dataCenter;
        this.delay = delay;
    }

    /** Cuts or mends one direction. */
    public void set(String from, String to, boolean cut) {
        Direction direction = new Direction(from, to);
        if (cut) {
            this.cut.add(direction);
        } else {
            this.cut.remove(direction);
        }
    }

    /** Whether messages in that direction are dropped. */
    public boolean isCut(String from, String to) {
        return !cut.isEmpty() && cut.contains(new Direction(from, to));
    }

    /** How long a message to that data center is held back. */
    Duration delayTo(String to) {
        return to.equals(dataCenter) ? Duration.ZERO : delay;
    }

    private record Direction(String from, String to) {}
}
