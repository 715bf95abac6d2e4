/**
 * {@code samples/node}: one node as its own process.
 *
 * <p>May touch: the public entry point of {@code cluster}, {@code samples.terminal}, picocli.
 */
@NullMarked
package io.entente.samples.node;

import org.jspecify.annotations.NullMarked;
