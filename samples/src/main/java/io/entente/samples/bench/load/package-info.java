/**
 * What benchmarks put on a system, and what they observe of it, whatever the system is.
 *
 * <ul>
 *   <li><b>workload</b>: the keys and values that are written, the same in each run.
 *   <li><b>operation</b>: one request, by its number.
 *   <li><b>closed loop</b>: so many operations under way at once, the next when one has ended: for throughput.
 *   <li><b>pace</b>: operations at a fixed rate, whether earlier ones have ended or not: for latency.
 *   <li><b>spent</b>: time, processor time and allocation between two moments.
 * </ul>
 *
 * <p>May touch: HdrHistogram, the JDK.
 */
@NullMarked
package io.entente.samples.bench.load;

import org.jspecify.annotations.NullMarked;
