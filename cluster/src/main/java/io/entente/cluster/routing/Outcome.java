package io.entente.cluster.routing;

/** What a failed request says about the write it asked for. */
public enum Outcome {
    /** Nothing was written, and nothing will be. */
    NOT_APPLIED,
    /** The write is durable at the accepting replica and is not undone. */
    APPLIED,
    /** The write may exist, now or later. Ask again by reading. */
    UNKNOWN
}
