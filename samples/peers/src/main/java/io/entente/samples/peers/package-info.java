/**
 * {@code samples/bench peers}: the benchmarks' workload on other systems, each with three sites in one process.
 *
 * <ul>
 *   <li><b>peer</b>: another system, configured as well as its documentation tells how.
 *   <li><b>durability</b>: what an acknowledged write survives there; told beside every figure, since no two are alike.
 * </ul>
 *
 * <p>May touch: {@code samples.bench}, Infinispan, JGroups, Akka Distributed Data.
 */
@NullMarked
package io.entente.samples.peers;

import org.jspecify.annotations.NullMarked;
