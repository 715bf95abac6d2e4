/**
 * What leaves a replica: first a batch to make durable, then things to do. The Akka shell and the simulator perform the same
 * effects.
 */
@NullMarked
package io.entente.core.effect;

import org.jspecify.annotations.NullMarked;
