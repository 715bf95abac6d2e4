/**
 * Programs that show Entente at work: the demo cluster, the standalone node, resolver and embedding samples, benchmarks.
 *
 * <p>May touch: everything.
 */
@NullMarked
package io.entente.samples;

import org.jspecify.annotations.NullMarked;
