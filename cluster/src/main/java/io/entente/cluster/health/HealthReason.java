package io.entente.cluster.health;

import java.util.Locale;

/** The kinds of things that speak against a node, or are to be looked at. The guide for operators has a paragraph for each, under its {@link #code()}. */
public enum HealthReason {

    /** The store has failed: an I/O error, or it could not be opened anew. The node answers reads of what it has. */
    STORE_FAILED(Weight.NOT_LIVE),
    /** A replica has halted over a broken rule. */
    REPLICA_HALTED(Weight.NOT_LIVE),
    /** The node could not begin, or its membership has failed. */
    NODE_FAILED(Weight.NOT_LIVE),
    /** Another node has this node's name. */
    NAME_TAKEN(Weight.NOT_LIVE),

    /** The node was told to end. */
    STOPPING(Weight.NOT_READY),
    /** The node has not found out yet which cluster it belongs to. */
    CLUSTER_UNKNOWN(Weight.NOT_READY),
    /** The node is not Up or WeaklyUp in the Akka cluster. */
    NOT_A_MEMBER(Weight.NOT_READY),
    /** No other node of its cluster has greeted the node. */
    NOT_GREETED(Weight.NOT_READY),
    /** A seed can't be a peer. */
    SEED_REFUSED(Weight.NOT_READY),
    /** Partitions that the node holds have no leader yet in its data center. */
    NO_LEADER(Weight.NOT_READY),
    /** The node's clock has not been compared with the others' since it started, or was set. */
    CLOCK_UNCHECKED(Weight.NOT_READY),
    /** The replicas are starting. */
    STARTING(Weight.NOT_READY),
    /** The node is new, or may have lost data, and catches up before it writes. */
    CATCHING_UP(Weight.NOT_READY),
    /** Replicas receive and merge a snapshot. */
    JOINING_SNAPSHOT(Weight.NOT_READY),
    /** The node was retired. */
    RETIRED(Weight.NOT_READY),

    /** The node's clock is further from the median than allowed: it takes no writes from clients. */
    CLOCK_OFF(Weight.REMARK),
    /** The clocks of the only two nodes are too far apart. */
    CLOCKS_DIFFER(Weight.REMARK),
    /** A map's resolver is suspended, since its calls don't end. */
    RESOLVER_SUSPENDED(Weight.REMARK),
    /** Nodes resolve the conflicts of a map differently. */
    RESOLVERS_DIFFER(Weight.REMARK),
    /** Nodes are configured with different modes. */
    MODES_DIFFER(Weight.REMARK),
    /** The disk is full, or nearly: the node takes no writes. */
    DISK_FULL(Weight.REMARK),
    /** Something in the node's store can't be read. */
    STORE_DAMAGED(Weight.REMARK),
    /** Two processes live under one name, this node's or another's, and the others listen to one of them only. */
    NAME_TWICE(Weight.REMARK),
    /** The node leads, and its last writes were acknowledged although too few followers had them. */
    WRITES_DEGRADED(Weight.REMARK);

    private final Weight weight;

    HealthReason(Weight weight) {
        this.weight = weight;
    }

    /** What follows from a reason. */
    public enum Weight {
        /** The node is of no use until it is started anew, and {@code /health/live} says so. */
        NOT_LIVE,
        /** Requests are better sent to another node, and {@code /health/ready} says so. */
        NOT_READY,
        /** The node serves, and somebody should look: {@code /health/ready} mentions it. */
        REMARK
    }

    /** What follows. */
    public Weight weight() {
        return weight;
    }

    /** How it is written: {@code disk-full}. */
    public String code() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
