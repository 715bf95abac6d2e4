package io.entente.cluster.settings;

import java.util.ArrayList;
import java.util.List;

/** How writes are replicated: who may originate them. */
public enum ReplicationMode {
    /** The leader of each data center accepts writes. */
    MULTI_LEADER("multi-leader"),
    /** Any copy accepts writes, and reads and writes ask for quorums: see {@link LeaderlessSettings}. */
    LEADERLESS("leaderless");

    private final String text;

    ReplicationMode(String text) {
        this.text = text;
    }

    /**
     * The mode of that name.
     *
     * @throws IllegalArgumentException when this version offers none
     */
    public static ReplicationMode of(String name) {
        List<String> offered = new ArrayList<>();
        for (ReplicationMode mode : values()) {
            if (mode.text.equals(name)) {
                return mode;
            }
            offered.add(mode.text);
        }
        throw new IllegalArgumentException(name + ": this version offers " + String.join(" and ", offered));
    }

    /** The mode's name in configuration and on every surface. */
    public String text() {
        return text;
    }
}
