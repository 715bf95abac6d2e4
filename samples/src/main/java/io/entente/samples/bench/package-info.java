/**
 * {@code samples/bench}: the command line of the benchmarks.
 *
 * <p>May touch: the packages below, {@code samples.terminal}, picocli.
 */
@NullMarked
package io.entente.samples.bench;

import org.jspecify.annotations.NullMarked;
