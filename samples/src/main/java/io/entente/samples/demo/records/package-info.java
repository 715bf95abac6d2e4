/**
 * The demo's data as the shell shows it: JSON documents under {@code map/key}.
 *
 * <p>May touch: {@code cluster}, {@code core.record}, Jackson.
 */
@NullMarked
package io.entente.samples.demo.records;

import org.jspecify.annotations.NullMarked;
