package io.entente.core.topology;

/**
 * A directed graph between data centers: who may pull from whom, and how far a data center's writes have travelled when they
 * arrive somewhere.
 */
public interface Topology {

    /** The distance of what can't be reached along edges. */
    int UNREACHABLE = Integer.MAX_VALUE;

    /** Whether a replica in {@code receiver} may subscribe to one in {@code source}. Always true inside a data center. */
    boolean mayPull(String receiver, String source);

    /**
     * How many edges the writes of {@code origin} travel to {@code dataCenter}: 0 for its own, {@link #UNREACHABLE} when there
     * is no way.
     */
    int distance(String origin, String dataCenter);

    /** Every data center pulls from every other one. */
    static Topology allToAll() {
        return AllToAll.INSTANCE;
    }

    /** See {@link #allToAll()}. */
    enum AllToAll implements Topology {
        INSTANCE;

        @Override
        public boolean mayPull(String receiver, String source) {
            return true;
        }

        @Override
        public int distance(String origin, String dataCenter) {
            return origin.equals(dataCenter) ? 0 : 1;
        }
    }
}
