/**
 * The benchmarks: speed as ratios to a raw limit measured in the same run, with medians and spread.
 */
@NullMarked
package io.entente.samples.bench;

import org.jspecify.annotations.NullMarked;
