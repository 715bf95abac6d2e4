package io.entente.core.message;

/**
 * Names one round of questions for vectors.
 *
 * @param session random, one per start of the asking replica, so that answers to an earlier start's questions are told apart
 * @param number counts the rounds of that start, from 1
 */
public record RoundId(long session, long number) {}
