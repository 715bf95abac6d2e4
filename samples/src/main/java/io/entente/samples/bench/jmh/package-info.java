/**
 * JMH benchmarks of what every write goes through: version vectors, siblings, the codecs of entries and records, records of a replica in and
 * out of its cache.
 *
 * <p>They are compiled with everything else and run by {@code samples/bench jmh}. JMH is licensed under the GPL with the class path exception;
 * nothing outside of this module sees it.
 *
 * <p>May touch: JMH, {@code conflict}, {@code core}.
 */
@NullMarked
package io.entente.samples.bench.jmh;

import org.jspecify.annotations.NullMarked;
