/**
 * The replica as a deterministic state machine, and what it rests on.
 *
 * <p>A <dfn>partition</dfn> is a slice of the key space; a <dfn>replica</dfn> is a node's copy of one partition. Events go in,
 * effects come out; time, randomness and storage are handed in. The packages below hold its parts.
 *
 * <p>May touch: {@code io.entente.conflict} and the JDK, without its clocks, threads, randomness and I/O, which only the
 * packages under {@code io.entente.core.store} may use.
 */
@NullMarked
package io.entente.core;

import org.jspecify.annotations.NullMarked;
