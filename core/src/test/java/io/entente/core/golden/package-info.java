/**
 * The bytes of durable and wire formats, committed.
 *
 * <ul>
 *   <li><b>golden file</b>: bytes as a released or deployed version has written them, and what they stand for.
 * </ul>
 */
@NullMarked
package io.entente.core.golden;

import org.jspecify.annotations.NullMarked;
