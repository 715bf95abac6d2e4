/**
 * Tests for a resolver of one's own.
 *
 * <ul>
 *   <li><b>history</b>: what was written to one key in some data centers, and who heard of what.
 *   <li><b>law</b>: what a resolver must obey on every history, or what a user demands of it besides.
 *   <li><b>finding</b>: a broken law with the smallest history that shows it.
 * </ul>
 *
 * <p>Pure like all of this module: what looks random is drawn from a seed.
 */
@NullMarked
package io.entente.conflict.verify;

import org.jspecify.annotations.NullMarked;
