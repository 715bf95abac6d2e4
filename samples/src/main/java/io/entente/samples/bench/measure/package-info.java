/**
 * The benchmarks: each measures Entente, and beside it, in the same run, the raw limit, which is what the machine can do at best
 * without replication, versions and requests.
 *
 * <ul>
 *   <li><b>run</b>: one measurement, in a fresh directory, with a cluster of its own.
 *   <li><b>warm-up</b>: the first part of a run, made and not measured.
 * </ul>
 *
 * <p>May touch: {@code bench.load}, {@code bench.site}, {@code bench.report}, {@code core}'s stores for the raw limits.
 */
@NullMarked
package io.entente.samples.bench.measure;

import org.jspecify.annotations.NullMarked;
