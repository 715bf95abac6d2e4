package io.entente.samples.demo.cluster;

/** Told how a cluster comes to be. */
@FunctionalInterface
public interface Progress {

    /** Something has been reached; one sentence without a full stop. */
    void reached(String what);
}
