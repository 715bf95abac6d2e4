package io.entente.cluster.settings;

/** How writes are replicated: who may originate them. */
public enum ReplicationMode {
    /** The leader of each data center accepts writes. */
    MULTI_LEADER("multi-leader");

    private final String text;

    ReplicationMode(String text) {
        this.text = text;
    }

    /** The mode's name in configuration and on every surface. */
    public String text() {
        return text;
    }
}
