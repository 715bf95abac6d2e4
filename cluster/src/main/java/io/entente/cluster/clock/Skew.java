package io.entente.cluster.clock;

/**
 * How another node's clock compares with this node's.
 *
 * @param millis how far it is ahead; negative when it is behind; exact to half the round trip
 * @param roundTripMillis how long question and answer took, not negative
 */
public record Skew(long millis, long roundTripMillis) {}
