package io.entente.core.event;

/**
 * Names a request until it is answered; given by whoever asks, unique among the requests a replica has open.
 *
 * @param number any number
 */
public record RequestId(long number) {}
